/// A conceptual table: which members its index objects show, and where its rows come from. All else is in the MIB text.
struct MIBTable<Source: MIBRowSource>: Sendable {
    let index: [MIBIndexObject]
    /// For each index object the member that it shows. Those of a table whose columns show all of them need not be given.
    let key: [MIBMember?]
    let rows: Source

    /// - Parameter entry: the row, in the MIB text.
    init(_ entry: MIBNode, key: [MIBMember?] = [], rows: Source) {
        index = entry.text.related.compactMap(MIBIndexObject.init)
        self.key = key
        self.rows = rows
    }

    /// The objects of the table, ready to be searched.
    func columns(_ columns: [MIBColumn<Source.Row>]) -> [MIBLeaf] { columns.map { column($0, from: rows) } }

    /// A column that only some of the rows have, with an index of those, so that the others are never walked through.
    func column(_ column: MIBColumn<Source.Row>, from rows: some MIBRowSource<Source.Row>) -> MIBLeaf {
        let value = column.value
        return MIBLeaf(
            object: MIBObject(column.node, column.summary, index: index), member: column.member, key: key,
            get: { view, index in rows.row(in: view, at: &index).flatMap { value($0, view) } },
            visit: { view, index, inclusive, name, visitor in
                rows.visit(in: view, after: &index, inclusive: inclusive, name: &name) { name, row in
                    // Where the row has none there is a hole in the column.
                    guard let value = value(row, view) else { return true }
                    return visitor(&name, value)
                }
            })
    }
}

/// A column: the member that it shows, nil where it shows none as it is, and what it gets from a row; nil where the row has no such
/// instance.
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
