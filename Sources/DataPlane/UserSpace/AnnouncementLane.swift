import MobileIPv4

/// The announcements of one rank that wait for a link's pace, in the order in which they are sent. Taking one costs the same
/// however many wait.
struct AnnouncementLane: Sendable {
    struct Turn: Sendable {
        var address: IPv4Address
        /// Number of the announcement that this turn was made for; if it differs, a newer announcement has replaced it. No turn
        /// waits until the numbers begin again.
        var number: UInt32
        /// Earliest time to send it, in nanoseconds of the monotonic clock; never before that of the previous turn.
        var due: Int64
    }

    private var turns: [Turn] = []
    private var start = 0

    var count: Int { turns.count - start }
    var first: Turn? { start < turns.count ? turns[start] : nil }
    var waiting: ArraySlice<Turn> { turns[start...] }

    mutating func append(_ turn: Turn) { turns.append(turn) }

    /// Must not be called when there is none.
    mutating func removeFirst() {
        start += 1
        if start == turns.count {
            // A large array is given back: it will not be needed again soon.
            turns.removeAll(keepingCapacity: turns.capacity <= 4096)
            start = 0
        } else if start * 2 >= turns.count, start >= 64 {
            turns.removeFirst(start)
            start = 0
        }
    }

    mutating func removeAll(where isObsolete: (Turn) -> Bool) {
        turns = waiting.filter { !isObsolete($0) }
        start = 0
    }
}
