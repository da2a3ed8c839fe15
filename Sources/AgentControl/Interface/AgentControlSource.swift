public import AgentModel
public import MobileIPv4

/// What an agent implements to be managed. Its changes go to `AgentControlServer.publish`.
///
/// Called from any task; an agent that lives on one thread or event loop hops there.
public protocol AgentControlSource: Sendable {
    /// What the agent says of itself now.
    func information() async -> AgentInformation

    /// The agent's clock: its start time plus its uptime. It never steps.
    func agentTime() async -> Timestamp

    /// How many rows its tables have; nil when it cannot tell without reading them.
    func counts() async -> TableCounts?

    /// A part of the whole state as the changes that would build it, `information` and `counters` among them.
    ///
    /// Changes of other topics than those asked for are allowed and dropped, but cost their reader the time to make them.
    ///
    /// A row that exists during all pages is in one of them; one that comes or goes meanwhile may or may not be, since the change
    /// is published as well.
    ///
    /// - Parameters:
    ///   - topics: what the reader wants; the same for all pages.
    ///   - position: nil to begin, then what the page before returned.
    ///   - limit: most changes wanted, at least 2.
    /// - Returns: the changes, and where to go on; nil when that was all.
    func snapshotPage(
        of topics: Set<ControlTopic>, after position: UInt64?, limit: Int
    ) async -> (changes: [StateChange], next: UInt64?)

    /// Ends the bindings of a home address, or the one with this care-of address; returns how many ended, at least 1.
    func revokeBinding(homeAddress: IPv4Address, careOfAddress: IPv4Address?) async throws(ControlError) -> Int

    /// Switches registration on or off.
    func setEnabled(_ enabled: Bool) async throws(ControlError)

    /// Makes all of these changes in their order, or none.
    ///
    /// - Parameter validate: true to find out whether they could be made, and to make none.
    /// - Throws: `ControlError.changeRefused` with the change that cannot be made.
    func apply(_ changes: [AgentChange], validate: Bool) async throws(ControlError) -> AppliedChanges

    /// Takes back what was made under this token.
    ///
    /// - Throws: `ControlError.changeRefused` with `notFound` for a token that is unknown, used or too old.
    func undo(_ token: String) async throws(ControlError)
}

extension AgentControlSource {
    /// Does not tell.
    public func counts() async -> TableCounts? { nil }

    /// Refuses everything, for an agent that takes no changes.
    public func apply(_ changes: [AgentChange], validate: Bool) async throws(ControlError) -> AppliedChanges {
        guard changes.isEmpty else {
            throw .changeRefused(
                ChangeRefusal(index: 0, problem: .notPermitted, reason: "this agent takes no changes by its control socket"))
        }
        return AppliedChanges(applied: 0)
    }

    /// Finds no token, for an agent that takes no changes.
    public func undo(_ token: String) async throws(ControlError) {
        throw .changeRefused(ChangeRefusal(index: 0, field: "token", problem: .notFound, reason: "this agent keeps no changes"))
    }
}
