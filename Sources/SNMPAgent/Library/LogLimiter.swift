/// Limits the lines of libnetsnmp's log that are passed on. A single datagram can make the library write thousands of them.
struct LogLimiter {
    /// Lines passed on in each interval.
    static let burst = 20
    static let interval = Duration.seconds(10)

    private var begin: ContinuousClock.Instant?
    private var passed = 0
    private var suppressed = 0

    /// Whether a line may be passed on now, and how many lines were suppressed in the interval that has just ended.
    mutating func admit(at now: ContinuousClock.Instant) -> (isAdmitted: Bool, suppressed: Int) {
        var before = 0
        if let begin, now - begin < Self.interval {
            passed += 1
        } else {
            (begin, passed) = (now, 1)
            (before, suppressed) = (suppressed, 0)
        }
        guard passed > Self.burst else { return (true, before) }
        suppressed += 1
        return (false, before)
    }
}
