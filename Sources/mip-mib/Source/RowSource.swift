import JSON

/// A source of rows: agents' control sockets, a management daemon, or an SNMP agent.
protocol RowSource: Sendable {
    /// Passes the rows of a list to `receive` in pieces, agent by agent, each in the order of the list, until `receive` returns false.
    ///
    /// - Parameter conditions: a source may use them to request less; it may also deliver rows that do not satisfy them.
    /// - Returns: Messages about the agents that could not be read, if others could.
    /// - Throws: `CommandFailure` when nothing could be read.
    func read(
        _ list: RowList, where conditions: [RowCondition], _ receive: @escaping @Sendable ([Row]) -> Bool
    ) async throws -> [String]
}
