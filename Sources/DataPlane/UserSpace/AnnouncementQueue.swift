import MobileIPv4

/// Gratuitous ARPs that are to be repeated. All wait equally long, so they are sent in the order of arrival, and the cost per node does not
/// depend on the number of nodes.
struct AnnouncementQueue: Sendable {
    struct Announcement: Sendable {
        var address: IPv4Address
        var linkLayerAddress: LinkLayerAddress
        var link: HomeLink
        /// How many more times to send it.
        var remaining: Int
    }

    private struct Turn: Sendable {
        var address: IPv4Address
        /// Number of the announcement that this turn was made for; if it differs, a newer announcement has replaced that one.
        var number: UInt64
        var due: Int64
    }

    private var announcements: [IPv4Address: (announcement: Announcement, number: UInt64)] = [:]
    private var turns: [Turn] = []
    private var first = 0
    private var lastNumber: UInt64 = 0

    /// Nanoseconds between two transmissions.
    static let interval: Int64 = 1_000_000_000

    /// When the next one is due, in nanoseconds of the monotonic clock; nil when there is none.
    var nextDue: Int64? { first < turns.count ? turns[first].due : nil }

    /// Replaces any announcement of the address with this one, which waits from now on.
    mutating func set(_ announcement: Announcement, now: Int64) {
        lastNumber &+= 1
        announcements[announcement.address] = (announcement, lastNumber)
        turns.append(Turn(address: announcement.address, number: lastNumber, due: now + Self.interval))
    }

    mutating func cancel(_ address: IPv4Address) { announcements[address] = nil }

    mutating func cancelAll() { self = AnnouncementQueue() }

    /// Takes the next announcement that is due; if it is to be sent again, it is queued again.
    mutating func next(now: Int64) -> Announcement? {
        while first < turns.count, turns[first].due <= now {
            let turn = turns[first]
            first += 1
            if first == turns.count || first > 4096 {
                turns.removeFirst(first)
                first = 0
            }
            guard let (found, number) = announcements[turn.address], number == turn.number else { continue }
            var announcement = found
            announcement.remaining -= 1
            announcements[turn.address] = nil
            if announcement.remaining > 0 { set(announcement, now: now) }
            return announcement
        }
        return nil
    }
}
