import Foundation

/// How long a stream looks out for the master's next request before it lets the thread sleep.
///
/// A master in the middle of a walk asks again some ten microseconds after an answer, which is sooner than a sleeping thread is awake:
/// most of the time of a walk would be waking up. While it looks out the thread gives way to any other that has work.
struct AgentXPatience {
    /// Nanoseconds after an answer.
    var afterAnswer: UInt64
    /// Nanoseconds after which the thread has its turn for what else it does, however many requests come.
    var inAll: UInt64

    /// Sleeps at once.
    static let none = AgentXPatience(afterAnswer: 0, inAll: 0)

    /// What suits this machine: with one processor there is nothing to be gained.
    static var standard: AgentXPatience {
        ProcessInfo.processInfo.activeProcessorCount > 1 ? AgentXPatience(afterAnswer: 100_000, inAll: 5_000_000) : .none
    }

    /// Nanoseconds since an arbitrary point before now.
    static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
