import AgentModel
import Foundation
import MIPTesting
import MobileIPv4
import NIOCore
import Testing

@testable import AgentControl

@Suite("A client with agents of other versions")
struct RefusedVocabularyTests {
    static let refusal = #"{"error":"org.varlink.service.InvalidParameter","parameters":{"parameter":"vocabulary"}}"#

    static func information(_ edit: (inout [String: Any]) -> Void = { _ in }) throws -> String {
        var information = try EveryChange.object(.information(Samples.information()))["information"] as? [String: Any] ?? [:]
        edit(&information)
        let reply: [String: Any] = ["parameters": ["information": information, "time": "2023-11-14T22:13:20.000Z"]]
        return String(decoding: try JSONSerialization.data(withJSONObject: reply), as: UTF8.self)
    }

    static let synced =
        #"{"parameters":{"phase":"synced","firstSequence":1,"sequence":0,"time":"2023-11-14T22:13:20.000Z","changes":[]},"continues":true}"#

    @Test("Calls state the version of the vocabulary")
    func reports() async throws {
        let (directory, answer) = (try TemporaryDirectory(), try Self.information())
        let agent = try RawAgent(socketPath: directory.file("a.sock")) {
            [.send($0.contains("Subscribe") ? Self.synced : answer)]
        }
        try await AgentControlClient.connect(to: agent.socketPath) { calls in
            _ = try await calls.information()
            try await calls.subscribe(to: [.bindings]) { _ in false }
        }
        #expect(agent.calls.count == 2)
        #expect(agent.calls.allSatisfy { $0.contains("\"vocabulary\":\(VocabularyHistory.current)") })
    }

    @Test("If an agent refuses the version, calls on that connection are made without it from then on")
    func refused() async throws {
        let (directory, answer) = (try TemporaryDirectory(), try Self.information())
        let agent = try RawAgent(socketPath: directory.file("a.sock")) {
            [.send($0.contains("vocabulary") ? Self.refusal : $0.contains("Subscribe") ? Self.synced : answer)]
        }
        try await AgentControlClient.connect(to: agent.socketPath) { calls in
            #expect(try await calls.information().information.name == "sample")
            _ = try await calls.information()
            try await calls.subscribe(to: nil) { $0.phase != .synced }
        }
        #expect(agent.connections == 1)
        #expect(agent.calls.map { $0.contains("vocabulary") } == [true, false, false, false])
    }

    @Test("If an agent disconnects because of the version, the call is made without it on a new connection")
    func hangsUp() async throws {
        let (directory, answer) = (try TemporaryDirectory(), try Self.information())
        let agent = try RawAgent(socketPath: directory.file("a.sock")) {
            $0.contains("vocabulary") ? [.send(Self.refusal), .close] : [.send($0.contains("Subscribe") ? Self.synced : answer)]
        }
        try await AgentControlClient.connect(to: agent.socketPath) { calls in
            try await calls.subscribe(to: nil) { $0.phase != .synced }
        }
        #expect(agent.connections == 2)
        // What was sent on the ended connection may have arrived.
        #expect(agent.calls.last?.contains("vocabulary") == false)
    }

    @Test("A refusal of anything else is reported")
    func otherParameter() async throws {
        let directory = try TemporaryDirectory()
        let agent = try RawAgent(socketPath: directory.file("a.sock")) { _ in
            [.send(#"{"error":"org.varlink.service.InvalidParameter","parameters":{"parameter":"topics"}}"#)]
        }
        let error = await #expect(throws: ControlError.self) {
            try await AgentControlClient.connect(to: agent.socketPath) { try await $0.subscribe(to: nil) { _ in true } }
        }
        #expect(error == .invalidParameter("topics"))
    }

    @Test("An unknown topic, and a connection that ends, are errors of their own")
    func typedErrors() async throws {
        try await AgentControlServerTests.withAgent { agent, directory in
            let raw = try RawAgent(socketPath: directory.file("b.sock")) {
                $0.contains("Subscribe")
                    ? [.send(#"{"error":"org.mipmib.agent.InvalidTopic","parameters":{"topic":"x","known":["bindings"]}}"#)]
                    : [.close]
            }
            let topic = await #expect(throws: ControlError.self) {
                try await AgentControlClient.connect(to: raw.socketPath) { try await $0.subscribe(to: nil) { _ in true } }
            }
            #expect(topic == .invalidTopic("x", known: ["bindings"]))
            let closed = await #expect(throws: ControlError.self) {
                try await AgentControlClient.connect(to: raw.socketPath) { try await $0.information() }
            }
            #expect(closed == .closed)
        }
    }

    @Test("Unknown roles, words and members in an agent's information are left out and counted")
    func unknownInformation() async throws {
        let directory = try TemporaryDirectory()
        let answer = try Self.information {
            $0["roles"] = ["relay", "homeAgent"]
            $0["encapsulations"] = ["ipInIp", "udp"]
            $0["session"] = [1]
            $0["maximumPending"] = nil
        }
        let agent = try RawAgent(socketPath: directory.file("a.sock")) { _ in [.send(answer)] }
        let reported = try await AgentControlClient.connect(to: agent.socketPath) { try await $0.information() }
        #expect(reported.information.roles == [.homeAgent])
        #expect(reported.information.encapsulations == [.ipInIp])
        #expect(reported.information.maximumPending == 0)
        #expect(reported.unknown.words == 2 && reported.unknown.members == 1)
        #expect(Set(reported.unknown.names) == ["AgentRole.relay", "Encapsulation.udp", "AgentInformation.session"])
    }

    @Test("A reply with an unknown phase is skipped, and counted with the next one")
    func unknownPhase() async throws {
        let directory = try TemporaryDirectory()
        let agent = try RawAgent(socketPath: directory.file("a.sock")) { _ in
            [.send(Self.synced.replacing("synced", with: "resting")), .send(Self.synced)]
        }
        let unknown = try await AgentControlClient.connect(to: agent.socketPath) { calls in
            var unknown = UnknownVocabulary()
            try await calls.subscribe(to: nil) { update in
                unknown += update.unknown
                return update.phase != .synced
            }
            return unknown
        }
        #expect(unknown.rows == 1 && unknown.names == ["Subscribe.phase.resting"])
    }
}
