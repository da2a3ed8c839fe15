public import MobileIPv4

/// One UDP address on which a daemon speaks Mobile IP.
public struct AgentAddress: Hashable, Sendable, Codable {
    /// The role served at this address.
    public var role: AgentRole
    /// A unicast address.
    public var address: IPv4Address
    /// UDP port in host byte order.
    public var port: UInt16

    public init(role: AgentRole, address: IPv4Address, port: UInt16) {
        self.role = role
        self.address = address
        self.port = port
    }
}

/// What a daemon says of itself. The settings of its roles are members of it, such as `busy` or `maximumBindings`; those of roles that it
/// does not play are false or 0.
@dynamicMemberLookup
public struct AgentInformation: Hashable, Sendable {
    /// The name from its configuration.
    public var name: String
    /// Program and version, for example `mip-agentd 0.1.0`.
    public var version: String
    /// Differs at every start, so that a reader tells a restart from a lost connection.
    public var instance: String
    /// Process identifier of the daemon.
    public var processID: Int32
    /// The roles it plays, in alphabetical order.
    public var roles: [AgentRole]
    /// When it started; counters count from here.
    public var startTime: Timestamp
    /// `mipEncapsulationSupported`.
    public var encapsulations: [Encapsulation]
    /// Where it listens, by role.
    public var addresses: [AgentAddress]
    /// Care-of addresses offered, in the order of adverts (`faCOATable`).
    public var careOfAddresses: [IPv4Address]
    /// What an operator can change while it runs. `busy` is true also while there is no room for another visitor (`faIsBusy`).
    public var settings: AgentSettings
    /// Most requests the foreign agent lets wait for home agents; 0 without that role.
    public var maximumPending: UInt32
    /// Most offenders in the table of violations; 0 when not known.
    public var maximumViolators: UInt32
    /// Most nodes the home agent keeps an account of; 0 without that role.
    public var maximumMobileNodes: UInt32
    /// Those of `careOfAddresses` that an operator has added while the agent ran; the others are from its configuration.
    public var addedCareOfAddresses: [IPv4Address]
    /// Those of a mobile node's home agents that an operator has added while it ran.
    public var addedHomeAgents: [IPv4Address]

    /// How datagrams are forwarded: `kernel` or `userSpace`; nil when this daemon forwards none.
    public var dataPlane: String?

    /// - Parameter settings: what is in force; those of other roles than `roles` do not count.
    public init(
        name: String, version: String, instance: String, processID: Int32, roles: [AgentRole], startTime: Timestamp,
        encapsulations: [Encapsulation], addresses: [AgentAddress], careOfAddresses: [IPv4Address], settings: AgentSettings,
        dataPlane: String? = nil, maximumPending: UInt32 = 0, maximumViolators: UInt32 = 0, maximumMobileNodes: UInt32 = 0,
        addedCareOfAddresses: [IPv4Address] = [], addedHomeAgents: [IPv4Address] = []
    ) {
        self.name = name
        self.version = version
        self.instance = instance
        self.processID = processID
        self.roles = roles
        self.startTime = startTime
        self.encapsulations = encapsulations
        self.addresses = addresses
        self.careOfAddresses = careOfAddresses
        self.settings = settings.reported(by: roles)
        self.dataPlane = dataPlane
        self.maximumPending = maximumPending
        self.maximumViolators = maximumViolators
        self.maximumMobileNodes = maximumMobileNodes
        self.addedCareOfAddresses = addedCareOfAddresses
        self.addedHomeAgents = addedHomeAgents
    }

    @inlinable
    public subscript<Value>(dynamicMember path: WritableKeyPath<AgentSettings, Value>) -> Value {
        get { settings[keyPath: path] }
        set { settings[keyPath: path] = newValue }
    }

    @inlinable
    public subscript<Value>(dynamicMember path: WritableKeyPath<ForeignAgentPolicy, Value>) -> Value {
        get { settings.foreignAgent[keyPath: path] }
        set { settings.foreignAgent[keyPath: path] = newValue }
    }

    @inlinable
    public subscript<Value>(dynamicMember path: WritableKeyPath<AgentCapacity, Value>) -> Value {
        get { settings.limits[keyPath: path] }
        set { settings.limits[keyPath: path] = newValue }
    }
}

// Settings stand between the other members, where each of version 1 has its place; those of later versions are the last.
extension AgentInformation: Codable {
    /// Of `Setting.all`: those of every agent, those of roles, and what came after version 1.
    private static let (own, ofRoles, later) = (
        Setting.all.filter { $0.since == 1 && $0.role == nil }, Setting.all.filter { $0.since == 1 && $0.role != nil },
        Setting.all.filter { $0.since > 1 }
    )

    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: MemberKey.self)
        func encode(_ some: [Setting]) throws {
            for setting in some { try members.encode(setting.value(in: settings), forKey: MemberKey(setting.name)) }
        }
        try members.encode(name, forKey: "name")
        try members.encode(version, forKey: "version")
        try members.encode(instance, forKey: "instance")
        try members.encode(processID, forKey: "processID")
        try members.encode(roles, forKey: "roles")
        try members.encode(startTime, forKey: "startTime")
        try encode(Self.own)
        try members.encode(encapsulations, forKey: "encapsulations")
        try members.encode(addresses, forKey: "addresses")
        try members.encode(careOfAddresses, forKey: "careOfAddresses")
        try encode(Self.ofRoles)
        try members.encode(maximumPending, forKey: "maximumPending")
        try members.encode(maximumViolators, forKey: "maximumViolators")
        try members.encode(maximumMobileNodes, forKey: "maximumMobileNodes")
        try members.encode(addedCareOfAddresses, forKey: "addedCareOfAddresses")
        try members.encode(addedHomeAgents, forKey: "addedHomeAgents")
        try members.encodeIfPresent(dataPlane, forKey: "dataPlane")
        try encode(Self.later)
    }

    /// A setting that is not there is false or 0.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: MemberKey.self)
        var settings = AgentSettings()
        for setting in Setting.all {
            let value = try setting.decode(from: members) ?? setting.nothing
            guard setting.set(value, in: &settings) else {
                throw DecodingError.dataCorruptedError(
                    forKey: MemberKey(setting.name), in: members, debugDescription: "\(value) is too large")
            }
        }
        self.init(
            name: try members.decode(String.self, forKey: "name"), version: try members.decode(String.self, forKey: "version"),
            instance: try members.decode(String.self, forKey: "instance"),
            processID: try members.decode(Int32.self, forKey: "processID"),
            roles: try members.decode([AgentRole].self, forKey: "roles"),
            startTime: try members.decode(Timestamp.self, forKey: "startTime"),
            encapsulations: try members.decode([Encapsulation].self, forKey: "encapsulations"),
            addresses: try members.decode([AgentAddress].self, forKey: "addresses"),
            careOfAddresses: try members.decode([IPv4Address].self, forKey: "careOfAddresses"), settings: settings,
            dataPlane: try members.decodeIfPresent(String.self, forKey: "dataPlane"),
            maximumPending: try members.decode(UInt32.self, forKey: "maximumPending"),
            maximumViolators: try members.decode(UInt32.self, forKey: "maximumViolators"),
            maximumMobileNodes: try members.decode(UInt32.self, forKey: "maximumMobileNodes"),
            addedCareOfAddresses: try members.decode([IPv4Address].self, forKey: "addedCareOfAddresses"),
            addedHomeAgents: try members.decode([IPv4Address].self, forKey: "addedHomeAgents"))
        self.settings = settings
    }
}
