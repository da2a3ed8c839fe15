import AgentModel
import MIPTesting
import MobileIPv4
import Testing

@testable import AgentControl

@Suite("Snapshots of some nodes")
struct FilteredSnapshotTests {
    private static let rows: [StateChange] =
        (0..<1200).map { .binding(Samples.binding($0)) } + [.visitor(Samples.visitor(1)), .association(Samples.association(1))]
        + [.exchange(Samples.exchange(7))]

    private static func read(_ filter: RowFilter?, from path: String) async throws -> [StateChange] {
        try await AgentControlClient.connect(to: path) { calls in
            var changes: [StateChange] = []
            try await calls.subscribe(to: [.bindings, .visitors, .associations, .exchanges], matching: filter) { update in
                changes += update.changes
                return update.phase == .snapshot
            }
            return changes
        }
    }

    @Test("Only the rows of the node are sent, and the rows of other tables as ever")
    func address() async throws {
        let (wanted, other) = (Samples.binding(7), StateChange.association(Samples.association(1)))
        try await AgentControlServerTests.withAgent(rows: Self.rows) { agent, _ in
            let one = try await Self.read(RowFilter(homeAddresses: IPv4Prefix(host: wanted.homeAddress)), from: agent.socketPath)
            #expect(one == [.binding(wanted), other, .exchange(Samples.exchange(7))])
            let named = try await Self.read(RowFilter(nai: Samples.binding(8).nai), from: agent.socketPath)
            #expect(named == [.binding(Samples.binding(8)), other])
            let prefix = RowFilter(homeAddresses: IPv4Prefix(containing: wanted.homeAddress, length: 30))
            let few = try await Self.read(prefix, from: agent.socketPath)
            #expect(few.count == 6)
            let all = try await Self.read(nil, from: agent.socketPath)
            #expect(all.count == Self.rows.count)
        }
    }

    @Test(
        "A filter that cannot be read is refused by its name",
        arguments: [#""homeAddress":"10.0.0""#, #""homeAddress":7"#, #""nai":7"#])
    func invalid(parameter: String) async throws {
        try await AgentControlServerTests.withAgent { agent, _ in
            let manager = try RawManager(socketPath: agent.socketPath)
            manager.send(#"{"method":"org.mipmib.agent.Subscribe","parameters":{\#(parameter)},"more":true}"#)
            let name = parameter.split(separator: "\"")[0]
            #expect(await manager.next()?.contains(#"{"parameter":"\#(name)"}"#) == true)
        }
    }

    @Test("An agent that refuses filters is asked for all rows")
    func refused() async throws {
        let directory = try TemporaryDirectory()
        let refusal = #"{"error":"org.varlink.service.InvalidParameter","parameters":{"parameter":"homeAddress"}}"#
        let agent = try RawAgent(socketPath: directory.file("a.sock")) {
            [.send($0.contains("homeAddress") ? refusal : RefusedVocabularyTests.synced)]
        }
        let filter = RowFilter(homeAddresses: IPv4Prefix(host: IPv4Address(10, 0, 0, 1)))
        let rows = try await Self.read(filter, from: agent.socketPath)
        #expect(rows.isEmpty)
        #expect(agent.calls.count == 2)
    }
}
