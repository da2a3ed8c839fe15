public import AgentModel

/// A row as the JSON API and the command print it: the record's own members, those computed from the clock, and the agent's name.
public struct Resource<Record: Encodable & Sendable>: Encodable, Sendable {
    /// Name of the agent that the row comes from.
    public let agent: String
    /// The row itself.
    public let record: Record
    /// Seconds until the row expires, 65535 if it never does; nil for rows that have no lifetime.
    public let timeRemaining: UInt32?

    public init(agent: String, record: Record, timeRemaining: UInt32? = nil) {
        self.agent = agent
        self.record = record
        self.timeRemaining = timeRemaining
    }

    private enum Member: String, CodingKey { case agent, timeRemaining }

    public func encode(to encoder: any Encoder) throws {
        try record.encode(to: encoder)
        var members = encoder.container(keyedBy: Member.self)
        try members.encode(agent, forKey: .agent)
        try members.encodeIfPresent(timeRemaining, forKey: .timeRemaining)
    }
}

extension AgentState {
    /// The status that a mobile node reports.
    public func resource(_ status: MobileNodeStatus) -> Resource<MobileNodeStatus> { Resource(agent: name, record: status) }

    /// The counters; nil while the agent's state is unknown.
    public var countersResource: Resource<AgentCounters>? {
        information == nil ? nil : Resource(agent: name, record: counters)
    }
}
