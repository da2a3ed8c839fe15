import Foundation

/// How long a stream polls for the master's next request before it lets the thread sleep.
///
/// During a walk, a master sends its next request about ten microseconds after a response, which is less than a sleeping thread needs
/// to wake up: most of the time of a walk would be spent waking up. While it polls, the thread yields to any other that has work.
struct AgentXPolling {
    /// Nanoseconds to poll after a response.
    var afterAnswer: UInt64
    /// Nanoseconds after which the thread turns to its other work, however many requests arrive.
    var inAll: UInt64

    /// Sleep at once.
    static let none = AgentXPolling(afterAnswer: 0, inAll: 0)

    /// The setting for this machine: with one processor, polling gains nothing.
    static var standard: AgentXPolling {
        ProcessInfo.processInfo.activeProcessorCount > 1 ? AgentXPolling(afterAnswer: 100_000, inAll: 5_000_000) : .none
    }

    /// Nanoseconds since an arbitrary point before now.
    static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
