import MobileIPv4

/// The messages of one kind that wait for their acknowledgments, by the slots of their exchanges: when each of them is due. Messages of
/// one kind have no influence on when those of another are due.
struct ExchangeQueue {
    /// Nanoseconds between the first tries of messages to one address, so that many together do not overrun it.
    static let spacing: Int64 = 10_000_000

    /// What is known of an address with messages that wait.
    private struct Line {
        /// How many wait.
        var count: Int
        /// When the next one may begin, in `Moment.uptime`.
        var turn: Int64
    }

    private var deadlines = DeadlineQueue()
    private var lines: [IPv4Address: Line] = [:]
    /// In whose line each message is. It may go elsewhere with a later try, but keeps its place.
    private var addresses: [Int: IPv4Address] = [:]

    /// How many wait.
    var count: Int { addresses.count }

    /// How many wait in the line of an address.
    func waiting(for address: IPv4Address) -> Int { lines[address]?.count ?? 0 }

    /// When one is due, in `Moment.uptime`; may be too early. Nil if none waits.
    var next: Int64? { count == 0 ? nil : deadlines.next }

    /// Adds a message, which is due when it is the turn of its destination, but not before `earliest`.
    mutating func insert(_ slot: Int, to address: IPv4Address, notBefore earliest: Int64) {
        addresses[slot] = address
        let line = lines[address]
        let turn = max(earliest, line?.turn ?? earliest)
        lines[address] = Line(count: (line?.count ?? 0) + 1, turn: turn + Self.spacing)
        deadlines.schedule(slot, at: turn)
    }

    mutating func schedule(_ slot: Int, at deadline: Int64) { deadlines.schedule(slot, at: deadline) }

    mutating func popDue(_ uptime: Int64) -> Int? { deadlines.popDue(uptime) }

    /// Removes a message.
    mutating func remove(_ slot: Int) {
        deadlines.cancel(slot)
        guard let address = addresses.removeValue(forKey: slot), let line = lines[address] else { return }
        if line.count > 1 { lines[address]?.count -= 1 } else { lines[address] = nil }
    }
}
