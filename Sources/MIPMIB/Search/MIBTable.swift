/// A conceptual table: the members that its index objects show, and the source of its rows. Everything else is in the MIB text.
struct MIBTable<Source: MIBRowSource>: Sendable {
    let index: [MIBIndexObject]
    /// The member that each index object shows. Not needed for a table whose columns show all of them.
    let key: [MIBMember?]
    let rows: Source

    /// - Parameter entry: the row, in the MIB text.
    init(_ entry: MIBNode, key: [MIBMember?] = [], rows: Source) {
        index = entry.text.related.compactMap(MIBIndexObject.init)
        self.key = key
        self.rows = rows
    }

    /// The objects of the table, ready for searching.
    func columns(_ columns: [MIBColumn<Source.Row>]) -> [MIBLeaf] { columns.map { column($0, from: rows) } }

    /// A column that only some rows have, with an index of these rows so that the others are never visited.
    func column(_ column: MIBColumn<Source.Row>, from rows: some MIBRowSource<Source.Row>) -> MIBLeaf {
        let value = column.value
        return MIBLeaf(
            object: MIBObject(column.node, column.summary, index: index), member: column.member, key: key,
            get: { view, index in rows.row(in: view, at: &index).flatMap { value($0, view) } },
            visit: { view, index, inclusive, name, visitor in
                rows.visit(in: view, after: &index, inclusive: inclusive, name: &name) { name, row in
                    // If the row has no value, the column has a gap there.
                    guard let value = value(row, view) else { return true }
                    return visitor(&name, value)
                }
            })
    }
}

/// A column: the member that it shows, nil if it does not show a member unchanged, and the value that it takes from a row, nil if the row
/// has no such instance.
struct MIBColumn<Row>: Sendable {
    let node: MIBNode
    let member: MIBMember?
    let summary: String
    let value: @Sendable (Row, MIBView) -> MIBValue?

    init(
        _ node: MIBNode, _ member: MIBMember?, _ summary: String, _ value: @escaping @Sendable (Row, MIBView) -> MIBValue?
    ) {
        self.node = node
        self.member = member
        self.summary = summary
        self.value = value
    }
}
