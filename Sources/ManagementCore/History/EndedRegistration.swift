public import AgentModel
public import MobileIPv4

/// Where an ended registration stands in the history: by home address, of one home address in the order of their ends.
public struct EndedRegistrationKey: Hashable, Sendable, Comparable, Codable {
    /// The mobile node's home address; 0.0.0.0 for a visit that ended before one was assigned.
    public var homeAddress: IPv4Address
    /// A number that tells the rows apart and grows with each (`mipExtHistoryIndex`).
    public var index: UInt32

    public init(homeAddress: IPv4Address, index: UInt32) {
        self.homeAddress = homeAddress
        self.index = index
    }

    public static func < (a: Self, b: Self) -> Bool { (a.homeAddress, a.index) < (b.homeAddress, b.index) }
}

/// A binding or visit that ended (`mipExtHistoryEntry`).
public struct EndedRegistration: Hashable, Sendable, Codable {
    /// `homeAgent` for a binding, `foreignAgent` for a visit.
    public var role: AgentRole
    /// The mobile node's home address.
    public var homeAddress: IPv4Address
    /// The care-of address.
    public var careOfAddress: IPv4Address
    /// The home agent.
    public var homeAgent: IPv4Address
    /// The mobile node's NAI, when it sent one.
    public var nai: NetworkAccessIdentifier?
    /// When the binding or visit began.
    public var created: Timestamp
    /// When it ended, by the agent's clock.
    public var ended: Timestamp
    /// Why it ended.
    public var reason: EndReason
    /// Accepted requests after the first one; 0 for a visit.
    public var renewals: UInt32
    /// What was forwarded for the node by then, as far as known.
    public var traffic: ForwardedTraffic

    /// A binding that ends.
    init(_ binding: Binding, _ reason: EndReason, at ended: Timestamp, traffic: ForwardedTraffic?) {
        role = .homeAgent
        homeAddress = binding.homeAddress
        careOfAddress = binding.careOfAddress
        homeAgent = binding.homeAgent
        nai = binding.nai
        created = binding.created
        self.ended = ended
        self.reason = reason
        renewals = binding.renewals
        self.traffic = traffic ?? ForwardedTraffic(role: .homeAgent, homeAddress: binding.homeAddress)
    }

    /// A visit that ends.
    init(_ visitor: Visitor, _ reason: EndReason, at ended: Timestamp, traffic: ForwardedTraffic?) {
        role = .foreignAgent
        homeAddress = visitor.homeAddress
        careOfAddress = visitor.careOfAddress
        homeAgent = visitor.homeAgent
        nai = visitor.nai
        created = visitor.created
        self.ended = ended
        self.reason = reason
        renewals = 0
        self.traffic = traffic ?? ForwardedTraffic(role: .foreignAgent, homeAddress: visitor.homeAddress)
    }
}
