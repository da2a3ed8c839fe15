public import MobileIPv4

/// One change an operator makes to an agent. Changes submitted together are applied in order, all or none.
public enum AgentChange: Hashable, Sendable {
    /// Turns registration and discovery on or off (`mipEnable`).
    case enabled(Bool)
    /// Ends all bindings of a home address, or only the one with this care-of address (`mipExtBindingAdminStatus`); at a foreign agent,
    /// the visits. The other end is informed where both have agreed on revocation.
    case endBinding(homeAddress: IPv4Address, careOfAddress: IPv4Address?)
    /// Ends all bindings and visits that an order is about, with a text for their other ends.
    case revoke(RevocationOrder)
    /// Creates or changes a security association (`mipSecurityAssocTable`).
    case association(SecurityAssociationChange)
    /// Deletes a security association. Registrations it authenticated remain.
    case removeAssociation(SecurityAssociationKey)
    /// Creates or changes how the agent advertises itself on an interface (`maAdvertConfTable`).
    case advertising(AdvertisingChange)
    /// Stops advertising at one of the agent's addresses.
    case removeAdvertising(IPv4Address)
    /// Starts offering a care-of address (`faCOATable`).
    case addCareOfAddress(IPv4Address)
    /// Stops offering a care-of address. Visits that use it last until they expire.
    case removeCareOfAddress(IPv4Address)
    /// Changes what a foreign agent requires of its visitors.
    case foreignAgent(ForeignAgentSettings)
    /// Changes an agent's capacity limits.
    case limits(AgentLimits)
    /// Changes how an agent signals besides registration.
    case signalling(SignallingSettings)
    /// Changes which services an agent offers or uses besides registration.
    case discovery(DiscoverySettings)
    /// Appends a home agent to a mobile node's list (`mnHATable`).
    case addHomeAgent(IPv4Address)
    /// Removes a home agent from a mobile node's list and ends any registration with it.
    case removeHomeAgent(IPv4Address)
    /// Sends a text to mobile nodes or other agents (RFC 6098). It is not kept, and an undo does not take it back.
    case notify(NotificationOrder)
    /// Moves the nodes of a home agent to other home agents, until `endDrain` (RFC 4433). Replaces an earlier order, and is kept over
    /// restarts. An undo ends it; registrations that were revoked stay revoked.
    case drain(DrainOrder)
    /// Ends `drain`: the home agent accepts nodes again.
    case endDrain
}

extension AgentChange {
    /// The changes that set these settings, by name: one for each group with a setting among them.
    public static func settings(_ values: [String: SettingValue]) -> [AgentChange] {
        var changes: [AgentChange] = []
        if let enabled = SettingChanges<AgentSettings>(values).enabled { changes.append(.enabled(enabled)) }
        let (policy, limits) = (ForeignAgentSettings(values), AgentLimits(values))
        if !policy.isEmpty { changes.append(.foreignAgent(policy)) }
        if !limits.isEmpty { changes.append(.limits(limits)) }
        let signalling = SignallingSettings(values)
        if !signalling.isEmpty { changes.append(.signalling(signalling)) }
        let discovery = DiscoverySettings(values)
        if !discovery.isEmpty { changes.append(.discovery(discovery)) }
        return changes
    }
}

/// What happens at the next start to something created or changed while the agent runs (StorageType of SNMPv2-TC).
public enum StorageType: String, Hashable, Sendable, CaseIterable, Codable {
    /// It is lost.
    case volatile
    /// It is restored.
    case nonVolatile
    /// It comes from a configuration that management cannot write.
    case readOnly
}

/// Whether the target of a change must already exist.
public enum CreationRule: String, Hashable, Sendable, CaseIterable, Codable {
    /// Change it if it exists; create it otherwise.
    case mayExist
    /// Refuse with `notFound` if it does not exist.
    case mustExist
    /// Refuse with `alreadyExists` if it exists.
    case mustNotExist
}

/// A new or changed security association. A nil member keeps its value; in a new association it takes the default.
public struct SecurityAssociationChange: Hashable, Sendable {
    /// The peer it is shared with.
    public var peer: PeerIdentity
    /// The index that identifies it in messages; 256 or more.
    public var spi: SecurityParameterIndex
    /// The peer's role towards this agent.
    public var peerRole: AgentRole?
    /// How authenticators are computed.
    public var algorithm: AuthenticationAlgorithm?
    /// How replays are detected.
    public var replayMethod: ReplayMethod?
    /// Largest accepted deviation of a timestamp, in seconds.
    public var replayTolerance: UInt16?
    /// The shared secret, at least one byte. Required for a new association.
    public var key: SecretOctets?
    /// Whether it must already exist.
    public var creation: CreationRule
    /// Whether it survives a restart of the agent.
    public var storage: StorageType?

    public init(
        peer: PeerIdentity, spi: SecurityParameterIndex, peerRole: AgentRole? = nil, algorithm: AuthenticationAlgorithm? = nil,
        replayMethod: ReplayMethod? = nil, replayTolerance: UInt16? = nil, key: SecretOctets? = nil,
        creation: CreationRule = .mayExist, storage: StorageType? = nil
    ) {
        self.peer = peer
        self.spi = spi
        self.peerRole = peerRole
        self.algorithm = algorithm
        self.replayMethod = replayMethod
        self.replayTolerance = replayTolerance
        self.key = key
        self.creation = creation
        self.storage = storage
    }
}

/// How an agent is to advertise itself on an interface. A nil member keeps its value; if the agent does not advertise there yet, it takes
/// the default.
public struct AdvertisingChange: Hashable, Sendable {
    /// The agent's address on the interface.
    public var address: IPv4Address
    /// Longest registration lifetime advertised, in seconds; 65535 means infinity.
    public var maximumRegistrationLifetime: UInt16?
    /// Whether the Prefix-Lengths extension is sent.
    public var includesPrefixLength: Bool?
    /// Where advertisements go: 224.0.0.1 or 255.255.255.255.
    public var destination: IPv4Address?
    /// Longest interval between unsolicited advertisements, 4…1800 s.
    public var maximumInterval: Int?
    /// Shortest interval, 3…1800 s, not greater than the longest.
    public var minimumInterval: Int?
    /// The ICMP lifetime, 4…9000 s, not less than the longest interval.
    public var advertisementLifetime: UInt16?
    /// Whether it advertises only when solicited.
    public var onlyOnSolicitation: Bool?
    /// Whether it must already exist.
    public var creation: CreationRule
    /// Whether it survives a restart of the agent.
    public var storage: StorageType?

    public init(
        address: IPv4Address, maximumRegistrationLifetime: UInt16? = nil, includesPrefixLength: Bool? = nil,
        destination: IPv4Address? = nil, maximumInterval: Int? = nil, minimumInterval: Int? = nil,
        advertisementLifetime: UInt16? = nil, onlyOnSolicitation: Bool? = nil, creation: CreationRule = .mayExist,
        storage: StorageType? = nil
    ) {
        self.address = address
        self.maximumRegistrationLifetime = maximumRegistrationLifetime
        self.includesPrefixLength = includesPrefixLength
        self.destination = destination
        self.maximumInterval = maximumInterval
        self.minimumInterval = minimumInterval
        self.advertisementLifetime = advertisementLifetime
        self.onlyOnSolicitation = onlyOnSolicitation
        self.creation = creation
        self.storage = storage
    }
}
