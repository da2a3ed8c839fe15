import AgentControl
import AgentModel
import MIPTesting
import MobileIPv4
import Testing

@testable import ManagementCore

@Suite("An agent whose clock is set")
struct ClockStepTests {
    /// An hour forward, an hour back, and as little as an agent reports.
    static let steps: [Int64] = [3_600_000, -3_600_000, 300, -300]

    /// A mirror and the agent that it follows, with the clocks of both. Each message takes 20 ms.
    struct Bench {
        let mirror = AgentMirror(name: "a", grace: .seconds(5))
        var information = Samples.information()
        var rows: [StateChange] = []
        /// Milliseconds since the agent started, and the local clock then.
        private(set) var uptime: Int64 = 0
        static let origin: Int64 = 50_000_000
        private var sequence: UInt64 = 0

        init(_ rows: [StateChange] = []) { self.rows = rows }

        var agentTime: Timestamp { information.startTime.adding(milliseconds: uptime) }
        var local: Int64 { Self.origin + uptime + 20 }
        var state: AgentState { mirror.state(at: local - 20) }

        mutating func wait(seconds: Int64) { uptime += seconds * 1000 }

        /// The agent's clock is set; the agent moves its rows, and publishes nothing yet.
        mutating func setClock(by step: Int64) {
            information.startTime = information.startTime.adding(milliseconds: step)
            rows = rows.map { change in
                switch change {
                case .binding(var row):
                    row.shiftTimes(by: step)
                    return .binding(row)
                case .mobileNode(var row):
                    row.shiftTimes(by: step)
                    return .mobileNode(row)
                default: return change
                }
            }
        }

        private func send(_ phase: SubscriptionUpdate.Phase, _ changes: [StateChange], from first: UInt64) throws {
            try mirror.apply(
                SubscriptionUpdate(phase: phase, firstSequence: first, sequence: sequence, time: agentTime, changes: changes),
                at: local)
        }

        func beginSnapshot() throws {
            mirror.connected()
            try send(.snapshot, [.information(information)], from: sequence + 1)
        }

        func endSnapshot() throws {
            try send(.snapshot, rows, from: sequence + 1)
            try send(.synced, [], from: sequence + 1)
        }

        func connect() throws {
            try beginSnapshot()
            try endSnapshot()
        }

        mutating func publish(_ changes: [StateChange]) throws {
            let first = sequence + 1
            sequence += UInt64(changes.count)
            try send(.live, changes, from: first)
        }

        func remaining(_ key: BindingKey) -> UInt32 { state.secondsRemaining(until: state.bindings[key]?.expires) }
    }

    /// When something happened, by the local clock.
    private static func place(_ time: Timestamp?, in state: AgentState) -> Int64? {
        guard let time, let difference = state.clockDifference else { return nil }
        return time.milliseconds + difference
    }

    @Test(
        "Lifetimes go on, and every time stays where it was by the local clock, before and after the rows are sent again",
        arguments: steps)
    func step(_ step: Int64) throws {
        let key = Samples.binding(1).key
        var bench = Bench([.binding(Samples.binding(1)), .binding(Samples.binding(2))])
        try bench.connect()
        bench.wait(seconds: 50)
        bench.rows.removeLast()
        try bench.publish([.bindingRemoved(Samples.binding(2).key, .deregistered)])
        bench.wait(seconds: 50)
        let before = bench.state
        bench.setClock(by: step)
        try bench.publish([.information(bench.information)])
        for isSentAgain in [false, true] {
            if isSentAgain { try bench.publish(bench.rows) }
            let state = bench.state
            #expect((499...501).contains(bench.remaining(key)))
            #expect(state.agentTime.map { abs($0.milliseconds(since: bench.agentTime)) <= 1000 } == true)
            #expect(state.clockDifference == before.clockDifference.map { $0 - step })
            let (old, new) = (before.bindings[key], state.bindings[key])
            #expect(Self.place(new?.created, in: state) == Self.place(old?.created, in: before))
            let (oldEnd, newEnd) = (before.history.rows.first?.row, state.history.rows.first?.row)
            #expect(Self.place(newEnd?.ended, in: state) == Self.place(oldEnd?.ended, in: before))
            #expect(Self.place(newEnd?.created, in: state) == Self.place(oldEnd?.created, in: before))
            let (oldMark, newMark) = (before.mark(of: .bindings), state.mark(of: .bindings))
            #expect(newMark?.highWater == 2)
            #expect(Self.place(newMark?.time, in: state) == Self.place(oldMark?.time, in: before))
            #expect(Self.place(state.health.discontinuity, in: state) == Self.place(before.health.discontinuity, in: before))
        }
        bench.wait(seconds: 100)
        try bench.publish([])
        #expect((399...401).contains(bench.remaining(key)))
    }

