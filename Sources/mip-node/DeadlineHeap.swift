/// Node indexes ordered by deadline, earliest first. A node can have several entries; the owner checks which of them is valid.
struct DeadlineHeap {
    private var entries: [(deadline: Int64, index: Int)] = []

    var first: Int64? { entries.first?.deadline }

    mutating func push(_ deadline: Int64, _ index: Int) {
        entries.append((deadline, index))
        var child = entries.count - 1
        while child > 0, entries[child].deadline < entries[(child - 1) / 2].deadline {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Removes and returns an entry whose deadline is not after `now`.
    mutating func pop(due now: Int64) -> Int? {
        guard let top = entries.first, top.deadline <= now else { return nil }
        let last = entries.removeLast()
        guard !entries.isEmpty else { return top.index }
        entries[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < entries.count && entries[child].deadline < entries[least].deadline { least = child }
            if least == parent { return top.index }
            entries.swapAt(parent, least)
            parent = least
        }
    }
}
