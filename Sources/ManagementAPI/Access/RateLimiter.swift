import Synchronization

/// Limits how often each client may do something, with a token bucket that refills at a steady rate.
final class RateLimiter: Sendable {
    private struct Bucket {
        var level: Double
        var time: ContinuousClock.Instant
    }

    private let rate: Double
    private let burst: Double
    private let maximumClients: Int
    private let buckets = Mutex<[String: Bucket]>([:])

    /// - Parameters:
    ///   - rate: how many per second in the long run, above 0.
    ///   - burst: how many at once, at least 1.
    ///   - maximumClients: how many clients are tracked.
    init(rate: Double, burst: Double, maximumClients: Int = 10_000) {
        (self.rate, self.burst, self.maximumClients) = (rate, max(1, burst), maximumClients)
    }

    /// Takes one from the client's bucket.
    ///
    /// - Returns: nil when the client may proceed, or the whole seconds after which it may retry.
    func take(_ client: String, at now: ContinuousClock.Instant = .now) -> Int? {
        buckets.withLock { buckets in
            let level = level(of: buckets[client], at: now)
            guard level >= 1 else { return max(1, Int(((1 - level) / rate).rounded(.up))) }
            if buckets[client] == nil && buckets.count >= maximumClients { prune(&buckets, at: now) }
            buckets[client] = Bucket(level: level - 1, time: now)
            return nil
        }
    }

    private func level(of bucket: Bucket?, at now: ContinuousClock.Instant) -> Double {
        guard let bucket else { return burst }
        return min(burst, bucket.level + bucket.time.duration(to: now) / .seconds(1) * rate)
    }

    /// Forgets the clients whose buckets are full again, or all clients when that frees nothing.
    private func prune(_ buckets: inout [String: Bucket], at now: ContinuousClock.Instant) {
        buckets = buckets.filter { level(of: $0.value, at: now) < burst }
        if buckets.count >= maximumClients { buckets = [:] }
    }
}
