package import AgentModel

/// The two clocks of an agent. Uptime continues while the machine sleeps, so that lifetimes end when mobile nodes expect it.
///
/// The wall clock may be set. The agent notices that only when it calls `step()`; until then `now` and `timestamp` continue by the
/// clock as it was, so that one wake-up of the agent sees one clock, and what the agent shows is what it judges by.
package struct AgentClock: Sendable {
    /// The wall clock when uptime was 0, by the clock as it was at the last look.
    package private(set) var startTime: Timestamp
    /// The boot time when uptime was 0.
    private let start: Int64
    /// Nanoseconds by which the wall clock is ahead of the boot time. Slewing moves both, so only setting the clock changes it.
    private var difference: Int64
    private let readings: ClockReadings

    /// A smaller change is not a step; such changes add up until they are one. The agent's wall clock is never off by more.
    package static let leastStep: Int64 = 100_000_000

    /// Uptime begins.
    package init(_ readings: ClockReadings = .system) {
        self.readings = readings
        difference = readings.difference().nanoseconds
        start = readings.bootTime()
        startTime = Self.startTime(start, difference)
    }

    /// The present time.
    package var now: Moment {
        let bootTime = readings.bootTime()
        return Moment(uptime: bootTime - start, wallClock: bootTime + difference)
    }

    /// Looks whether the wall clock has been set since the last look, and follows it. Call it once for each wake-up, before `now`.
    ///
    /// - Returns: How many milliseconds `startTime` has moved, positive when the clock was set forward; nil if it was not set. Times made
    ///   by `timestamp` before are right by the clock as it is now when this is added to them.
    package mutating func step() -> Int64? {
        let (difference, error) = readings.difference()
        // A difference from an interrupted thread is too large by at most the error.
        guard abs(difference - self.difference) >= Self.leastStep + error else { return nil }
        let before = startTime
        self.difference = difference
        startTime = Self.startTime(start, difference)
        return startTime.milliseconds(since: before)
    }

    /// A moment by the wall clock as it was at the last look, as used in records.
    package func timestamp(_ moment: Moment) -> Timestamp { startTime.adding(milliseconds: moment.uptime / 1_000_000) }

    private static func startTime(_ start: Int64, _ difference: Int64) -> Timestamp {
        Timestamp(milliseconds: (start + difference) / 1_000_000)
    }
}
