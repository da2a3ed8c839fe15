extension SNMPSession {
    /// Variables requested in one GETBULK, whatever the number of columns; they fill about two datagrams.
    private static let variablesPerRequest = 64

    /// Reads the rows of a conceptual table in index order, several columns in each request, until `receive` returns false. Columns of
    /// several tables with the same index form common rows. Agents that cannot answer so much at once are asked for less, and a column that an
    /// agent fails to read ends there and is added to `failedVariables`.
    ///
    /// - Parameters:
    ///   - columns: the OIDs of the columns.
    ///   - receive: receives the sub-identifiers of a row's index and the row's values in the order of `columns`, nil for each missing
    ///     value.
    public func rows(
        of columns: [[UInt32]], _ receive: ([UInt32], [SNMPValue?]) -> Bool
    ) throws(SNMPError) {
        var cursors = columns.map(ColumnCursor.init)
        var failures: [(column: [UInt32], error: SNMPError)] = []
        var isAnyRead = false
        while true {
            // A column that is ahead of the others waits for them.
            let wanted = cursors.indices.filter { !cursors[$0].isEnded && cursors[$0].isEmpty }
            if !wanted.isEmpty {
                let answers = try successors(
                    of: wanted.map { cursors[$0].position }, repetitions: max(1, Self.variablesPerRequest / wanted.count))
                guard answers.contains(where: { !$0.bindings.isEmpty || $0.failure != nil }) else {
                    throw .unexpected("it contains no variables")
                }
                for (index, answer) in zip(wanted, answers) {
                    for binding in answer.bindings { try cursors[index].take(binding) }
                    guard let failure = answer.failure else { continue }
                    cursors[index].end()
                    failures.append((columns[index], failure))
                }
            }
            while let key = Self.firstRow(cursors) {
                isAnyRead = true
                var values: [SNMPValue?] = []
                for index in cursors.indices { values.append(cursors[index].pop(key)) }
                guard receive(key, values) else { return }
            }
            guard cursors.allSatisfy({ $0.isEnded && $0.isEmpty }) else { continue }
            // An agent that can read nothing at all has another problem than a broken column.
            if let first = failures.first, !isAnyRead { throw first.error }
            failedVariables += failures.map(\.column)
            return
        }
    }

    /// The next row; nil while it is not yet known for some column whether it has a value in the row.
    private static func firstRow(_ cursors: [ColumnCursor]) -> [UInt32]? {
        var first: [UInt32]?
        for cursor in cursors {
            guard let key = cursor.first else {
                guard cursor.isEnded else { return nil }
                continue
            }
            if first.map({ key.lexicographicallyPrecedes($0) }) ?? true { first = key }
        }
        return first
    }
}

/// The position up to which a column has been read, and its values that belong to incomplete rows.
private struct ColumnCursor {
    private let root: [UInt32]
    private(set) var position: [UInt32]
    private(set) var isEnded = false
    private var waiting: [(key: [UInt32], value: SNMPValue)] = []
    private var start = 0

    init(_ root: [UInt32]) {
        self.root = root
        position = root
    }

    var isEmpty: Bool { start == waiting.count }
    var first: [UInt32]? { isEmpty ? nil : waiting[start].key }

    /// Ends the column where it is.
    mutating func end() { isEnded = true }

    mutating func take(_ binding: VariableBinding) throws(SNMPError) {
        guard !isEnded else { return }
        guard binding.value.isValue, binding.name.starts(with: root) else { return isEnded = true }
        guard position.lexicographicallyPrecedes(binding.name) else {
            throw .unexpected("its names do not increase, so a walk would never end")
        }
        position = binding.name
        waiting.append((Array(binding.name.dropFirst(root.count)), binding.value))
    }

    mutating func pop(_ key: [UInt32]) -> SNMPValue? {
        guard first == key else { return nil }
        let value = waiting[start].value
        start += 1
        if isEmpty {
            waiting.removeAll(keepingCapacity: true)
            start = 0
        }
        return value
    }
}
