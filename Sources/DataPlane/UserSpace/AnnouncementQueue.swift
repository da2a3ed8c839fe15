import MobileIPv4

/// Gratuitous ARPs that are to be sent, and those that are to be repeated, each link at its own pace.
///
/// The cost per node does not depend on the number of nodes, and memory not on how often a node comes and goes.
///
/// `Link` is `HomeLink`, except in tests.
struct AnnouncementQueue<Link: AnyObject & Sendable>: Sendable {
    struct Announcement: Sendable {
        var address: IPv4Address
        var linkLayerAddress: LinkLayerAddress
        var link: Link
    }

    private struct Pending: Sendable {
        var linkLayerAddress: LinkLayerAddress
        var number: UInt32
        /// How many more times to send it.
        var remaining: UInt8
    }

    private struct LinkQueue: Sendable {
        let link: Link
        var pace = AnnouncementPace()
        /// By rank.
        var lanes = [AnnouncementLane](repeating: AnnouncementLane(), count: AnnouncementRank.allCases.count)

        var isEmpty: Bool { lanes.allSatisfy { $0.count == 0 } }

        func due(_ rank: AnnouncementRank) -> Int64? {
            lanes[rank.rawValue].first.map { pace.turn(for: $0.due, leaving: rank.reserve) }
        }
    }

    private var pending: [IPv4Address: Pending] = [:]
    /// One for each link on which something waits or has just been sent: a few.
    private var queues: [LinkQueue] = []
    private var lastNumber: UInt32 = 0

    /// Nanoseconds between two transmissions of an announcement.
    static var interval: Int64 { 1_000_000_000 }

    /// How many addresses wait to be announced, or announced again.
    var count: Int { pending.count }

    /// How many turns wait, including those of announcements that have been cancelled or replaced.
    var turnCount: Int { queues.reduce(0) { $0 + $1.lanes.reduce(0) { $0 + $1.count } } }

    /// When to call `next` again, in nanoseconds of the monotonic clock; nil when nothing waits.
    var nextDue: Int64? {
        var earliest: Int64?
        for queue in queues {
            for rank in AnnouncementRank.allCases {
                if let due = queue.due(rank) { earliest = min(earliest ?? due, due) }
            }
        }
        return earliest
    }

    /// Replaces any announcement of the address with this one, which is to be sent `times` times, first as soon as the pace allows.
    ///
    /// - Parameter rank: of the first transmission; a lower one if too many others of that rank wait.
    mutating func set(_ announcement: Announcement, times: Int, rank: AnnouncementRank = .departed, now: Int64) {
        guard times > 0 else { return cancel(announcement.address) }
        lastNumber &+= 1
        pending[announcement.address] = Pending(
            linkLayerAddress: announcement.linkLayerAddress, number: lastNumber, remaining: UInt8(clamping: times))
        let queue = queueIndex(of: announcement.link)
        var rank = rank
        while queues[queue].lanes[rank.rawValue].count >= rank.capacity { rank = rank.overflow }
        add(AnnouncementLane.Turn(address: announcement.address, number: lastNumber, due: now), to: queue, rank)
    }

    mutating func cancel(_ address: IPv4Address) { pending[address] = nil }

    mutating func cancelAll() { self = AnnouncementQueue() }

    /// Drops the announcements on a link that is not used any more.
    mutating func forget(_ link: Link) {
        guard let index = queues.firstIndex(where: { $0.link === link }) else { return }
        for lane in queues.remove(at: index).lanes {
            for turn in lane.waiting where pending[turn.address]?.number == turn.number { pending[turn.address] = nil }
        }
    }

    /// Takes the next announcement to be sent now; if it is to be sent again, it is queued again.
    mutating func next(now: Int64) -> Announcement? {
        // From the end, so that queues can be removed on the way.
        for queue in queues.indices.reversed() {
            if let found = next(in: queue, now: now) { return found }
            if queues[queue].isEmpty, queues[queue].pace.isFull(now: now) { queues.remove(at: queue) }
        }
        return nil
    }

    // MARK: - Inside

    private mutating func next(in queue: Int, now: Int64) -> Announcement? {
        for rank in AnnouncementRank.allCases {
            while let turn = queues[queue].lanes[rank.rawValue].first {
                guard var found = pending[turn.address], found.number == turn.number else {
                    queues[queue].lanes[rank.rawValue].removeFirst()
                    continue
                }
                guard turn.due <= now, queues[queue].pace.take(leaving: rank.reserve, now: now) else { break }
                queues[queue].lanes[rank.rawValue].removeFirst()
                found.remaining -= 1
                if found.remaining > 0 {
                    pending[turn.address] = found
                    let again = AnnouncementLane.Turn(address: turn.address, number: turn.number, due: now + Self.interval)
                    add(again, to: queue, .repeated)
                } else {
                    pending[turn.address] = nil
                    // Gives the memory back that a million nodes have needed.
                    if pending.isEmpty { pending = [:] }
                }
                return Announcement(
                    address: turn.address, linkLayerAddress: found.linkLayerAddress, link: queues[queue].link)
            }
        }
        return nil
    }

    private mutating func queueIndex(of link: Link) -> Int {
        if let index = queues.firstIndex(where: { $0.link === link }) { return index }
        queues.append(LinkQueue(link: link))
        return queues.count - 1
    }

    private mutating func add(_ turn: AnnouncementLane.Turn, to queue: Int, _ rank: AnnouncementRank) {
        queues[queue].lanes[rank.rawValue].append(turn)
        // Turns of announcements that were replaced while others waited before them.
        guard queues[queue].lanes[rank.rawValue].count > 2 * pending.count + 1024 else { return }
        let known = pending
        queues[queue].lanes[rank.rawValue].removeAll { known[$0.address]?.number != $0.number }
    }
}
