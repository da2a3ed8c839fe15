public import JSON
public import MobileIPv4

/// Where a mobile node believes it is (`mnState`).
public enum MobileNodeState: String, Hashable, Sendable, CaseIterable, Codable {
    /// On its home network, without a registration.
    case home
    /// Away from home and registered.
    case registered
    /// Away from home, with a registration in progress.
    case pending
    /// Away from home, without an agent or an accepted registration.
    case isolated
    /// Not known yet.
    case unknown
}

/// A home agent that a mobile node may use (`mnHATable`).
public struct KnownHomeAgent: Hashable, Sendable, Codable {
    /// Its address (`mnHAAddress`).
    public var address: IPv4Address
    /// True for the one the node is registered or registering with (`mnCurrentHA`).
    public var isCurrent: Bool

    public init(address: IPv4Address, isCurrent: Bool) {
        self.address = address
        self.isCurrent = isCurrent
    }
}

/// What a mobile node reports about itself apart from its tables (`mnSystem`, `mnRecentAdvReceived`).
public struct MobileNodeStatus: Hashable, Sendable, Codable {
    /// `mnState`.
    public var state: MobileNodeState
    /// The home address (`mnHomeAddress`); 0.0.0.0 until one is assigned.
    public var homeAddress: IPv4Address
    /// The node's NAI, if it has one (`mnIdentifier`).
    public var nai: NetworkAccessIdentifier?
    /// The home agents it knows, in order of preference (`mnHATable`).
    public var homeAgents: [KnownHomeAgent]
    /// The most recent advertisement heard (`mnRecentAdvReceived`); nil before the first.
    public var recentAdvertisement: HeardAdvertisement?
    /// The home agent's latest text for the user; nil before the first.
    public var homeAgentMessage: ReceivedMessage?
    /// The latest text for the user of a foreign agent; nil before the first.
    public var foreignAgentMessage: ReceivedMessage?
    /// The latest error of a foreign agent that the node has acted upon; nil before the first.
    public var foreignAgentError: ReceivedError?
    /// The search for a home agent; nil if the node has a fixed one.
    public var homeAgentSearch: HomeAgentSearch?
    /// The host configuration that the home agent gave with the registration; nil without one, or without a registration.
    public var hostConfiguration: ReceivedHostConfiguration?
    /// The identity of the home agent (RFC 3846), configured or received; nil if the node knows none.
    public var homeAgentIdentity: NetworkAccessIdentifier?
    /// The identity of the AAA server in the home network (RFC 3846), as received; nil if the node knows none.
    public var homeAAAIdentity: NetworkAccessIdentifier?
    /// The service that the node selects (RFC 5446); nil for none.
    public var service: ServiceIdentifier?

    public init(
        state: MobileNodeState, homeAddress: IPv4Address, nai: NetworkAccessIdentifier?, homeAgents: [KnownHomeAgent],
        recentAdvertisement: HeardAdvertisement? = nil, homeAgentMessage: ReceivedMessage? = nil,
        foreignAgentMessage: ReceivedMessage? = nil, foreignAgentError: ReceivedError? = nil,
        homeAgentSearch: HomeAgentSearch? = nil, hostConfiguration: ReceivedHostConfiguration? = nil,
        homeAgentIdentity: NetworkAccessIdentifier? = nil, homeAAAIdentity: NetworkAccessIdentifier? = nil,
        service: ServiceIdentifier? = nil
    ) {
        self.state = state
        self.homeAddress = homeAddress
        self.nai = nai
        self.homeAgents = homeAgents
        self.recentAdvertisement = recentAdvertisement
        self.homeAgentMessage = homeAgentMessage
        self.foreignAgentMessage = foreignAgentMessage
        self.foreignAgentError = foreignAgentError
        self.homeAgentSearch = homeAgentSearch
        self.hostConfiguration = hostConfiguration
        self.homeAgentIdentity = homeAgentIdentity
        self.homeAAAIdentity = homeAAAIdentity
        self.service = service
    }
}

extension KnownHomeAgent: Record {
    public static var blank: KnownHomeAgent { KnownHomeAgent(address: .zero, isCurrent: false) }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("address", &address)
        try visitor.member("isCurrent", &isCurrent)
    }
}

extension MobileNodeStatus: Record {
    public static var blank: MobileNodeStatus {
        MobileNodeStatus(state: .unknown, homeAddress: .zero, nai: nil, homeAgents: [])
    }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("state", &state)
        try visitor.member("homeAddress", &homeAddress)
        try visitor.member("nai", &nai)
        try visitor.member("homeAgents", &homeAgents)
        try visitor.member("recentAdvertisement", &recentAdvertisement)
        try visitor.member("homeAgentMessage", &homeAgentMessage, since: 3)
        try visitor.member("foreignAgentMessage", &foreignAgentMessage, since: 3)
        try visitor.member("foreignAgentError", &foreignAgentError, since: 3)
        try visitor.member("homeAgentSearch", &homeAgentSearch, since: 3)
        try visitor.member("hostConfiguration", &hostConfiguration, since: 3)
        try visitor.member("homeAgentIdentity", &homeAgentIdentity, since: 3)
        try visitor.member("homeAAAIdentity", &homeAAAIdentity, since: 3)
        try visitor.member("service", &service, since: 3)
    }
}
