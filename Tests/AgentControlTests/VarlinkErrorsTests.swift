import AgentModel
import Foundation
import Logging
import MIPTesting
import NIOConcurrencyHelpers
import Testing

@testable import AgentControl

@Suite("Calls that are wrong")
struct VarlinkErrorsTests {
    /// Everything that is logged, at every level.
    private final class Lines: Sendable {
        private let lines = NIOLockedValueBox<[String]>([])
        var text: String { lines.withLockedValue { $0.joined(separator: "\n") } }

        var logger: Logger {
            var logger = Logger(label: "test") { [lines] _ in Handler(lines: lines) }
            logger.logLevel = .trace
            return logger
        }

        private struct Handler: LogHandler {
            let lines: NIOLockedValueBox<[String]>
            var logLevel = Logger.Level.trace
            var metadata = Logger.Metadata()

            subscript(metadataKey key: String) -> Logger.Metadata.Value? {
                get { metadata[key] }
                set { metadata[key] = newValue }
            }

            func log(event: LogEvent) {
                lines.withLockedValue { $0.append("\(event.message) \(event.metadata ?? [:])") }
            }
        }
    }

    private static func withServer(
        _ body: (AgentControlServer, ScriptedAgent, Lines) async throws -> Void
    ) async throws {
        let (directory, lines) = (try TemporaryDirectory(), Lines())
        let agent = ScriptedAgent(socketPath: directory.file("unused.sock"), rows: [.binding(Samples.binding(1))])
        let server = AgentControlServer(
            socketPath: directory.file("a.sock"), source: agent, version: "test", logger: lines.logger)
        try await server.start()
        try await body(server, agent, lines)
        await server.stop()
    }

    private static func call(_ method: String, _ parameters: String, _ flags: String = "") -> String {
        #"{"method":"org.mipmib.agent.\#(method)","parameters":\#(parameters)\#(flags)}"#
    }

    private static func parameter(of reply: String?) throws -> String? {
        let reply = try JSONSerialization.jsonObject(with: Data((reply ?? "{}").utf8)) as? [String: Any]
        guard reply?["error"] as? String == "org.varlink.service.InvalidParameter" else { return nil }
        let parameters = reply?["parameters"] as? [String: Any]
        return parameters?.count == 1 ? parameters?["parameter"] as? String : nil
    }

