/// A set of slots of a table: one bit for each slot up to the highest one that was ever in the set.
struct SlotSet {
    private var words: [UInt64] = []
    private(set) var count = 0

    func contains(_ slot: Int) -> Bool { slot >> 6 < words.count && words[slot >> 6] & Self.bit(slot) != 0 }

    /// Returns false if the slot was in the set already.
    @discardableResult
    mutating func insert(_ slot: Int) -> Bool {
        guard !contains(slot) else { return false }
        while words.count <= slot >> 6 { words.append(0) }
        words[slot >> 6] |= Self.bit(slot)
        count += 1
        return true
    }

    mutating func remove(_ slot: Int) {
        guard contains(slot) else { return }
        words[slot >> 6] &= ~Self.bit(slot)
        count -= 1
    }

    private static func bit(_ slot: Int) -> UInt64 { 1 << UInt64(slot & 63) }
}
