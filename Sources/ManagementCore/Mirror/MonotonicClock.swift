import Foundation

/// The machine's clock that keeps counting during suspension and never steps.
package enum MonotonicClock {
    /// Milliseconds since an arbitrary point before now.
    package static var milliseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
