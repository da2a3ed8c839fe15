import AgentControl
import AgentModel
import MIPTesting
import MobileIPv4
import Testing

@testable import ManagementCore

@Suite("Past state kept by the mirror")
struct HistoryTests {
    private static let time = Samples.start.adding(milliseconds: 42_000)

    private static func state(_ changes: [StateChange]) -> AgentState {
        AgentState(name: "a", changes: [.information(Samples.information())] + changes, agentTime: time)
    }

    @Test("A binding that ends becomes a row of history with its reason, its renewals and its traffic")
    func binding() throws {
        var binding = Samples.binding(2)
        binding.renewals = 7
        let traffic = ForwardedTraffic(
            role: .homeAgent, homeAddress: binding.homeAddress, packetsToNode: 1, octetsToNode: 2, packetsFromNode: 3,
            octetsFromNode: 4)
        let state = Self.state([.binding(binding), .traffic(traffic), .bindingRemoved(binding.key, .expired)])
        let row = try #require(state.history.rows.first?.row)
        #expect(row.index == 1 && row.role == .homeAgent && row.endReason == .expired && row.renewals == 7)
        #expect(row.homeAddress == binding.homeAddress && row.careOfAddress == binding.careOfAddress && row.nai == binding.nai)
        #expect(row.created == binding.created && row.ended == Self.time)
        #expect([row.packetsToNode, row.octetsToNode, row.packetsFromNode, row.octetsFromNode] == [1, 2, 3, 4])
        #expect(state.history.ended(.homeAgent, .expired) == 1)
        #expect(state.history.ended(.foreignAgent, .expired) == 0)
    }

    @Test("An end that is reported twice counts once, and the end of an unknown row does not count")
    func twice() {
        let key = Samples.visitor(1).key
        let state = Self.state([
            .visitor(Samples.visitor(1)), .visitorRemoved(key, .denied), .visitorRemoved(key, .denied),
            .bindingRemoved(Samples.binding(9).key, .expired),
        ])
        #expect(state.history.rows.count == 1)
        #expect(state.history.ended(.foreignAgent, .denied) == 1)
        #expect(state.history.ended(.homeAgent, .expired) == 0)
    }

    @Test("Beyond the limit the oldest rows are removed, and the counts are kept", arguments: [0, 1, 3, 10])
    func limit(_ limit: Int) {
        var state = Self.state([])
        state.history.setLimit(limit)
        for number in 0..<10 {
            state.apply(.binding(Samples.binding(9 - number)), at: Self.time)
            state.apply(.bindingRemoved(Samples.binding(9 - number).key, .deregistered), at: Self.time)
        }
        #expect(state.history.rows.count == limit)
        #expect(state.history.inOrder.map(\.index) == (0..<10).suffix(limit).map { UInt32($0 + 1) })
        #expect(state.history.ended(.homeAgent, .deregistered) == 10)
        state.history.setLimit(0)
        #expect(state.history.rows.isEmpty)
    }

    @Test("The high-water mark is kept when rows are removed, with the time at which it was first reached")
    func marks() {
        var state = Self.state([.binding(Samples.binding(1)), .binding(Samples.binding(2))])
        let later = Self.time.adding(milliseconds: 1000)
        state.apply(.bindingRemoved(Samples.binding(1).key, .expired), at: later)
        state.apply(.binding(Samples.binding(3)), at: later)
        #expect(state.mark(of: .bindings) == CapacityMark(highWater: 2, time: Self.time))
        state.apply(.binding(Samples.binding(4)), at: later)
        #expect(state.mark(of: .bindings) == CapacityMark(highWater: 3, time: later))
        #expect(state.inUse(.bindings) == 3 && state.maximum(of: .bindings) == 1000)
        #expect(state.mark(of: .visitors) == nil)
    }

    @Test("History and high-water marks survive a lost connection; a restart of the agent keeps history and resets the counts")
    func connections() throws {
        let mirror = AgentMirror(name: "a", grace: .seconds(5))
        func synchronize(_ instance: String, start: Timestamp, _ rows: [StateChange]) throws {
            mirror.connected()
            let head: [StateChange] = [.information(Samples.information(instance: instance, start: start))]
            try mirror.apply(
                .init(phase: .snapshot, firstSequence: 1, sequence: 0, time: Self.time, changes: head + rows), at: 0)
            try mirror.apply(.init(phase: .synced, firstSequence: 1, sequence: 0, time: Self.time, changes: []), at: 0)
        }
        try synchronize("one", start: Samples.start, [.binding(Samples.binding(1)), .binding(Samples.binding(2))])
        try mirror.apply(
            .init(
                phase: .live, firstSequence: 1, sequence: 1, time: Self.time,
                changes: [.bindingRemoved(Samples.binding(1).key, .expired)]), at: 0)
        mirror.disconnected("lost", at: 0)
        #expect(mirror.state(at: 60_000).bindings.isEmpty)
        try synchronize("one", start: Samples.start, [.binding(Samples.binding(2))])
        var state = mirror.state(at: 60_000)
        #expect(state.history.rows.count == 1 && state.history.ended(.homeAgent, .expired) == 1)
        #expect(state.mark(of: .bindings)?.highWater == 2)
        mirror.disconnected("restarted", at: 0)
        try synchronize("two", start: Self.time, [])
        state = mirror.state(at: 60_000)
        #expect(state.history.rows.count == 1 && state.history.ended(.homeAgent, .expired) == 0)
        #expect(state.mark(of: .bindings) == nil)
    }

    @Test("The users of a tunnel are the bindings and visits that use it, without renewals")
    func users() {
        var renewed = Samples.binding(2)
        renewed.renewals += 1
        var state = Self.state([
            .binding(Samples.binding(2)), .binding(Samples.binding(252)), .binding(renewed), .binding(Samples.binding(3)),
        ])
        let tunnel = MobilityTunnelKey(
            localAddress: renewed.homeAgent, remoteAddress: renewed.careOfAddress, encapsulation: .ipInIp)
        #expect(state.tunnelUsers[tunnel] == 2)
        state.apply(.bindingRemoved(renewed.key, .expired), at: Self.time)
        #expect(state.tunnelUsers[tunnel] == 1)
        state.apply(.bindingRemoved(Samples.binding(252).key, .expired), at: Self.time)
        #expect(state.tunnelUsers[tunnel] == 0)
        state.apply(.visitor(Samples.visitor(1, state: .pending)), at: Self.time)
        let visit = MobilityTunnelKey(
            localAddress: IPv4Address(192, 0, 2, 1), remoteAddress: IPv4Address(10, 0, 0, 1), encapsulation: .ipInIp)
        #expect(state.tunnelUsers[visit] == 0)
        state.apply(.visitor(Samples.visitor(1)), at: Self.time)
        #expect(state.tunnelUsers[visit] == 1)
    }

    @Test("Pending requests are walked by identity: addresses before identifiers, shorter ones first")
    func pending() {
        let state = Self.state([2, 1, 3].map { .pending(Samples.pending($0)) })
        #expect(state.pendingRegistrations.map(\.row) == [1, 3, 2].map { Samples.pending($0) })
        var gone = state
        gone.apply(.pendingRemoved(Samples.pending(2).key), at: Self.time)
        #expect(gone.pendingRegistrations.map(\.row) == [1, 3].map { Samples.pending($0) })
    }
}
