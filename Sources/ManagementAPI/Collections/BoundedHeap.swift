/// Finds the first few of many values without keeping or sorting the rest: a heap with the last of those few on top, which is replaced by
/// whatever comes before it. Of equal values the one offered earlier comes first.
struct BoundedHeap {
    private struct Candidate {
        let value: SortValue
        /// Counts what was offered.
        let turn: Int
        let slot: Int
    }

    private let capacity: Int
    private let isDescending: Bool
    private var heap: [Candidate] = []
    private var turns = 0

    /// - Parameter capacity: how many are wanted, at least 1.
    init(_ capacity: Int, isDescending: Bool) {
        (self.capacity, self.isDescending) = (max(1, capacity), isDescending)
    }

    /// The places given out, in order.
    var slots: [Int] { heap.sorted(by: precedes).map(\.slot) }

    /// Gives the place, below `capacity`, in which what has this value is to be kept in place of what may be there; nil when it is not
    /// among the first. New places come one after the other.
    mutating func offer(_ value: SortValue) -> Int? {
        defer { turns += 1 }
        guard heap.count >= capacity else {
            let slot = heap.count
            heap.append(Candidate(value: value, turn: turns, slot: slot))
            rise(from: slot)
            return slot
        }
        let last = heap[0]
        // Of an equal value, what is there was offered earlier.
        guard isDescending ? last.value < value : value < last.value else { return nil }
        sink(Candidate(value: value, turn: turns, slot: last.slot))
        return last.slot
    }

    private func precedes(_ a: Candidate, _ b: Candidate) -> Bool {
        a.value == b.value ? a.turn < b.turn : (a.value < b.value) != isDescending
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

    /// Puts a candidate where the top was, and lets it down to its place.
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
