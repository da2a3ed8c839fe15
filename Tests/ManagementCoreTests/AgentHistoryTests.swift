import AgentModel
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@Suite("The mirror's history of an agent")
struct AgentHistoryTests {
    static let traffic = ForwardedTraffic(
        role: .homeAgent, homeAddress: Samples.binding(1).homeAddress, packetsToNode: 5, octetsToNode: 0x1_0000_0000)

    @Test("A binding and a visit that end are counted by reason and kept with their data")
    func ends() async throws {
        let rows: [StateChange] = [
            .binding(Samples.binding(1)), .binding(Samples.binding(2)), .visitor(Samples.visitor(3)), .traffic(Self.traffic),
        ]
        try await ManagedAgentTests.withMirror(rows: rows) { agent, mirror in
            try await agent.start()
            try await ManagedAgentTests.waitForSync(mirror)
            #expect(mirror.state().history.rows.isEmpty)
            await agent.publish([
                .bindingRemoved(Samples.binding(1).key, .expired), .visitorRemoved(Samples.visitor(3).key, .deregistered),
                .bindingRemoved(Samples.binding(2).key, .administrativelyRevoked),
                .bindingRemoved(Samples.binding(9).key, .expired),
            ])
            try await eventually("the ends") { mirror.state().history.rows.count == 3 }
            let history = mirror.state().history
            #expect(history.ended(.homeAgent, .expired) == 1)
            #expect(history.ended(.homeAgent, .administrativelyRevoked) == 1)
            #expect(history.ended(.foreignAgent, .deregistered) == 1)
            #expect(history.ended(.foreignAgent, .expired) == 0)
            let row = try #require(history.rows.first?.row)
            #expect(row.role == .homeAgent && row.endReason == .expired && row.created == Samples.binding(1).created)
            #expect(row.packetsToNode == 5 && row.octetsToNode == 0x1_0000_0000)
            #expect(Set(history.rows.map(\.key.index)) == [1, 2, 3])
        }
    }

    @Test("No more rows than the limit are kept, and the oldest are removed first")
    func limit() async throws {
        try await ManagedAgentTests.withMirror(rows: (0..<20).map { .binding(Samples.binding($0)) }) { agent, mirror in
            mirror.setHistoryLimit(5)
            try await agent.start()
            try await ManagedAgentTests.waitForSync(mirror)
            await agent.publish((0..<20).reversed().map { .bindingRemoved(Samples.binding($0).key, .replaced) })
            try await eventually("the ends") { mirror.state().bindings.isEmpty }
            #expect(mirror.state().history.rows.map(\.row.homeAddress) == (0..<5).map { Samples.binding($0).homeAddress })
            #expect(mirror.state().history.ended(.homeAgent, .replaced) == 20)
            mirror.setHistoryLimit(2)
            #expect(mirror.state().history.rows.map(\.key.index).sorted() == [19, 20])
            mirror.setHistoryLimit(0)
            #expect(mirror.state().history.rows.isEmpty)
        }
    }

    @Test("The high-water mark is kept when use falls and reset when the agent restarts; the history is kept")
    func restart() async throws {
        try await ManagedAgentTests.withMirror(rows: (0..<3).map { .binding(Samples.binding($0)) }) { agent, mirror in
            try await agent.start()
            try await ManagedAgentTests.waitForSync(mirror)
            await agent.publish([.binding(Samples.binding(9)), .bindingRemoved(Samples.binding(9).key, .expired)])
            await agent.publish([.bindingRemoved(Samples.binding(1).key, .expired)])
            try await eventually("the ends") { mirror.state().bindings.count == 2 }
            #expect(mirror.state().inUse(.bindings) == 2)
            #expect(mirror.state().mark(of: .bindings)?.highWater == 4)
            await agent.stop()
            await agent.publish([
                .information(Samples.information(instance: "two", start: Samples.start.adding(milliseconds: 60_000)))
            ])
            try await agent.start()
            try await eventually("the restart") { mirror.state().health.restarts == 1 }
            #expect(mirror.state().mark(of: .bindings)?.highWater == 2)
            let history = mirror.state().history
            #expect(history.ended(.homeAgent, .expired) == 0)
            #expect(history.rows.count == 2)
        }
    }
}
