/// Passes a limited number of occurrences per second.
struct PerSecondLimiter {
    let limit: Int
    private var second: Int64 = .min
    private var passed = 0

    init(limit: Int) { self.limit = max(1, limit) }

    /// Whether one more may pass at this `Moment.uptime`.
    mutating func passes(at uptime: Int64) -> Bool {
        let now = uptime / 1_000_000_000
        if now != second {
            second = now
            passed = 0
        }
        guard passed < limit else { return false }
        passed += 1
        return true
    }
}
