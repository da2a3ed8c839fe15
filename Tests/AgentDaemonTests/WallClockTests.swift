import AgentModel
import MobilityLink
import Synchronization
import Testing

@Suite("The clock of an agent")
struct WallClockTests {
    /// The clocks of a machine, set by a test.
    private final class Machine: Sendable {
        private struct State {
            var bootTime: Int64 = 5_000_000_000
            var ahead: Int64 = 1_700_846_592_000_000_000
            /// How long the thread is interrupted before each of the next readings of the wall clock.
            var interruptions: [Int64] = []
        }

        private let state = Mutex(State())

        var readings: ClockReadings {
            ClockReadings(
                bootTime: { [self] in state.withLock { $0.bootTime } },
                wallClock: { [self] in
                    state.withLock { state in
                        if !state.interruptions.isEmpty { state.bootTime += state.interruptions.removeFirst() }
                        return state.bootTime + state.ahead
                    }
                })
        }

        var wallClock: Int64 { state.withLock { $0.bootTime + $0.ahead } }

        func wait(milliseconds: Int64) { state.withLock { $0.bootTime += milliseconds * 1_000_000 } }
        func setClock(by milliseconds: Int64) { state.withLock { $0.ahead += milliseconds * 1_000_000 } }
        func interrupt(_ milliseconds: [Int64]) { state.withLock { $0.interruptions = milliseconds.map { $0 * 1_000_000 } } }
    }

    @Test("A step is noticed once; stamps are then right, and uptime stays", arguments: [3_600_000, -3_600_000, 300, -300])
    func step(milliseconds: Int64) {
        let machine = Machine()
        var clock = AgentClock(machine.readings)
        let start = clock.startTime
        machine.wait(milliseconds: 10_000)
        let stamp = clock.timestamp(clock.now)
        #expect(stamp.milliseconds == machine.wallClock / 1_000_000)
        machine.setClock(by: milliseconds)
        #expect(clock.timestamp(clock.now) == stamp)
        #expect(clock.step() == milliseconds)
        #expect(clock.step() == nil)
        #expect(clock.startTime == start.adding(milliseconds: milliseconds))
        #expect(clock.now == Moment(uptime: 10_000_000_000, wallClock: machine.wallClock))
        #expect(clock.timestamp(clock.now) == stamp.adding(milliseconds: milliseconds))
    }

    @Test("Steps of less than 100 ms add up until they are one", arguments: [1, -1])
    func smallSteps(sign: Int64) {
        let machine = Machine()
        var clock = AgentClock(machine.readings)
        machine.setClock(by: sign * 60)
        #expect(clock.step() == nil)
        machine.setClock(by: sign * 60)
        #expect(clock.step() == sign * 120)
        #expect(clock.now.wallClock == machine.wallClock)
    }

    @Test("Time that passes, awake or asleep, is not a step")
    func sleep() {
        let machine = Machine()
        var clock = AgentClock(machine.readings)
        for _ in 0..<10 {
            machine.wait(milliseconds: 86_400_000)
            #expect(clock.step() == nil)
        }
        #expect(clock.now == Moment(uptime: 864_000_000_000_000, wallClock: machine.wallClock))
    }

    @Test(
        "An interrupted thread sees no step",
        arguments: [[200], [200, 300, 5], [900, 800, 700, 600], [30_000, 30_000, 30_000, 30_000]])
    func interruptions(milliseconds: [Int64]) {
        let machine = Machine()
        var clock = AgentClock(machine.readings)
        machine.interrupt(milliseconds)
        #expect(clock.step() == nil)
        #expect(clock.step() == nil)
    }

    @Test("A step is noticed although every look is interrupted")
    func interruptedStep() throws {
        let machine = Machine()
        var clock = AgentClock(machine.readings)
        machine.setClock(by: 3_600_000)
        machine.interrupt([300, 200, 400, 500])
        let step = clock.step()
        let first = try #require(step)
        #expect((3_600_000...3_600_200).contains(first))
        // The next look is exact.
        #expect(first + (clock.step() ?? 0) == 3_600_000)
    }

    @Test("A clock that began in 1970 is followed to the present")
    func withoutRealTimeClock() {
        let machine = Machine()
        machine.setClock(by: -1_700_846_592_000)
        var clock = AgentClock(machine.readings)
        #expect(clock.startTime == Timestamp(milliseconds: 5000))
        machine.setClock(by: 1_700_846_592_000)
        #expect(clock.step() == 1_700_846_592_000)
        #expect(clock.startTime == Timestamp(milliseconds: 1_700_846_597_000))
    }

    @Test("The machine's own clocks agree, and its run has an identifier that stays")
    func machine() {
        let before = AgentClock.bootTime
        let clock = AgentClock()
        #expect(clock.now.uptime >= 0)
        #expect(AgentClock.bootTime >= before)
        #expect(AgentClock.bootID.count == 36)
        #expect(AgentClock.bootID == AgentClock.bootID)
    }
}
