import MobileIPv4

/// Limits the advertisements that inform single visitors of a revocation: one a second for each visitor, and 100 a second in all, so
/// that the end of many visits does not become a flood on their link.
struct NoticeLimiter {
    /// The most in one second.
    static let perSecond = 100
    private static let second: Int64 = 1_000_000_000

    /// When each visitor was informed within the last second, in `Moment.uptime`.
    private var recent: [IPv4Address: Int64] = [:]
    /// When one was last refused, in `Moment.uptime`.
    private var refused: Int64?

    /// Whether a visitor may be informed now; it then counts.
    mutating func admits(_ homeAddress: IPv4Address, at uptime: Int64) -> Bool {
        if recent.count >= Self.perSecond { recent = recent.filter { uptime - $0.value < Self.second } }
        if let last = recent[homeAddress], uptime - last < Self.second { return false }
        guard recent.count < Self.perSecond else { return false }
        recent[homeAddress] = uptime
        return true
    }

    /// Notes a refusal; returns whether it is the first after a second without any, which is worth a line in the log.
    mutating func noteRefusal(at uptime: Int64) -> Bool {
        defer { refused = uptime }
        return refused.map { uptime - $0 >= Self.second } ?? true
    }
}
