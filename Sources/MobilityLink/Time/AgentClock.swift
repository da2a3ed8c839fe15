package import AgentModel
import Glibc

/// The two clocks of an agent. Uptime continues while the machine sleeps, so that lifetimes end when mobile nodes expect it.
package struct AgentClock {
    /// The wall clock when uptime was 0.
    package let startTime: Timestamp
    private let start: Int64

    package init() {
        start = Self.nanoseconds(CLOCK_BOOTTIME)
        startTime = Timestamp(milliseconds: Self.nanoseconds(CLOCK_REALTIME) / 1_000_000)
    }

    package var now: Moment {
        Moment(uptime: Self.nanoseconds(CLOCK_BOOTTIME) - start, wallClock: Self.nanoseconds(CLOCK_REALTIME))
    }

    /// The agent's time as used in records: it never steps.
    package func timestamp(_ moment: Moment) -> Timestamp { startTime.adding(milliseconds: moment.uptime / 1_000_000) }

    private static func nanoseconds(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
