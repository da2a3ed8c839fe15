import ManagementCore

/// A few rows in any order, such as configured items of an agent or one row for each of a set of constants. A search looks at every row.
struct FewRows<Key: Comparable & Sendable & MIBIndexed, Row>: MIBRowSource {
    let keys: @Sendable (MIBView) -> [Key]
    /// The row with a key; nil omits it.
    let resolve: @Sendable (MIBView, Key) -> Row?

    func row(in view: MIBView, at index: inout RequestedIndex) -> Row? { least(in: view) { index.place(of: $0) == .same }?.row }

    func row(in view: MIBView, after index: inout RequestedIndex, inclusive: Bool, name: inout [UInt]) -> Row? {
        let found = least(in: view) { key in
            let place = index.place(of: key)
            return place == .after || inclusive && place == .same
        }
        guard let found else { return nil }
        name.append(indexOf: found.key)
        return found.row
    }

    /// The wanted row with the least key.
    private func least(in view: MIBView, where isWanted: (Key) -> Bool) -> (key: Key, row: Row)? {
        var least: (key: Key, row: Row)?
        for key in keys(view) {
            if let least, !(key < least.key) { continue }
            guard isWanted(key), let row = resolve(view, key) else { continue }
            least = (key, row)
        }
        return least
    }
}

extension FewRows where Row == Key {
    /// The keys are the rows.
    init(_ keys: @escaping @Sendable (MIBView) -> [Key]) {
        self.keys = keys
        resolve = { _, key in key }
    }
}
