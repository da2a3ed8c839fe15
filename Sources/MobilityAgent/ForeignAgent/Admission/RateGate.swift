/// Passes a number of messages per second, and after a pause up to two seconds' worth at once.
struct RateGate {
    /// When everything that has passed would have passed at an even rate.
    private var paid = Int64.min

    /// How far ahead of an even rate messages may pass.
    private static let burst: Int64 = 2_000_000_000

    private static func interval(_ rate: Int) -> Int64 { 1_000_000_000 / Int64(max(1, rate)) }

    /// True when a message may pass.
    func isOpen(rate: Int, at uptime: Int64) -> Bool { paid <= uptime + Self.burst - Self.interval(rate) }

    /// Counts a message that passes.
    mutating func pass(rate: Int, at uptime: Int64) { paid = max(paid, uptime) + Self.interval(rate) }
}

/// One rate gate for each of the keys seen last, up to a limit.
struct RateGates<Key: Hashable> {
    private let limit: Int
    private var rows = SlotTable<(key: Key, gate: RateGate)>()
    private var slots: [Key: Int] = [:]
    private var recency = RecencyList()

    init(limit: Int) { self.limit = limit }

    func isOpen(_ key: Key, rate: Int, at uptime: Int64) -> Bool {
        slots[key].map { rows[$0].gate.isOpen(rate: rate, at: uptime) } ?? true
    }

    mutating func pass(_ key: Key, rate: Int, at uptime: Int64) {
        let slot: Int
        if let known = slots[key] {
            slot = known
        } else {
            if rows.count >= limit, let coldest = recency.coldest {
                slots[rows[coldest].key] = nil
                recency.remove(coldest)
                rows.remove(coldest)
            }
            slot = rows.insert((key, RateGate()))
            slots[key] = slot
        }
        recency.touch(slot)
        rows[slot].gate.pass(rate: rate, at: uptime)
    }
}
