/// Values by key, each in a slot that stays the same while the key is present, so that one lookup serves a decision and its accounting.
struct SlotTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var slots: [Key: Int] = [:]
    /// After its key is removed, a value stays in its slot until another value takes the slot.
    private var values: [Value] = []
    private var free: [Int] = []

    var count: Int { slots.count }
    var keys: Dictionary<Key, Int>.Keys { slots.keys }

    func slot(of key: Key) -> Int? { slots[key] }

    /// The value in a slot returned by `slot(of:)` or `insert`.
    subscript(slot: Int) -> Value {
        get { values[slot] }
        _modify { yield &values[slot] }
    }

    func value(of key: Key) -> Value? { slots[key].map { values[$0] } }

    /// The key must not be present.
    mutating func insert(_ value: Value, for key: Key) -> Int {
        let slot: Int
        if let last = free.popLast() {
            slot = last
            values[slot] = value
        } else {
            slot = values.count
            values.append(value)
        }
        slots[key] = slot
        return slot
    }

    @discardableResult
    mutating func remove(_ key: Key) -> Value? {
        guard let slot = slots.removeValue(forKey: key) else { return nil }
        free.append(slot)
        return values[slot]
    }

    /// Visits keys and values in no particular order.
    func forEach(_ body: (Key, Value) -> Void) {
        for (key, slot) in slots { body(key, values[slot]) }
    }
}
