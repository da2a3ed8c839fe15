import ManagementCore

/// Finds the rows of a conceptual table in the order of its index.
protocol MIBRowSource<Row>: Sendable {
    associatedtype Row

    /// The row with exactly this index.
    func row(in view: MIBView, at index: inout RequestedIndex) -> Row?
    /// The first row after this index, or at it when `inclusive`; its own index is appended to the name.
    func row(in view: MIBView, after index: inout RequestedIndex, inclusive: Bool, name: inout [UInt]) -> Row?
}

/// Rows that the mirror has in the order of the index already. Costs one descent.
struct OrderedRows<Key: Comparable & Sendable & MIBIndexed, Stored: Sendable, Row>: MIBRowSource {
    /// The table, or an index of it.
    let table: @Sendable (MIBView) -> OrderedTable<Key, Stored>
    /// The row that an entry stands for; nil leaves it out.
    let resolve: @Sendable (MIBView, Key, Stored) -> Row?

    func row(in view: MIBView, at index: inout RequestedIndex) -> Row? {
        guard let found = first(in: table(view), after: &index, inclusive: true), index.place(of: found.key) == .same else {
            return nil
        }
        return resolve(view, found.key, found.row)
    }

    func row(in view: MIBView, after index: inout RequestedIndex, inclusive: Bool, name: inout [UInt]) -> Row? {
        let table = table(view)
        var found = first(in: table, after: &index, inclusive: inclusive)
        while let (key, stored) = found {
            if let row = resolve(view, key, stored) {
                name.append(indexOf: key)
                return row
            }
            found = table.successor(of: key)
        }
        return nil
    }

    private func first(
        in table: OrderedTable<Key, Stored>, after index: inout RequestedIndex, inclusive: Bool
    ) -> (key: Key, row: Stored)? {
        table.first { key in
            switch index.place(of: key) {
            case .before: false
            case .same: inclusive
            case .after: true
            }
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

/// A few rows in any order: what an agent is configured with, or one for each of some constants. Costs a look at each.
struct FewRows<Key: Comparable & Sendable & MIBIndexed, Row>: MIBRowSource {
    let keys: @Sendable (MIBView) -> [Key]
    /// The row with a key; nil leaves it out.
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
        // Moved in and out, so that the array's storage is kept.
        var writer = IndexWriter(name: [])
        swap(&writer.name, &self)
        key.tellIndex(to: &writer)
        swap(&writer.name, &self)
    }
}