    @Test("It is no restart, and no row ends or begins", arguments: steps)
    func noRestart(_ step: Int64) throws {
        var bench = Bench([.binding(Samples.binding(1))])
        try bench.connect()
        bench.wait(seconds: 10)
        bench.setClock(by: step)
        try bench.publish([.information(bench.information)] + bench.rows)
        bench.mirror.disconnected("lost", at: bench.local)
        bench.wait(seconds: 1)
        try bench.connect()
        let state = bench.state
        #expect(state.health.restarts == 0)
        #expect(state.health.discontinuity == bench.information.startTime)
        #expect(state.history.rows.isEmpty)
        #expect(state.bindings.count == 1 && state.mark(of: .bindings)?.highWater == 1)
    }

    @Test("All times of all rows move with the information that reports the step", arguments: steps)
    func everyRow(_ step: Int64) throws {
        var bench = Bench(DatedSamples.changes)
        try bench.connect()
        let before = try DatedSamples.times(in: bench.state)
        bench.setClock(by: step)
        try bench.publish([.counters(AgentCounters()), .information(bench.information)])
        #expect(try DatedSamples.times(in: bench.state) == before.map { $0.adding(milliseconds: step) })
    }

    @Test("Rows that stand before the information in one message are by the clock as it is set now", arguments: steps)
    func order(_ step: Int64) throws {
        var bench = Bench([.binding(Samples.binding(1))])
        try bench.connect()
        bench.setClock(by: step)
        try bench.publish(bench.rows + [.information(bench.information)])
        #expect(bench.state.bindings.first?.row.created == Samples.start.adding(milliseconds: step))
    }

    @Test("A step while the agent is out of reach is followed too, even if its rows were withdrawn", arguments: steps, [1, 60])
    func unconnected(_ step: Int64, seconds: Int64) throws {
        func node(_ number: Int, accepted: UInt64) -> StateChange {
            var row = Samples.mobileNode(number)
            (row.nai, row.accepted, row.servingSince) = (NetworkAccessIdentifier("alice@example.net"), accepted, Samples.start)
            return .mobileNode(row)
        }
        var bench = Bench([.binding(Samples.binding(1)), node(1, accepted: 10), node(2, accepted: 20)])
        try bench.connect()
        bench.wait(seconds: 50)
        try bench.publish([.bindingRemoved(Samples.binding(9).key, .expired)])
        let before = bench.state
        bench.mirror.disconnected("lost", at: bench.local)
        bench.wait(seconds: seconds)
        #expect(bench.state.health.connection == (seconds < 5 ? .stale : .down))
        bench.setClock(by: step)
        // The second node's row was dropped meanwhile.
        bench.rows.removeLast()
        try bench.connect()
        let state = bench.state
        #expect(state.health.restarts == 0)
        #expect(state.clockDifference == before.clockDifference.map { $0 - step })
        let left = UInt32(550 - seconds)
        #expect((left - 1...left + 1).contains(bench.remaining(Samples.binding(1).key)))
        let total = state.identities.total(of: EntityIdentity(nai: NetworkAccessIdentifier("alice@example.net"), address: .zero))
        #expect(total?.accepted == 30)
        #expect(total?.servingSince == Samples.start.adding(milliseconds: step))
    }

    @Test("A step during a synchronisation, the first one or a later one, is followed", arguments: steps, [true, false])
    func synchronising(_ step: Int64, isFirst: Bool) throws {
        var bench = Bench([.binding(Samples.binding(1))])
        if !isFirst {
            try bench.connect()
            bench.wait(seconds: 10)
            bench.mirror.disconnected("lost", at: bench.local)
        }
        try bench.beginSnapshot()
        bench.wait(seconds: 1)
        bench.setClock(by: step)
        // What is published during a synchronisation follows it.
        let (information, rows) = (bench.information, bench.rows)
        try bench.endSnapshot()
        try bench.publish([.information(information)] + rows)
        #expect(bench.state.health.restarts == 0)
        #expect(bench.state.clockDifference == Bench.origin + 20 - bench.information.startTime.milliseconds)
        for _ in 0..<3 {
            let left = UInt32(clamping: 600 - bench.uptime / 1000)
            #expect((left - 1...left + 1).contains(bench.remaining(Samples.binding(1).key)))
            bench.wait(seconds: 20)
            try bench.publish([])
        }
    }

    @Test(
        "A restart is another instance; for an agent that reports no instance, another start time",
        arguments: [("one", 0, 0), ("one", 5000, 0), ("two", 0, 1), ("two", 5000, 1)], [true, false])
    func restart(_ run: (instance: String, later: Int64, restarts: UInt64), isReported: Bool) throws {
        var bench = Bench()
        if !isReported { bench.information.instance = "" }
        try bench.connect()
        bench.mirror.disconnected("lost", at: bench.local)
        if isReported { bench.information.instance = run.instance }
        bench.information.startTime = bench.information.startTime.adding(milliseconds: run.later)
        try bench.connect()
        #expect(bench.state.health.restarts == (isReported ? run.restarts : run.later == 0 ? 0 : 1))
        #expect(bench.state.health.discontinuity == bench.information.startTime)
    }
}
