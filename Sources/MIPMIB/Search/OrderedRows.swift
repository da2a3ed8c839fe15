import ManagementCore

/// Rows that the mirror already has in index order. A search costs one descent.
struct OrderedRows<Key: Comparable & Sendable & MIBIndexed, Stored: Sendable, Row>: MIBRowSource {
    /// The table, or an index of it.
    let table: @Sendable (MIBView) -> OrderedTable<Key, Stored>
    /// Whether every entry after one without a row has none either, so that a search need not look at them.
    var endsAtFirstGap = false
    /// The row of an entry; nil if it has none.
    let resolve: @Sendable (MIBView, Key, Stored) -> Row?

    func row(in view: MIBView, at index: inout RequestedIndex) -> Row? {
        var found: Row?
        table(view).visit(whereKey: { key in
            index.place(of: key) != .before
        }) { key, stored in
            if index.place(of: key) == .same { found = resolve(view, key, stored) }
            return false
        }
        return found
    }

    func row(in view: MIBView, after index: inout RequestedIndex, inclusive: Bool, name: inout [UInt]) -> Row? {
        var found: Row?
        _ = visit(in: view, after: &index, inclusive: inclusive, name: &name) { _, row in
            found = row
            return false
        }
        return found
    }

    /// Makes one descent for the first row and none for the following ones.
    func visit(
        in view: MIBView, after index: inout RequestedIndex, inclusive: Bool, name: inout [UInt],
        _ visitor: (inout [UInt], Row) -> Bool
    ) -> Bool {
        let start = name.count
        var isWanted = true
        table(view).visit(whereKey: { key in
            switch index.place(of: key) {
            case .before: false
            case .same: inclusive
            case .after: true
            }
        }) { key, stored in
            guard let row = resolve(view, key, stored) else { return !endsAtFirstGap }
            name.removeSubrange(start...)
            name.append(indexOf: key)
            isWanted = visitor(&name, row)
            return isWanted
        }
        return isWanted
    }
}

extension OrderedRows where Stored == Row {
    /// Every entry of a table is a row.
    init(_ table: @escaping @Sendable (MIBView) -> OrderedTable<Key, Row>) {
        self.table = table
        resolve = { _, _, row in row }
    }
}
