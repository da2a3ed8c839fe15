/// Rows that stay in the slot where they were inserted, so that links between rows and an iteration over all of them remain valid across
/// changes. A freed slot is reused; until then it keeps its old row.
struct SlotTable<Row> {
    private var rows: [Row] = []
    private var isLive: [Bool] = []
    private var free: [Int] = []

    var count: Int { rows.count - free.count }
    /// One past the highest slot ever used.
    var end: Int { rows.count }

    subscript(slot: Int) -> Row {
        // No `_read`: yielded through a second subscript, a row's fields come out wrong in unoptimized builds (Swift 6.3.1).
        get { rows[slot] }
        _modify { yield &rows[slot] }
    }

    func contains(_ slot: Int) -> Bool { isLive[slot] }

    mutating func insert(_ row: Row) -> Int {
        if let slot = free.popLast() {
            rows[slot] = row
            isLive[slot] = true
            return slot
        }
        rows.append(row)
        isLive.append(true)
        return rows.count - 1
    }

    /// Frees a live slot.
    mutating func remove(_ slot: Int) {
        guard isLive[slot] else { return }
        isLive[slot] = false
        free.append(slot)
    }

    /// Appends up to `limit` non-nil elements made of the live rows from `slot` on; returns where to continue, nil at the end.
    ///
    /// - Parameter slots: how many slots to look at; more are left for the next page.
    func page<Element>(
        from slot: Int, limit: Int, slots: Int = .max, into page: inout [Element], _ element: (Row) -> Element?
    ) -> Int? {
        guard slot >= 0 else { return nil }
        var slot = slot
        var taken = 0
        let end = slots < rows.count - slot ? slot + slots : rows.count
        while slot < rows.count {
            if taken >= limit || slot >= end { return slot }
            if isLive[slot], let element = element(rows[slot]) {
                page.append(element)
                taken += 1
            }
            slot += 1
        }
        return nil
    }
}
