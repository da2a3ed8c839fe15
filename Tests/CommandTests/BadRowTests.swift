import AgentModel
import Foundation
import JSON
import MIPTesting
import MobileIPv4
import Testing

@testable import AgentControl
@testable import mip_mib

@Suite("mip-mib: agents that send rows that cannot be read")
struct BadRowTests {
    /// An agent with a good association and a bad one.
    private static func agent(_ path: String, good: Bool = true) throws -> RawAgent {
        func json(_ change: StateChange) throws -> String {
            String(decoding: try JSONEncoder().encode(ChangeRecord(change)), as: UTF8.self)
        }
        var information = Samples.information()
        information.name = "home"
        let bad = try json(.association(Samples.association(2))).replacing(
            /"replayTolerance":\d+/, with: #""replayTolerance":-7"#)
        let changes = try [json(.information(information))] + (good ? [json(.association(Samples.association(1)))] : []) + [bad]
        func frame(_ changes: [String], _ phase: String) -> String {
            #"{"parameters":{"phase":"\#(phase)","firstSequence":1,"sequence":0,"time":"2023-11-14T22:13:20.000Z","#
                + #""changes":[\#(changes.joined(separator: ","))]},"continues":true}"#
        }
        let frames = [frame(changes, "snapshot"), frame([], "synced")]
        let own = String(decoding: try JSONEncoder().encode(information), as: UTF8.self)
        let status = #"{"parameters":{"information":\#(own),"time":"2023-11-14T22:13:20.000Z"}}"#
        return try RawAgent(socketPath: path) { call in
            if call.contains("Subscribe") { return frames.map { .send($0) } }
            return call.contains("GetInformation") ? [.send(status)] : []
        }
    }

    @Test("One bad row does not hide the others: it is named with its value, what is expected and the program that sent it")
    func others() async throws {
        let directory = try TemporaryDirectory()
        let agent = try Self.agent(directory.file("a.sock"))
        let result = try await Scene.run(["associations", "--json", "--socket", agent.socketPath])
        #expect(result.status == 0)
        #expect(try JSONValue(json: Array(result.output.utf8)).array?.count == 1)
        #expect(result.errors.hasPrefix("mip-mib: home: 1 row left out, such as association 10.0.1.2 "), "\(result.errors)")
        #expect(
            result.errors.contains("replayTolerance '-7' is invalid; expected a whole number from 0 to 65535"), "\(result.errors)"
        )
        #expect(result.errors.hasSuffix("test 1, process 1, at \(agent.socketPath) sent it\n"), "\(result.errors)")
        agent.stop()
    }

    @Test("If nothing else could be read, the status is 3")
    func nothing() async throws {
        let directory = try TemporaryDirectory()
        let agent = try Self.agent(directory.file("a.sock"), good: false)
        let result = try await Scene.run(["associations", "--json", "--socket", agent.socketPath])
        #expect((result.status, result.output) == (3, ""))
        #expect(result.errors.contains("replayTolerance '-7'"), "\(result.errors)")
        agent.stop()
    }

    @Test("The doctor names the row, and a state file that cannot be written")
    func doctor() async throws {
        let directory = try TemporaryDirectory()
        let agent = try Self.agent(directory.file("a.sock"))
        let own = ["doctor", "--snmp", "127.0.0.1:1", "--snmpd-conf", "/dev/null", "--mibd-conf", "/dev/null", "--socket"]
        let result = try await Scene.run(own + [agent.socketPath])
        #expect(
            result.output.contains("rows: home has sent 1 row that cannot be read: association 10.0.1.2 "), "\(result.output)")
        agent.stop()

        var information = Samples.information()
        information.keepsChanges = true
        information.stateError = "cannot write '/proc/home.json'"
        let scene = try await Scene([], information: information)
        let found = try await Scene.run(own + [scene.socket])
        #expect(
            found.output.contains(
                "state: home cannot save its state: cannot write '/proc/home.json'\n  let the agent's user write to"),
            "\(found.output)")
        #expect(found.output.contains("a restart may lose bindings, replay memory and changes by operators\n"), "\(found.output)")
        await scene.agent.stop()
    }

    @Test("--home-address and --nai at a control socket read only the rows that are asked for")
    func filtered() async throws {
        let directory = try TemporaryDirectory()
        let agent = try Self.agent(directory.file("a.sock"))
        _ = try await Scene.run(["bindings", "--home-address", "10.0.0.0/8", "--nai", "a@b", "--socket", agent.socketPath])
        let call = agent.calls.first { $0.contains("Subscribe") } ?? ""
        #expect(call.contains(#""homeAddress":"10.0.0.0\/8""#) || call.contains(#""homeAddress":"10.0.0.0/8""#), "\(call)")
        #expect(call.contains(#""nai":"a@b""#), "\(call)")
        agent.stop()
    }

    @Test("An agent that turns a client away is not taken for a program that is not an agent")
    func turnedAway() {
        let sentence = ControlError.closed.sentence(about: "/run/mip-mib/home.sock")
        #expect(sentence.contains("closed the connection; it may have too many connections"))
        #expect(!sentence.contains("is not from an agent"))
    }
}
