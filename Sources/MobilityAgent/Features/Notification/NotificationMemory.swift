import AgentModel
import MobileIPv4

/// The notifications that were accepted, as far as that is needed to recognize copies of them (RFC 6098 §7.1.1), and to refuse a sender
/// that sends too many. Only senders that have authenticated themselves have an entry. The sender quiet for longest is forgotten to make
/// room; from then on, whatever is as old as what such senders sent is refused.
struct NotificationMemory {
    private struct Entry {
        let sender: NotificationPeer
        var replay: ReplayMemory
        var last: Identification
        /// When that was accepted, in `Moment.uptime`.
        var accepted: Int64
        /// The number of its exchange.
        var exchange: UInt32
    }

    /// The most senders.
    static let limit = 4096
    /// How many of those quiet for longest are looked at for one to forget.
    private static let compared = 16
    /// The least nanoseconds between two notifications of a sender. It leaves a second between them (RFC 6098 §4.3), but the network
    /// delays one more than the other.
    private static let shortestGap = OutgoingExchange.shortestGap / 10 * 9
    /// Seconds by which the clock may be set back without effect on `start`.
    private static let longestSetback: Double = 3600

    /// What is not later may have been accepted before this agent started, whoever has sent it.
    private var start: Identification
    private var entries = SlotTable<Entry>()
    private var slots: [NotificationPeer: Int] = [:]
    private var recency = RecencyList()
    private var forgotten = ForgottenIdentifications()

    /// - Parameter start: When the agent started.
    init(start: Identification) { self.start = start }

    /// How many senders are remembered.
    var count: Int { entries.count }

    /// The clock was set: by it, the agent started at this time.
    ///
    /// After a clock was set back a little, what an earlier start has accepted by the old clock could come again, so that everything is
    /// refused until the time is reached from which on nothing was accepted before. One that is set back by more was wrong when the agent
    /// started, and to wait would take too long.
    mutating func follow(start new: Identification) {
        guard new.isLater(than: start) || start.seconds(since: new) > Self.longestSetback else { return }
        start = new
    }

    /// The number of the exchange if this is the sender's last accepted notification.
    func exchange(of given: Identification, from sender: NotificationPeer) -> UInt32? {
        guard let slot = slots[sender], entries[slot].last == given else { return nil }
        return entries[slot].exchange
    }

    /// Whether this is later than the start, and than all that was accepted of the sender since the clock was last set.
    ///
    /// - Parameter epoch: How many steps of the clock have been noticed.
    func permits(_ given: Identification, from sender: NotificationPeer, epoch: UInt32) -> Bool {
        guard given.isLater(than: start) else { return false }
        guard let slot = slots[sender] else { return !forgotten.contains(given) }
        return entries[slot].replay.permits(given, epoch: epoch)
    }

    /// Whether a notification of the sender was accepted just before.
    func isHasty(_ sender: NotificationPeer, at uptime: Int64) -> Bool {
        slots[sender].map { entries[$0].accepted + Self.shortestGap > uptime } ?? false
    }

    /// Remembers a notification that was accepted.
    mutating func accept(
        _ given: Identification, from sender: NotificationPeer, exchange: UInt32, epoch: UInt32, at now: Moment
    ) {
        let slot = slots[sender] ?? add(sender, epoch, at: now)
        entries[slot].replay.use(given, accepted: true, epoch: epoch)
        entries[slot].last = given
        entries[slot].accepted = now.uptime
        entries[slot].exchange = exchange
        recency.touch(slot)
    }

    private mutating func add(_ sender: NotificationPeer, _ epoch: UInt32, at now: Moment) -> Int {
        if entries.count >= Self.limit { makeRoom(by: Identification(unixNanoseconds: now.wallClock)) }
        let slot = entries.insert(
            Entry(
                sender: sender, replay: ReplayMemory(epoch: epoch), last: Identification(rawValue: 0), accepted: now.uptime,
                exchange: 0))
        slots[sender] = slot
        return slot
    }

    /// Forgets a sender, if possible one that was not ahead of the clock: what such a sender has used up is still to come, and is
    /// remembered only until now, so that it does not keep others from being accepted.
    private mutating func makeRoom(by clock: Identification) {
        let coldest = recency.coldest(Self.compared)
        guard let slot = coldest.first(where: { !entries[$0].last.isLater(than: clock) }) ?? coldest.first else { return }
        let entry = entries[slot]
        for range in entry.replay.ranges(until: clock) { forgotten.add(range) }
        slots[entry.sender] = nil
        recency.remove(slot)
        entries.remove(slot)
    }
}

extension ReplayMemory {
    /// What has been used up until this time; what was used before a step of the clock is apart from what was used after it.
    fileprivate func ranges(until clock: Identification) -> [IdentificationRange] {
        let singles = latestUsed.map { IdentificationRange($0) }
        var ranges = past
        ranges.append(contentsOf: singles.prefix(inherited))
        var present = older
        for range in singles.dropFirst(inherited) {
            if present == nil { present = range } else { present?.include(range) }
        }
        if let present { ranges.append(present) }
        return ranges.compactMap { range in
            guard !range.first.isLater(than: clock) else { return nil }
            return IdentificationRange(from: range.first, to: range.last.isLater(than: clock) ? clock : range.last)
        }
    }
}
