public import AgentModel
public import MobileIPv4

/// What an agent implements to be managed. It publishes its changes through `AgentControlServer.publish`.
///
/// May be called from any task. An agent confined to one thread or event loop switches to it.
public protocol AgentControlSource: Sendable {
    /// What the agent currently reports about itself.
    func information() async -> AgentInformation

    /// The agent's clock: its start time plus its uptime. It steps only together with the start time that `information` reports.
    func agentTime() async -> Timestamp

    /// How many rows its tables have; nil if it does not know without reading them.
    func counts() async -> TableCounts?

    /// One page of the whole state, as the changes that would build it, including `information` and `counters`.
    ///
    /// Changes of topics other than those requested are allowed and dropped, but making them costs the reader time.
    ///
    /// A row present throughout all pages appears in one of them. A row added or removed meanwhile may or may not appear, since that
    /// change is published as well.
    ///
    /// - Parameters:
    ///   - topics: The topics the reader wants; the same for all pages.
    ///   - position: Nil for the first page, then the value returned by the previous one.
    ///   - limit: Maximum number of changes wanted, at least 2.
    /// - Returns: The changes, and the position of the next page; nil after the last one.
    func snapshotPage(
        of topics: Set<ControlTopic>, after position: UInt64?, limit: Int
    ) async -> (changes: [StateChange], next: UInt64?)

    /// One page of the rows that match a filter; otherwise the same as without one. An agent need not implement it.
    ///
    /// A page may be empty, so that an agent can look for a row in a large table without doing it all at once.
    func snapshotPage(
        of topics: Set<ControlTopic>, matching filter: RowFilter, after position: UInt64?, limit: Int
    ) async -> (changes: [StateChange], next: UInt64?)

    /// Ends all bindings of a home address, or only the one with this care-of address; at a foreign agent, the visits. Returns how
    /// many ended, at least 1.
    func revokeBinding(homeAddress: IPv4Address, careOfAddress: IPv4Address?) async throws(ControlError) -> Int

    /// Turns registration on or off.
    func setEnabled(_ enabled: Bool) async throws(ControlError)

    /// Makes all these changes in order, or none.
    ///
    /// - Parameter validate: True to check whether they could be made without making any.
    /// - Throws: `ControlError.changeRefused` for the change that cannot be made.
    func apply(_ changes: [AgentChange], validate: Bool) async throws(ControlError) -> AppliedChanges

    /// Undoes the changes made under this token.
    ///
    /// - Throws: `ControlError.changeRefused` with `notFound` if the token is unknown, used or too old.
    func undo(_ token: String) async throws(ControlError)
}

extension AgentControlSource {
    /// Makes all rows, and leaves out those that do not match.
    public func snapshotPage(
        of topics: Set<ControlTopic>, matching filter: RowFilter, after position: UInt64?, limit: Int
    ) async -> (changes: [StateChange], next: UInt64?) {
        let page = await snapshotPage(of: topics, after: position, limit: limit)
        return (page.changes.filter(filter.matches), page.next)
    }

    /// Unknown.
    public func counts() async -> TableCounts? { nil }

    /// Refuses everything: for an agent that accepts no changes.
    public func apply(_ changes: [AgentChange], validate: Bool) async throws(ControlError) -> AppliedChanges {
        guard changes.isEmpty else {
            throw .changeRefused(
                ChangeRefusal(
                    index: 0, problem: .notPermitted, reason: "this agent does not accept changes through its control socket"))
        }
        return AppliedChanges(applied: 0)
    }

    /// Finds no token: for an agent that accepts no changes.
    public func undo(_ token: String) async throws(ControlError) {
        throw .changeRefused(
            ChangeRefusal(index: 0, field: "token", problem: .notFound, reason: "this agent does not keep changes"))
    }
}
