extension OrderedTable {
    /// Changes every row in place; the keys stay. Takes O(n) and makes a new tree, so that snapshots keep their rows.
    mutating func changeRows(_ change: (inout Row) -> Void) {
        root = root.map { Self.changed($0, change) }
    }

    private static func changed(
        _ node: OrderedTableNode<Key, Row>, _ change: (inout Row) -> Void
    ) -> OrderedTableNode<Key, Row> {
        guard node.isLeaf else {
            return OrderedTableNode(separators: node.keys, children: node.children.map { changed($0, change) })
        }
        var rows = node.rows
        for index in rows.indices { change(&rows[index]) }
        return OrderedTableNode(keys: node.keys, rows: rows)
    }
}
