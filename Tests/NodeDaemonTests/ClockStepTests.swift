import AgentModel
import MIPTesting
import MobilityLink
import Synchronization
import Testing

@testable import NodeDaemon

@Suite("A mobile node whose clock is set", .enabled(if: IsolatedNode.isPossible, "needs root and TUN devices"))
struct ClockStepTests {
    /// The machine's clocks, with a wall clock that the test sets.
    private final class Clocks: Sendable {
        private let ahead = Atomic<Int64>(0)

        func set(by milliseconds: Int64) { ahead.add(milliseconds * 1_000_000, ordering: .relaxed) }

        var readings: ClockReadings {
            ClockReadings(
                bootTime: ClockReadings.system.bootTime,
                wallClock: { [self] in ClockReadings.system.wallClock() + ahead.load(ordering: .relaxed) })
        }
    }

    @Test("It follows the clock, reports the step, and remains the same run", arguments: [3_600_000, -3_600_000, 300])
    func step(milliseconds: Int64) async throws {
        let clocks = Clocks()
        let node = try await IsolatedNode(["link add eth0 type veth peer name other"], readings: clocks.readings)
        let before = try await node.perform { $0.information }.result
        let count = try await node.counts().changes
        clocks.set(by: milliseconds)
        try await eventually("the step") { try await node.perform { $0.clockSteps }.result == 1 }
        let (after, uptime) = try await node.perform { ($0.information, $0.clock.now.uptime) }.result
        let published = try await node.published(after: count)
        try await node.stop()
        #expect(after.instance == before.instance)
        // The clocks cannot be read at the same instant.
        #expect(abs(after.startTime.milliseconds(since: before.startTime) - milliseconds) <= 2)
        #expect(uptime < 1_800_000_000_000)
        guard case .information(let first) = try #require(published.first) else {
            Issue.record("\(published) do not begin with the information")
            return
        }
        #expect(first.startTime == after.startTime)
        let counted = published.contains { if case .counters(let counters) = $0 { counters.clockSteps == 1 } else { false } }
        let events = published.compactMap { change -> AgentEvent? in if case .event(let event) = change { event } else { nil } }
        #expect(counted)
        #expect(events.map(\.kind) == [.clockStepped])
        #expect(events.first.map { $0.time > first.startTime } == true)
    }
}
