import ManagementCore

/// Finds the rows of a conceptual table in the order of its index.
protocol MIBRowSource<Row>: Sendable {
    associatedtype Row

    /// The row with exactly this index.
    func row(in view: MIBView, at index: inout RequestedIndex) -> Row?
    /// The first row after this index, or at it if `inclusive`; the row's own index is appended to the name.
    func row(in view: MIBView, after index: inout RequestedIndex, inclusive: Bool, name: inout [UInt]) -> Row?
    /// Passes the rows after this index, or from it on if `inclusive`, to the visitor in order, each with its own index appended to the
    /// initial name. Returns false if the visitor stopped.
    func visit(
        in view: MIBView, after index: inout RequestedIndex, inclusive: Bool, name: inout [UInt],
        _ visitor: (inout [UInt], Row) -> Bool
    ) -> Bool
}

extension MIBRowSource {
    /// Makes one search for each row.
    func visit(
        in view: MIBView, after index: inout RequestedIndex, inclusive: Bool, name: inout [UInt],
        _ visitor: (inout [UInt], Row) -> Bool
    ) -> Bool {
        let start = name.count
        var found = row(in: view, after: &index, inclusive: inclusive, name: &name)
        while let row = found {
            guard visitor(&name, row) else { return false }
            var position = RequestedIndex(name.span.extracting(start..<name.count))
            name.removeSubrange(start...)
            found = self.row(in: view, after: &position, inclusive: false, name: &name)
        }
        return true
    }
}

/// Rows that the mirror already has in index order. A search costs one descent.
struct OrderedRows<Key: Comparable & Sendable & MIBIndexed, Stored: Sendable, Row>: MIBRowSource {
    /// The table, or an index of it.
    let table: @Sendable (MIBView) -> OrderedTable<Key, Stored>
    /// The row of an entry; nil omits it.
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
        return table(view).visit(whereKey: { key in
            switch index.place(of: key) {
            case .before: false
            case .same: inclusive
            case .after: true
            }
        }) { key, stored in
            guard let row = resolve(view, key, stored) else { return true }
            name.removeSubrange(start...)
            name.append(indexOf: key)
            return visitor(&name, row)
        }
    }
}

extension OrderedRows where Stored == Row {
    /// Every entry of a table is a row.
    init(_ table: @escaping @Sendable (MIBView) -> OrderedTable<Key, Row>) {
        self.table = table
        resolve = { _, _, row in row }
    }
}

/// A few rows in any order, such as configured items of an agent or one row for each of a set of constants. A search looks at every row.
struct FewRows<Key: Comparable & Sendable & MIBIndexed, Row>: MIBRowSource {
    let keys: @Sendable (MIBView) -> [Key]
    /// The row with a key; nil omits it.
    let resolve: @Sendable (MIBView, Key) -> Row?

    func row(in view: MIBView, at index: inout RequestedIndex) -> Row? {
        for key in keys(view) where index.place(of: key) == .same { return resolve(view, key) }
        return nil
    }

    func row(in view: MIBView, after index: inout RequestedIndex, inclusive: Bool, name: inout [UInt]) -> Row? {
        var best: (key: Key, row: Row)?
        for key in keys(view) {
            if let best, !(key < best.key) { continue }
            let place = index.place(of: key)
            guard place == .after || inclusive && place == .same, let row = resolve(view, key) else { continue }
            best = (key, row)
        }
        guard let best else { return nil }
        name.append(indexOf: best.key)
        return best.row
    }
}

extension FewRows where Row == Key {
    /// The keys are the rows.
    init(_ keys: @escaping @Sendable (MIBView) -> [Key]) {
        self.keys = keys
        resolve = { _, key in key }
    }
}

extension [UInt] {
    /// Appends the sub-identifiers of a row's index.
    mutating func append(indexOf key: some MIBIndexed) {
        // Moved in and out to keep the array's storage.
        var writer = IndexWriter(name: [])
        swap(&writer.name, &self)
        key.appendIndex(to: &writer)
        swap(&writer.name, &self)
    }
}
