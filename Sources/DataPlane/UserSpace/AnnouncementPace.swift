/// The pace of gratuitous ARPs on one link: a token bucket that holds `burst` and gains `perSecond`. It is full at the start.
///
/// An agent that comes back with many bindings would otherwise flood its link with broadcasts, which every station has to read.
struct AnnouncementPace: Sendable {
    /// Most announcements a second on average.
    static let perSecond: Int64 = 1000
    /// Most announcements at one moment.
    static let burst: Int64 = 100
    /// The part of the burst that announcements leave untouched if they can wait, so that a single registration need not wait for
    /// them.
    static let reserve: Int64 = 50
    /// Announcements that have to wait are sent this many at a time, so that the loop does not wake up for each of them.
    private static let group: Int64 = 10
    /// Nanoseconds between two announcements.
    private static let interval = 1_000_000_000 / perSecond

    /// When the bucket is full again, in nanoseconds of the monotonic clock.
    private var full: Int64 = 0

    /// Takes one token unless that would leave fewer than `reserve`.
    ///
    /// - Returns: whether the announcement may be sent now.
    mutating func take(leaving reserve: Int64, now: Int64) -> Bool {
        guard earliest(leaving: reserve) <= now else { return false }
        full = max(full, now) + Self.interval
        return true
    }

    /// When to send something that is due at `due`: then, or once the pace allows a group.
    func turn(for due: Int64, leaving reserve: Int64) -> Int64 {
        let earliest = earliest(leaving: reserve)
        return earliest <= due ? due : earliest + (Self.group - 1) * Self.interval
    }

    func isFull(now: Int64) -> Bool { full <= now }

    private func earliest(leaving reserve: Int64) -> Int64 { full - (Self.burst - reserve - 1) * Self.interval }
}
