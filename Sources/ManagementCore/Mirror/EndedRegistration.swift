public import AgentModel
public import MobileIPv4

/// The key of a row of history: the node's home address and the number of the row (`mipExtHistoryEntry` INDEX).
public struct EndedRegistrationKey: Hashable, Comparable, Sendable, Codable {
    /// The mobile node's home address.
    public let homeAddress: IPv4Address
    /// Increases with each row created, and starts again at 1 after its highest value.
    public let index: UInt32

    public init(homeAddress: IPv4Address, index: UInt32) {
        self.homeAddress = homeAddress
        self.index = index
    }

    public static func < (a: Self, b: Self) -> Bool { (a.homeAddress, a.index) < (b.homeAddress, b.index) }
}

/// A binding or a visit that ended while its agent was followed (`mipExtHistoryTable`).
public struct EndedRegistration: Hashable, Sendable, Encodable {
    /// Distinguishes the rows and increases with each row created.
    public var index: UInt32
    /// `homeAgent` for a binding, `foreignAgent` for a visit.
    public var role: AgentRole
    /// The home address; 0.0.0.0 for a visit that ended before one was assigned.
    public var homeAddress: IPv4Address
    /// The care-of address.
    public var careOfAddress: IPv4Address
    /// The home agent.
    public var homeAgent: IPv4Address
    /// The mobile node's NAI if it sent one.
    public var nai: NetworkAccessIdentifier?
    /// When it began, by the agent's clock.
    public var created: Timestamp
    /// When it ended, by the agent's clock.
    public var ended: Timestamp
    /// Why it ended.
    public var endReason: EndReason
    /// Accepted requests after the first; 0 for a visit.
    public var renewals: UInt32
    /// Datagrams sent to the node by the time it ended, as far as known.
    public var packetsToNode: UInt64
    /// Bytes in these datagrams.
    public var octetsToNode: UInt64
    /// Datagrams received from the node by the time it ended, as far as known.
    public var packetsFromNode: UInt64
    /// Bytes in these datagrams.
    public var octetsFromNode: UInt64

    /// What distinguishes this row from others.
    public var key: EndedRegistrationKey { EndedRegistrationKey(homeAddress: homeAddress, index: index) }

    init(_ binding: Binding, _ reason: EndReason, at time: Timestamp, _ traffic: ForwardedTraffic?) {
        self.init(
            .homeAgent, binding.homeAddress, binding.careOfAddress, binding.homeAgent, binding.nai, binding.created, reason,
            at: time, traffic)
        renewals = binding.renewals
    }

    init(_ visitor: Visitor, _ reason: EndReason, at time: Timestamp, _ traffic: ForwardedTraffic?) {
        self.init(
            .foreignAgent, visitor.homeAddress, visitor.careOfAddress, visitor.homeAgent, visitor.nai, visitor.created, reason,
            at: time, traffic)
    }

    private init(
        _ role: AgentRole, _ homeAddress: IPv4Address, _ careOfAddress: IPv4Address, _ homeAgent: IPv4Address,
        _ nai: NetworkAccessIdentifier?, _ created: Timestamp, _ reason: EndReason, at time: Timestamp,
        _ traffic: ForwardedTraffic?
    ) {
        index = 0
        self.role = role
        self.homeAddress = homeAddress
        self.careOfAddress = careOfAddress
        self.homeAgent = homeAgent
        self.nai = nai
        self.created = created
        ended = time
        endReason = reason
        renewals = 0
        packetsToNode = traffic?.packetsToNode ?? 0
        octetsToNode = traffic?.octetsToNode ?? 0
        packetsFromNode = traffic?.packetsFromNode ?? 0
        octetsFromNode = traffic?.octetsFromNode ?? 0
    }
}
