/// Node indexes by deadline, the earliest first. A node may be in it several times; the owner checks which entry counts.
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

    /// Takes out an entry that is not after `now`.
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
