/// Finds the first few of many values without storing or sorting the rest: a heap with the last of those few on top, which is replaced by
/// any value that sorts before it. Of equal values, the one offered earlier comes first.
struct BoundedHeap {
    private struct Candidate {
        let value: SortValue
        /// How many values were offered before this one.
        let sequence: Int
        let slot: Int
    }

    private let capacity: Int
    private let isDescending: Bool
    private var heap: [Candidate] = []
    private var offered = 0

    /// - Parameter capacity: how many values to find, at least 1.
    init(_ capacity: Int, isDescending: Bool) {
        (self.capacity, self.isDescending) = (max(1, capacity), isDescending)
    }

    /// The slots in use, in the order of their values.
    var slots: [Int] { heap.sorted(by: precedes).map(\.slot) }

    /// Returns the slot, below `capacity`, in which to store the item with this value, replacing any item there; nil when the value is not
    /// among the first. New slots are handed out consecutively.
    mutating func offer(_ value: SortValue) -> Int? {
        defer { offered += 1 }
        guard heap.count >= capacity else {
            let slot = heap.count
            heap.append(Candidate(value: value, sequence: offered, slot: slot))
            rise(from: slot)
            return slot
        }
        let last = heap[0]
        // When the values are equal, the stored one was offered earlier and stays.
        guard isDescending ? last.value < value : value < last.value else { return nil }
        sink(Candidate(value: value, sequence: offered, slot: last.slot))
        return last.slot
    }

    private func precedes(_ a: Candidate, _ b: Candidate) -> Bool {
        a.value == b.value ? a.sequence < b.sequence : (a.value < b.value) != isDescending
    }

    private mutating func rise(from start: Int) {
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard precedes(heap[parent], heap[index]) else { return }
            heap.swapAt(parent, index)
            index = parent
        }
    }

    /// Replaces the top with a candidate and sinks it to its place.
    private mutating func sink(_ candidate: Candidate) {
        var index = 0
        while true {
            var child = 2 * index + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, precedes(heap[child], heap[child + 1]) { child += 1 }
            guard precedes(candidate, heap[child]) else { break }
            heap[index] = heap[child]
            index = child
        }
        heap[index] = candidate
    }
}
