/// At most one deadline for each slot of a table, in nanoseconds of `Moment.uptime`.
///
/// A binary heap with lazy correction: postponing a deadline leaves its heap entry in place until that entry is due, so a renewal costs
/// nothing. Therefore `next` may be earlier than the first actual deadline, but never later.
struct DeadlineQueue {
    private struct Entry {
        var deadline: Int64
        var slot: Int
    }

    private static let never = Int64.max
    private var heap: [Entry] = []
    /// Indexed by slot: the actual deadline, and the deadline of its valid heap entry.
    private var slots: [(due: Int64, queued: Int64)] = []

    /// No deadline is earlier than this; nil when there is none.
    var next: Int64? { heap.first?.deadline }

    /// Sets the deadline of `slot`, replacing any previous one.
    mutating func schedule(_ slot: Int, at deadline: Int64) {
        while slots.count <= slot { slots.append((Self.never, Self.never)) }
        slots[slot].due = deadline
        if deadline < slots[slot].queued { push(Entry(deadline: deadline, slot: slot)) }
    }

    mutating func cancel(_ slot: Int) {
        if slot < slots.count { slots[slot].due = Self.never }
    }

    /// The deadline of a slot; nil for none.
    func deadline(of slot: Int) -> Int64? { slot < slots.count && slots[slot].due != Self.never ? slots[slot].due : nil }

    /// Removes and returns a slot whose deadline is not after `now`; nil when there is none.
    mutating func popDue(_ now: Int64) -> Int? {
        while let first = heap.first, first.deadline <= now {
            removeFirst()
            guard slots[first.slot].queued == first.deadline else { continue }
            slots[first.slot].queued = Self.never
            let due = slots[first.slot].due
            if due <= now {
                slots[first.slot].due = Self.never
                return first.slot
            }
            if due != Self.never { push(Entry(deadline: due, slot: first.slot)) }
        }
        return nil
    }

    private mutating func push(_ entry: Entry) {
        slots[entry.slot].queued = entry.deadline
        heap.append(entry)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].deadline < heap[parent].deadline else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func removeFirst() {
        let last = heap.removeLast()
        guard !heap.isEmpty else { return }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in (2 * parent + 1)...(2 * parent + 2)
            where child < heap.count && heap[child].deadline < heap[least].deadline { least = child }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
