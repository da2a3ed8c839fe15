import ManagementCore

/// Finds the rows of a conceptual table in the order of its index. Each index has one row, and the next row is always one whose index is
/// strictly greater.
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

extension [UInt] {
    /// Appends the sub-identifiers of a row's index.
    mutating func append(indexOf key: some MIBIndexed) {
        // Moved in and out to keep the array's storage.
        var writer = IndexWriter(name: [])
        swap(&writer.name, &self)
        key.appendIndex(to: &writer)
        swap(&writer.name, &self)
    }

    /// Appends the sub-identifiers of an index that several rows may share.
    mutating func append(sharedIndexOf key: some MIBSharedKey) {
        var writer = IndexWriter(name: [])
        swap(&writer.name, &self)
        key.appendSharedIndex(to: &writer)
        swap(&writer.name, &self)
    }
}
