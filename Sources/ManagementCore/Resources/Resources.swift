public import AgentModel

/// A row as the JSON API and the command print it: the record's own members, those computed from the clock, and the agent's name.
public struct Resource<Record: Encodable & Sendable>: Encodable, Sendable {
    /// Name of the agent the row is from.
    public let agent: String
    /// The row itself.
    public let record: Record
    /// Seconds until the row ends, 65535 when it never does; nil for rows that have no end.
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
    /// A binding with the seconds it has left.
    public func resource(_ binding: Binding) -> Resource<Binding> {
        Resource(agent: name, record: binding, timeRemaining: secondsRemaining(until: binding.expires))
    }

    /// A visitor with the seconds it has left.
    public func resource(_ visitor: Visitor) -> Resource<Visitor> {
        Resource(agent: name, record: visitor, timeRemaining: secondsRemaining(until: visitor.expires))
    }

    /// A request under way, with the seconds until it is given up.
    public func resource(_ pending: PendingRegistration) -> Resource<PendingRegistration> {
        Resource(agent: name, record: pending, timeRemaining: secondsRemaining(until: pending.expires))
    }

    /// An association, without its key.
    public func resource(_ association: SecurityAssociation) -> Resource<SecurityAssociation> {
        Resource(agent: name, record: association)
    }

    /// A violator's row.
    public func resource(_ violation: SecurityViolation) -> Resource<SecurityViolation> {
        Resource(agent: name, record: violation)
    }

    /// A tunnel with its counters.
    public func resource(_ tunnel: MobilityTunnel) -> Resource<MobilityTunnel> { Resource(agent: name, record: tunnel) }

    /// What was forwarded for a mobile node.
    public func resource(_ traffic: ForwardedTraffic) -> Resource<ForwardedTraffic> { Resource(agent: name, record: traffic) }

    /// An interface on which the agent advertises itself.
    public func resource(_ interface: AdvertisingInterface) -> Resource<AdvertisingInterface> {
        Resource(agent: name, record: interface)
    }

    /// A registration of a mobile node, with the seconds it has left once it is accepted.
    public func resource(_ registration: NodeRegistration) -> Resource<NodeRegistration> {
        Resource(
            agent: name, record: registration,
            timeRemaining: registration.isAccepted ? secondsRemaining(until: registration.expires) : nil)
    }

    /// A foreign agent that a mobile node hears, with the seconds its advertisement has left.
    public func resource(_ foreignAgent: KnownForeignAgent) -> Resource<KnownForeignAgent> {
        Resource(agent: name, record: foreignAgent, timeRemaining: secondsRemaining(until: foreignAgent.expires))
    }

    /// What a mobile node says of itself.
    public func resource(_ status: MobileNodeStatus) -> Resource<MobileNodeStatus> { Resource(agent: name, record: status) }

    /// The counters; nil while the agent is not known.
    public var countersResource: Resource<AgentCounters>? {
        information == nil ? nil : Resource(agent: name, record: counters)
    }
}
