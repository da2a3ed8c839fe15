import JSON

/// Where rows come from: agents' control sockets, a management daemon, or an SNMP agent.
protocol RowSource: Sendable {
    /// Hands over the rows of a list in pieces, agent after agent, each in the order of the list, until `receive` returns false.
    ///
    /// - Parameter conditions: may be used to ask for less; rows that do not meet them may come all the same.
    /// - Returns: Sentences about agents that could not be read, when others could.
    /// - Throws: `CommandFailure` when nothing could be read.
    func read(
        _ list: RowList, where conditions: [RowCondition], _ receive: @escaping @Sendable ([Row]) -> Bool
    ) async throws -> [String]
}