    @Test(
        "InvalidParameter has the name of the parameter and nothing else",
        arguments: [
            ("RevokeBinding", #"{"homeAddress":7}"#, "homeAddress"), ("RevokeBinding", "{}", "homeAddress"),
            ("RevokeBinding", #"{"homeAddress":"10.0.0.1","careOfAddress":"somewhere"}"#, "careOfAddress"),
            ("RevokeBinding", #"{"homeAddress":"\ud800"}"#, "homeAddress"),
            ("SetEnabled", #"{"enabled":"yes"}"#, "enabled"), ("SetEnabled", #"{"enabled":true,"enabled":false}"#, "enabled"),
            ("SetEnabled", "[]", "parameters"),
            ("GetInformation", #"{"vocabulary":0}"#, "vocabulary"), ("GetInformation", #"{"vocabulary":1e40}"#, "vocabulary"),
            ("Apply", #"{"changes":[{"nonsense":1}]}"#, "changes"),
            ("Apply", #"{"changes":[{"association":{"peer":"10.0.0.1","spi":300,"replayTolerance":70000}}]}"#, "changes"),
            ("Apply", #"{"changes":[{"enabled":true,"enabled":false}]}"#, "changes"),
            ("SetEnabled", #"{"enabled":true},"parameters":{"enabled":false}"#, "parameters"),
            ("Undo", #"{"token":null}"#, "token"),
        ])
    func names(method: String, parameters: String, expected: String) async throws {
        try await Self.withServer { server, agent, _ in
            let manager = try RawManager(socketPath: server.socketPath)
            manager.send(Self.call(method, parameters))
            #expect(try Self.parameter(of: await manager.next()) == expected)
            // The connection goes on.
            manager.send(Self.call("GetInformation", "{}"))
            #expect(await manager.next()?.contains(#""name":"sample""#) == true)
            #expect(await agent.commands.isEmpty)
        }
    }

    @Test(
        "A call without a wish for a reply gets none, so that the next call gets its own",
        arguments: [
            #""org.mipmib.agent.RevokeBinding","parameters":{"homeAddress":"10.9.9.9"}"#, #""org.mipmib.agent.RevokeBinding""#,
            #""org.mipmib.agent.Nothing""#, #""org.nothing.GetInformation""#, #""org.mipmib.agent.GetInformation""#,
            #""org.mipmib.agent.Subscribe","parameters":{"topics":["information"]}"#,
            #""org.mipmib.agent.Subscribe","parameters":{"topics":["x"]}"#,
            #""org.varlink.service.GetInterfaceDescription","parameters":{"interface":"x"}"#,
        ], [false, true])
    func oneway(call: String, more: Bool) async throws {
        try await Self.withServer { server, _, _ in
            let manager = try RawManager(socketPath: server.socketPath)
            manager.send(#"{"method":\#(call),"oneway":true,"more":\#(more)}"#)
            manager.send(#"{"method":"org.varlink.service.GetInfo"}"#)
            #expect(await manager.next()?.contains("org.varlink.service\"") == true)
        }
    }

    @Test("Subscribe without a wish for more replies is refused, and the connection goes on")
    func expectedMore() async throws {
        try await Self.withServer { server, _, _ in
            let manager = try RawManager(socketPath: server.socketPath)
            manager.send(Self.call("Subscribe", "{}"))
            #expect(await manager.next()?.contains(#""error":"org.varlink.service.ExpectedMore""#) == true)
            manager.send(Self.call("Subscribe", "{}", #","more":true"#))
            #expect(await manager.next()?.contains(#""phase":"snapshot""#) == true)
        }
    }

    @Test("The description of org.varlink.service has every error that is sent", arguments: ["InvalidParameter", "ExpectedMore"])
    func described(error: String) {
        #expect(InterfaceDescription.service.contains("error \(error) ("))
    }

    @Test(
        "Nothing of a malformed or refused call is logged",
        arguments: [
            #"{"method":"org.mipmib.agent.Apply","parameters":{"changes":[{"association":{"key":"5ec2e7"}}]}"#,
            #"{"key":"5ec2e7",,"method""#,
            #"{"parameters":{"changes":[{"association":{"key":"5ec2e7"}}]},"method":5}"#,
            #"{"method":"org.mipmib.agent.Apply","parameters":{"changes":[{"association":{"peer":"10.0.0.1","spi":300,"key":"5ec2e7x"}}]}}"#,
            #"{"method":"org.mipmib.agent.Apply","parameters":{"changes":[{"association":{"peer":"10.0.0.1","spi":300,"algorithm":"5ec2e7"}}]}}"#,
            "5ec2e7",
        ])
    func secrecy(frame: String) async throws {
        try await Self.withServer { server, _, lines in
            let manager = try RawManager(socketPath: server.socketPath)
            manager.send(frame)
            let answer = await manager.next()
            #expect(answer?.contains("5ec2e7") != true)
            try await eventually("a line about the call") { !lines.text.isEmpty }
            #expect(!lines.text.contains("5ec2e7"), "\(lines.text)")
        }
    }

    @Test(
        "An error about a parameter other than the version does not make a client repeat its call", arguments: ["topics", "x: y"])
    func otherParameter(text: String) async throws {
        let directory = try TemporaryDirectory()
        let agent = try RawAgent(socketPath: directory.file("a.sock")) { _ in
            [.send(#"{"error":"org.varlink.service.InvalidParameter","parameters":{"parameter":"\#(text)"}}"#)]
        }
        let error = await #expect(throws: ControlError.self) {
            try await AgentControlClient.connect(to: agent.socketPath) { try await $0.information() }
        }
        #expect(error == .invalidParameter(text))
        #expect(agent.calls.count == 1)
    }

    @Test("An agent of an earlier version that explains why it refuses the version is called again without it")
    func explained() async throws {
        let (directory, answer) = (try TemporaryDirectory(), try RefusedVocabularyTests.information())
        let refusal =
            #"{"error":"org.varlink.service.InvalidParameter","parameters":{"parameter":"vocabulary: expected 1 or more"}}"#
        let agent = try RawAgent(socketPath: directory.file("a.sock")) { [.send($0.contains("vocabulary") ? refusal : answer)] }
        let name = try await AgentControlClient.connect(to: agent.socketPath) { try await $0.information().information.name }
        #expect(name == "sample" && agent.calls.count == 2)
    }

    @Test("A change that an agent of an earlier version does not know is refused with advice")
    func unknownChange() async throws {
        let directory = try TemporaryDirectory()
        let agent = try RawAgent(socketPath: directory.file("a.sock")) { _ in
            [.send(#"{"error":"org.varlink.service.InvalidParameter","parameters":{"parameter":"changes"}}"#)]
        }
        let error = await #expect(throws: ControlError.self) {
            try await AgentControlClient.connect(to: agent.socketPath) {
                try await $0.apply([.notify(NotificationOrder(to: .mobileNode, text: "x"))])
            }
        }
        #expect(error == .refused(reason: "it runs a version that does not know this change; update it"))
    }
}
