import Glibc

/// The machine's clocks as an agent reads them, so that a test can replace them.
package struct ClockReadings: Sendable {
    /// Nanoseconds since the machine started. Continues while the machine sleeps and is never set.
    package var bootTime: @Sendable () -> Int64
    /// Nanoseconds since 1970, which an operator or NTP may set.
    package var wallClock: @Sendable () -> Int64

    package init(bootTime: @escaping @Sendable () -> Int64, wallClock: @escaping @Sendable () -> Int64) {
        self.bootTime = bootTime
        self.wallClock = wallClock
    }

    /// The clocks of this machine.
    package static let system = ClockReadings(
        bootTime: { nanoseconds(CLOCK_BOOTTIME) }, wallClock: { nanoseconds(CLOCK_REALTIME) })

    /// How far the wall clock is ahead of the boot time, from the quickest of a few tries.
    ///
    /// - Returns: The difference in nanoseconds, and by how much it may be too large because the thread was interrupted.
    func difference() -> (nanoseconds: Int64, error: Int64) {
        var best: (nanoseconds: Int64, error: Int64)?
        for _ in 0..<Self.tries {
            let before = bootTime()
            let wall = wallClock()
            let error = bootTime() - before
            if best.map({ error < $0.error }) ?? true { best = (wall - before, error) }
            if error <= Self.usualError { break }
        }
        return best ?? (wallClock() - bootTime(), 0)
    }

    private static let tries = 4
    /// A thread that was not interrupted takes less than this for the readings.
    private static let usualError: Int64 = 1_000_000

    private static func nanoseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
