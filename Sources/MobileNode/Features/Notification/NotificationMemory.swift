import AgentModel
import MobileIPv4

/// The notifications that were accepted, as far as that is needed to recognize copies of them (RFC 6098 §7.1.1). Only agents that
/// have authenticated themselves have an entry.
struct NotificationMemory {
    /// Identifications from `first` to `last`, both included.
    private struct Interval {
        let first: Identification
        var last: Identification

        func contains(_ given: Identification) -> Bool { !first.isLater(than: given) && !given.isLater(than: last) }
    }

    private struct Entry {
        let sender: NotificationAgent
        /// What was accepted since the clock was last set; nil for nothing.
        var current: Interval?
        /// What was accepted before the clock was set, the newest last.
        var past: [Interval] = []
        /// The last one that was accepted, and the number of its exchange.
        var last: Identification
        var number: UInt32
    }

    /// The most agents. The one quiet for longest is forgotten to make room.
    static let limit = 16
    /// The most steps of the clock that are remembered for an agent.
    private static let stepLimit = 8
    /// Seconds by which the clock may be set back without effect on `start`.
    private static let longestSetback: Double = 3600

    /// The agent heard last is at the end.
    private var entries: [Entry] = []
    /// The latest of what forgotten agents have sent: whatever is not later may be a copy of that.
    private var forgotten: Identification?
    /// What is not later may have been accepted before the node started; nil until it is known when that was.
    private var start: Identification?

    /// By the clock as it is set at present, the node started at this time.
    ///
    /// After a clock was set back a little, what an earlier start has accepted by the old clock could come again, so that
    /// everything is refused until the time is reached from which on nothing was accepted before. One that is set back by more
    /// was wrong when the node started, and to wait would take too long.
    mutating func follow(start new: Identification) {
        if let start, !new.isLater(than: start), start.seconds(since: new) <= Self.longestSetback { return }
        start = new
    }

    /// The number of the exchange if this is the sender's last accepted notification.
    func exchange(of given: Identification, from sender: NotificationAgent) -> UInt32? {
        entries.first { $0.sender == sender && $0.last == given }?.number
    }

    /// Whether this is later than all that was accepted of the sender, and than the node's start.
    func permits(_ given: Identification, from sender: NotificationAgent) -> Bool {
        guard let start, given.isLater(than: start) else { return false }
        guard let entry = entries.first(where: { $0.sender == sender }) else {
            return forgotten.map { given.isLater(than: $0) } ?? true
        }
        if let current = entry.current, !given.isLater(than: current.last) { return false }
        return !entry.past.contains { $0.contains(given) }
    }

    /// Remembers a notification that was accepted.
    mutating func accept(_ given: Identification, from sender: NotificationAgent, number: UInt32) {
        var entry: Entry
        if let index = entries.firstIndex(where: { $0.sender == sender }) {
            entry = entries.remove(at: index)
        } else {
            if entries.count >= Self.limit { forget(entries.removeFirst().last) }
            entry = Entry(sender: sender, last: given, number: number)
        }
        entry.current = Interval(first: entry.current?.first ?? given, last: given)
        (entry.last, entry.number) = (given, number)
        entries.append(entry)
    }

    private mutating func forget(_ last: Identification) {
        if forgotten.map({ last.isLater(than: $0) }) ?? true { forgotten = last }
    }

    /// The clock was set: what was accepted before may be later than all that follows.
    mutating func clockStepped() {
        forgotten = nil
        for index in entries.indices {
            guard let ended = entries[index].current else { continue }
            entries[index].current = nil
            entries[index].past.append(ended)
            if entries[index].past.count > Self.stepLimit { entries[index].past.removeFirst() }
        }
    }
}
