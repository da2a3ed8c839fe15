/// How the rows of a conceptual table are found in the mirror, and what each column gets from a row.
struct MIBTable<Row> {
    /// Sub-identifiers of the entry below `mipMIB`.
    let entry: [UInt]
    let index: [String]
    /// Largest value of each sub-identifier of the index.
    let bounds: [UInt32]
    /// The row with exactly this index.
    let find: @Sendable (MIBView, [UInt32]) -> Row?
    /// The first row at or after a position.
    let seek: @Sendable (MIBView, IndexPosition) -> Row?
    /// Appends the index of a row.
    let appendIndex: @Sendable (Row, inout [UInt]) -> Void

    /// The objects of the table, ready to be searched.
    func columns(_ columns: [MIBColumn<Row>]) -> [MIBLeaf] {
        columns.map { column in
            MIBLeaf(
                object: MIBObject(
                    name: column.name, suffix: entry + [column.number], syntax: column.syntax, access: column.access,
                    summary: column.summary, index: index),
                get: { view, subidentifiers in
                    guard let fields = IndexPosition.exact(subidentifiers, bounds: bounds), let row = find(view, fields)
                    else { return nil }
                    return column.value(row, view)
                },
                next: { view, subidentifiers, inclusive, name in
                    var position = IndexPosition(subidentifiers, bounds: bounds, inclusive: inclusive)
                    while let row = seek(view, position) {
                        let length = name.count
                        appendIndex(row, &name)
                        if let value = column.value(row, view) { return value }
                        // A hole in the column: on with the next row.
                        position.fields = name[length...].map { UInt32(clamping: $0) }
                        position.isAfter = true
                        name.removeSubrange(length...)
                    }
                    return nil
                })
        }
    }
}

/// A column: its place in the MIB and what it gets from a row; nil where the row has no such instance.
struct MIBColumn<Row> {
    let number: UInt
    let name: String
    let syntax: MIBSyntax
    let access: MIBAccess
    let summary: String
    let value: @Sendable (Row, MIBView) -> MIBValue?

    init(
        _ number: UInt, _ name: String, _ syntax: MIBSyntax, _ summary: String,
        access: MIBAccess = .readOnly,
        _ value: @escaping @Sendable (Row, MIBView) -> MIBValue?
    ) {
        self.number = number
        self.name = name
        self.syntax = syntax
        self.access = access
        self.summary = summary
        self.value = value
    }
}
