public import MobileIPv4

/// One change that an operator makes of an agent. Several are applied together: all of them in their order, or none.
public enum AgentChange: Hashable, Sendable {
    /// Registration and discovery on or off (`mipEnable`).
    case enabled(Bool)
    /// Ends the bindings of a home address, or the one with this care-of address (`mipExtBindingAdminStatus`).
    case endBinding(homeAddress: IPv4Address, careOfAddress: IPv4Address?)
    /// Makes or changes a security association (`mipSecurityAssocTable`).
    case association(SecurityAssociationChange)
    /// Forgets a security association; registrations that it authenticated stay.
    case removeAssociation(SecurityAssociationKey)
    /// Makes or changes how the agent advertises itself on an interface (`maAdvertConfTable`).
    case advertising(AdvertisingChange)
    /// Ends advertising at an address of the agent.
    case removeAdvertising(IPv4Address)
    /// Offers a care-of address (`faCOATable`).
    case addCareOfAddress(IPv4Address)
    /// Offers a care-of address no longer; visits that use it run out.
    case removeCareOfAddress(IPv4Address)
    /// Changes what a foreign agent demands of its visitors.
    case foreignAgent(ForeignAgentSettings)
    /// Changes how much an agent holds at most.
    case limits(AgentLimits)
    /// Puts a home agent at the end of a mobile node's list (`mnHATable`).
    case addHomeAgent(IPv4Address)
    /// Takes a home agent off a mobile node's list; a registration with it is ended.
    case removeHomeAgent(IPv4Address)
}

extension AgentChange {
    /// The changes that give settings these values, by name; one for each group that has some of them.
    public static func settings(_ values: [String: SettingValue]) -> [AgentChange] {
        var changes: [AgentChange] = []
        if let enabled = SettingChanges<AgentSettings>(values).enabled { changes.append(.enabled(enabled)) }
        let (policy, limits) = (ForeignAgentSettings(values), AgentLimits(values))
        if !policy.isEmpty { changes.append(.foreignAgent(policy)) }
        if !limits.isEmpty { changes.append(.limits(limits)) }
        return changes
    }
}

/// What becomes of something that was made or changed while the agent runs when it starts again (StorageType of SNMPv2-TC).
public enum StorageType: String, Hashable, Sendable, CaseIterable, Codable {
    /// Forgotten.
    case volatile
    /// It comes back.
    case nonVolatile
    /// It comes from a configuration that management does not write.
    case readOnly
}

/// Whether what is changed must be there before.
public enum CreationRule: String, Hashable, Sendable, CaseIterable, Codable {
    /// It is changed when it exists, and made otherwise.
    case mayExist
    /// Refused with `notFound` when it does not exist.
    case mustExist
    /// Refused with `alreadyExists` when it exists.
    case mustNotExist
}

/// A new or changed security association; what is nil stays, or has its usual value in a new one.
public struct SecurityAssociationChange: Hashable, Sendable {
    /// Whom it is shared with.
    public var peer: PeerIdentity
    /// The index that names it in messages; 256 or more.
    public var spi: SecurityParameterIndex
    /// The role the peer plays towards this agent.
    public var peerRole: AgentRole?
    /// How authenticators are computed.
    public var algorithm: AuthenticationAlgorithm?
    /// How replays are told.
    public var replayMethod: ReplayMethod?
    /// How far a timestamp may be off, in seconds.
    public var replayTolerance: UInt16?
    /// The shared secret, at least one byte; a new association needs one.
    public var key: SecretOctets?
    /// Whether it must exist before.
    public var creation: CreationRule
    /// Whether it outlives the agent's process.
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

/// How an agent shall advertise itself on an interface; what is nil stays, or has its usual value on a new one.
public struct AdvertisingChange: Hashable, Sendable {
    /// The agent's address on the interface.
    public var address: IPv4Address
    /// Longest registration advertised in seconds; 65535 is infinity.
    public var maximumRegistrationLifetime: UInt16?
    /// Whether the Prefix-Lengths extension is sent.
    public var includesPrefixLength: Bool?
    /// Where advertisements go: 224.0.0.1 or 255.255.255.255.
    public var destination: IPv4Address?
    /// Longest gap between unsolicited advertisements, 4…1800 s.
    public var maximumInterval: Int?
    /// Shortest gap, 3…1800 s, not above the longest.
    public var minimumInterval: Int?
    /// The ICMP lifetime, 4…9000 s, not below the longest gap.
    public var advertisementLifetime: UInt16?
    /// Whether it advertises only when solicited.
    public var onlyOnSolicitation: Bool?
    /// Whether it must exist before.
    public var creation: CreationRule
    /// Whether it outlives the agent's process.
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
