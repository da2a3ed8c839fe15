import Testing

@testable import SNMPAgent

@Suite("When the SNMP master started")
struct MasterClockTests {
    /// A response of a master that started at `start`, received `delay` milliseconds after it was sent.
    static func answer(_ clock: MasterClock, start: Int64, at time: Int64, delay: Int64 = 0) {
        clock.observe(
            sysUpTime: UInt32(truncatingIfNeeded: (time - start) / 10), sent: time, received: time + delay)
    }

    @Test("It is unknown before the first response")
    func unknown() {
        #expect(MasterClock().start == nil)
        #expect(MasterClock().sysUpTime(at: 5) == nil)
    }

    @Test("The quickest of the responses before the first use determines it, to a hundredth of a second")
    func quickest() throws {
        let clock = MasterClock()
        for (number, delay) in [70, 20, 1, 300].enumerated() {
            Self.answer(clock, start: 1234, at: 9003 + 17 * Int64(number), delay: Int64(delay))
        }
        let start = try #require(clock.start)
        #expect((1234...1245).contains(start))
        #expect(clock.sysUpTime(at: start + 5009) == 500)
    }

    @Test("Once used, it does not move: not by quicker responses, nor by new sessions with the same master")
    func used() throws {
        let clock = MasterClock()
        Self.answer(clock, start: 1000, at: 2000, delay: 400)
        let start = try #require(clock.start)
        for time in stride(from: Int64(3000), to: 1_000_000, by: 7_777) {
            Self.answer(clock, start: 1000, at: time, delay: time % 13)
        }
        // The master hung for a minute, so the session was opened again, and its response is late.
        Self.answer(clock, start: 1000, at: 1_060_000, delay: 900)
        #expect(clock.start == start)
    }

    @Test("A master that has restarted moves it, even one that ran only briefly before")
    func restart() throws {
        let clock = MasterClock()
        Self.answer(clock, start: 1000, at: 1200, delay: 3)
        #expect(try #require(clock.start) < 1300)
        Self.answer(clock, start: 4000, at: 4100, delay: 3)
        #expect(try (4000...4020).contains(#require(clock.start)))
    }

    @Test("It does not move when sysUpTime wraps")
    func wraps() throws {
        let clock = MasterClock()
        let wrap: Int64 = 10 << 32
        Self.answer(clock, start: 0, at: wrap - 1000)
        let start = try #require(clock.start)
        Self.answer(clock, start: 0, at: wrap + 50)
        Self.answer(clock, start: 0, at: wrap + 1050)
        Self.answer(clock, start: 0, at: 3 * wrap + 20)
        #expect(clock.start == start)
        // A restart 300 days after the wrap, not a wrap.
        Self.answer(clock, start: 3 * wrap + 26_000_000_000, at: 3 * wrap + 26_000_001_000)
        #expect(try (26_000_000_000...26_000_000_020).contains(#require(clock.start) - 3 * wrap))
    }
}
