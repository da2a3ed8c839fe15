/// A conceptual table: where it is, what its index is made of, and where its rows come from.
struct MIBTable<Source: MIBRowSource>: Sendable {
    let module: MIBModule
    /// Sub-identifiers of the entry below the module.
    let entry: [UInt]
    let index: [MIBIndexObject]
    var status = MIBStatus.current
    let rows: Source

    /// The objects of the table, ready to be searched.
    func columns(_ columns: [MIBColumn<Source.Row>]) -> [MIBLeaf] { columns.map { column($0, from: rows) } }

    /// A column that only some of the rows have, with an index of those, so that the others are never walked through.
    func column(_ column: MIBColumn<Source.Row>, from rows: some MIBRowSource<Source.Row>) -> MIBLeaf {
        let object = MIBObject(
            column.name, module, entry + [column.number], column.syntax, column.access, column.status ?? status, column.summary,
            index: index)
        let value = column.value
        return MIBLeaf(
            object: object,
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

/// A column: its place in the MIB and what it gets from a row; nil where the row has no such instance.
struct MIBColumn<Row>: Sendable {
    let number: UInt
    let name: String
    let syntax: MIBSyntax
    let access: MIBAccess
    /// The table's when nil.
    let status: MIBStatus?
    let summary: String
    let value: @Sendable (Row, MIBView) -> MIBValue?

    init(
        _ number: UInt, _ name: String, _ syntax: MIBSyntax, _ summary: String,
        access: MIBAccess = .readOnly, status: MIBStatus? = nil,
        _ value: @escaping @Sendable (Row, MIBView) -> MIBValue?
    ) {
        self.number = number
        self.name = name
        self.syntax = syntax
        self.access = access
        self.status = status
        self.summary = summary
        self.value = value
    }
}
