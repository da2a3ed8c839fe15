import MobilityAgent
import Testing

/// What times in records of earlier starts mean. Times are in milliseconds.
@Suite struct AgentHistoryTests {
    private static func start(_ boot: String, bootTime: Int64, startTime: Int64, correction: Int64 = 0, epoch: UInt32 = 0)
        -> AgentStart
    {
        AgentStart(bootID: boot, bootTime: bootTime, startTime: startTime, clockCorrection: correction, clockEpoch: epoch)
    }

    @Test("Starts are numbered, and the first has no history")
    func numbers() {
        let first = AgentHistory(Self.start("a", bootTime: 0, startTime: 1000), after: [])
        #expect(first.present.number == 1 && !first.isIncomplete)
        let second = AgentHistory(Self.start("a", bootTime: 500, startTime: 1500), after: [first.completed])
        #expect(second.present.number == 2 && !second.isIncomplete && second.present.clockEpoch == 0)
        #expect(second.correction(ofStart: 1) == 0 && second.correction(ofStart: 2) == nil)
        #expect(AgentHistory(second.present, after: [first.present]).isIncomplete)
    }

    @Test("Clocks that are read a moment apart do not move times", arguments: [-99, -1, 1, 99] as [Int64])
    func jitter(_ milliseconds: Int64) {
        let first = AgentHistory(Self.start("a", bootTime: 0, startTime: 1000), after: [])
        let second = AgentHistory(Self.start("a", bootTime: 500, startTime: 1500 + milliseconds), after: [first.completed])
        #expect(second.correction(ofStart: 1) == 0)
        #expect(second.present.clockEpoch == 0)
    }

    @Test("A step in an earlier start, between two starts and after a reboot is in the correction of each start before it")
    func chain() {
        var first = AgentHistory(Self.start("a", bootTime: 0, startTime: 3_600_000), after: [])
        first.see(7_200_000)
        // The clock was an hour ahead; it is right after the reboot.
        var second = AgentHistory(Self.start("b", bootTime: 10_000, startTime: 3_610_000), after: [first.completed])
        #expect(second.correction(ofStart: 1) == -3_590_000)
        #expect(second.present.clockEpoch == 1)
        second.clockStepped(by: 500)
        second.see(4_000_000)
        let third = AgentHistory(
            Self.start("b", bootTime: 20_000, startTime: 3_620_500), after: [first.completed, second.completed])
        #expect(third.correction(ofStart: 1) == -3_589_500)
        #expect(third.correction(ofStart: 2) == 500)
        #expect(third.present.clockEpoch == 2)
    }

    @Test("A start that has followed its clock before it had a store corrects what it writes")
    func lateStore() {
        let late = AgentHistory(Self.start("a", bootTime: 0, startTime: 100, correction: 1_000_000, epoch: 1), after: [])
        #expect(late.present.clockEpoch == 1)
        let next = AgentHistory(Self.start("a", bootTime: 5000, startTime: 1_005_100), after: [late.completed])
        #expect(next.correction(ofStart: 1) == 1_000_000)
        #expect(next.present.clockEpoch == 1)
    }

    @Test("Starts without records are forgotten")
    func forgotten() {
        let first = AgentHistory(Self.start("a", bootTime: 0, startTime: 1000), after: [])
        let second = AgentHistory(Self.start("a", bootTime: 500, startTime: 1500), after: [first.completed])
        var third = AgentHistory(Self.start("a", bootTime: 900, startTime: 1900), after: [first.completed, second.completed])
        #expect(third.forget(allBut: [2]) == [1])
        #expect(third.correction(ofStart: 1) == nil && third.correction(ofStart: 2) == 0)
    }

    @Test("No value that a damaged record can have traps")
    func extremes() {
        for (a, b) in [(Int64.min, Int64.max), (.max, .min), (.max, .max)] {
            var first = Self.start("a", bootTime: a, startTime: b, correction: a)
            (first.number, first.lastSeen, first.clockEpoch) = (.max, b, .max)
            for boot in ["a", "b"] {
                let next = AgentHistory(Self.start(boot, bootTime: b, startTime: a), after: [first])
                #expect(next.present.number == 0)
            }
        }
    }
}
