/// How far an agent has got with ending its registrations, slot by slot, as fast as the other ends can be informed.
struct Withdrawal {
    /// The most messages that may wait when the next registration is ended.
    private static let waitingLimit = 4096
    /// The most slots of one call.
    private static let slotsPerCall = 1024
    private static let pause: Int64 = 100_000_000

    private var slot = 0
    private var end = 0
    /// When it goes on, in `Moment.uptime`.
    private(set) var due: Int64 = 0

    /// Begins a call. Returns false if it is not due.
    mutating func begin(at uptime: Int64) -> Bool {
        guard due <= uptime else { return false }
        end = slot + Self.slotsPerCall
        return true
    }

    /// The next slot to look at, before the end of the table; nil when the call is over.
    ///
    /// - Parameter waiting: How many messages wait for their acknowledgments.
    mutating func next(before tableEnd: Int, waiting: Int) -> Int? {
        guard slot < min(end, tableEnd), waiting < Self.waitingLimit else { return nil }
        defer { slot += 1 }
        return slot
    }

    /// Ends a call; returns what is left to do, nil for nothing.
    func paused(before tableEnd: Int, waiting: Int, at uptime: Int64) -> Withdrawal? {
        guard slot < tableEnd else { return nil }
        var rest = self
        rest.due = waiting < Self.waitingLimit ? uptime : uptime + Self.pause
        return rest
    }
}
