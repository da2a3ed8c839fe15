import ManagementCore

/// Rows of which several may have the same index: the first of each index is shown, or made to stand for all of them. The step from one
/// row to the next is one to a greater index: a search costs one descent, and so does passing the other rows of an index, however many.
struct SharedRows<Key: Comparable & Sendable & MIBSharedKey, Stored: Sendable, Row>: MIBRowSource {
    /// The table, or an index of it.
    let table: @Sendable (MIBView) -> OrderedTable<Key, Stored>
    /// The row of the first entry with an index; nil if it has none.
    let resolve: @Sendable (MIBView, Key, Stored) -> Row?

    func row(in view: MIBView, at index: inout RequestedIndex) -> Row? {
        var found: Row?
        table(view).visit(whereKey: { key in
            index.place(ofShared: key) != .before
        }) { key, stored in
            if index.place(ofShared: key) == .same { found = resolve(view, key, stored) }
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

    func visit(
        in view: MIBView, after index: inout RequestedIndex, inclusive: Bool, name: inout [UInt],
        _ visitor: (inout [UInt], Row) -> Bool
    ) -> Bool {
        let start = name.count
        let table = table(view)
        var last: Key?
        var isWanted = true
        var isPassingIndex = true
        while isPassingIndex && isWanted {
            isPassingIndex = false
            table.visit(whereKey: { key in
                if let last { return last < key && !key.sharesIndex(with: last) }
                switch index.place(ofShared: key) {
                case .before: return false
                case .same: return inclusive
                case .after: return true
                }
            }) { key, stored in
                if let last, key.sharesIndex(with: last) {
                    isPassingIndex = true
                    return false
                }
                last = key
                guard let row = resolve(view, key, stored) else { return true }
                name.removeSubrange(start...)
                name.append(sharedIndexOf: key)
                isWanted = visitor(&name, row)
                return isWanted
            }
        }
        return isWanted
    }
}

extension SharedRows where Stored == Row {
    /// Every entry of a table is a row.
    init(_ table: @escaping @Sendable (MIBView) -> OrderedTable<Key, Row>) {
        self.table = table
        resolve = { _, _, row in row }
    }
}
