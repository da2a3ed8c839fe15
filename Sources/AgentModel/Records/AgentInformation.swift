public import JSON
public import MobileIPv4

/// A UDP address where a daemon speaks Mobile IP.
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

/// What a daemon reports about itself. It includes the settings of its roles, such as `busy` or `maximumBindings`; settings of roles it
/// does not play are false or 0.
@dynamicMemberLookup
public struct AgentInformation: Hashable, Sendable, Codable {
    /// Its name in the configuration.
    public var name: String
    /// Program and version, for example `mip-agentd 0.1.0`.
    public var version: String
    /// Different at every start, so that a reader can distinguish a restart from a lost connection.
    public var instance: String
    /// Process identifier of the daemon.
    public var processID: Int32
    /// The roles it plays, in alphabetical order.
    public var roles: [AgentRole]
    /// When it started, by its present clock: it moves when the clock is set, while `instance` stays. Counters count from this time.
    public var startTime: Timestamp
    /// `mipEncapsulationSupported`.
    public var encapsulations: [Encapsulation]
    /// The addresses it listens on, by role.
    public var addresses: [AgentAddress]
    /// Care-of addresses offered, in the order of advertisements (`faCOATable`).
    public var careOfAddresses: [IPv4Address]
    /// What an operator can change while it runs. `busy` is also true while there is no room for another visitor (`faIsBusy`).
    public var settings: AgentSettings
    /// Maximum number of requests that may wait for home agents at the foreign agent; 0 without that role.
    public var maximumPending: UInt32
    /// Maximum number of offenders in the table of violations; 0 if unknown.
    public var maximumViolators: UInt32
    /// Maximum number of nodes that the home agent keeps records of; 0 without that role.
    public var maximumMobileNodes: UInt32
    /// Those of `careOfAddresses` that an operator added while the agent was running; the others come from its configuration.
    public var addedCareOfAddresses: [IPv4Address]
    /// Those of a mobile node's home agents that an operator added while it was running.
    public var addedHomeAgents: [IPv4Address]

    /// How datagrams are forwarded: `kernel` or `userSpace`; nil if this daemon forwards none.
    public var dataPlane: String?
    /// Whether changes by operators survive a restart, because the daemon has a state store or file. False is also read from daemons of
    /// earlier versions, which do not report it.
    public var keepsChanges: Bool
    /// Why state can currently not be saved; empty if it can, or if the daemon keeps none. While it is present, a restart may lose
    /// changes by operators, and bindings and replay memory where they are kept.
    public var stateError: String
    /// How safe bindings, replay memory and changes are when a reply leaves: `memory`, `process` or `disk`; nil without a state store, and if
    /// the store could not be used at the start.
    public var durability: String?
    /// How often the agent has been started with its state store, this start included; 0 without a store, as for `durability`.
    public var starts: UInt64
    /// Where a home agent moves its nodes, while it does so by order of an operator; nil otherwise.
    public var drain: DrainStatus?

    /// - Parameter settings: The current values; settings of roles not in `roles` are ignored.
    public init(
        name: String, version: String, instance: String, processID: Int32, roles: [AgentRole], startTime: Timestamp,
        encapsulations: [Encapsulation], addresses: [AgentAddress], careOfAddresses: [IPv4Address], settings: AgentSettings,
        dataPlane: String? = nil, maximumPending: UInt32 = 0, maximumViolators: UInt32 = 0, maximumMobileNodes: UInt32 = 0,
        addedCareOfAddresses: [IPv4Address] = [], addedHomeAgents: [IPv4Address] = [], keepsChanges: Bool = false,
        stateError: String = "", durability: String? = nil, starts: UInt64 = 0, drain: DrainStatus? = nil
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
        self.keepsChanges = keepsChanges
        self.stateError = stateError
        self.durability = durability
        self.starts = starts
        self.drain = drain
    }

    /// A setting of every agent.
    @inlinable
    public subscript<Value>(dynamicMember path: WritableKeyPath<AgentSettings, Value>) -> Value {
        get { settings[keyPath: path] }
        set { settings[keyPath: path] = newValue }
    }

    /// A setting of a foreign agent.
    @inlinable
    public subscript<Value>(dynamicMember path: WritableKeyPath<ForeignAgentPolicy, Value>) -> Value {
        get { settings.foreignAgent[keyPath: path] }
        set { settings.foreignAgent[keyPath: path] = newValue }
    }

    /// A limit.
    @inlinable
    public subscript<Value>(dynamicMember path: WritableKeyPath<AgentCapacity, Value>) -> Value {
        get { settings.limits[keyPath: path] }
        set { settings.limits[keyPath: path] = newValue }
    }

    /// A setting of the agent's signalling.
    @inlinable
    public subscript<Value>(dynamicMember path: WritableKeyPath<SignallingPolicy, Value>) -> Value {
        get { settings.signalling[keyPath: path] }
        set { settings.signalling[keyPath: path] = newValue }
    }

    /// A setting of the services besides registration.
    @inlinable
    public subscript<Value>(dynamicMember path: WritableKeyPath<DiscoveryPolicy, Value>) -> Value {
        get { settings.discovery[keyPath: path] }
        set { settings.discovery[keyPath: path] = newValue }
    }
}

extension AgentInformation {
    /// What a restart may lose while `stateError` is present, in words. Only a home agent keeps more than changes.
    public var stateAtRisk: String {
        roles.contains(.homeAgent) ? "bindings, replay memory and changes by operators" : "changes by operators"
    }
}

extension AgentAddress: Record {
    public static var blank: AgentAddress { AgentAddress(role: .homeAgent, address: .zero, port: 0) }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("role", &role)
        try visitor.member("address", &address)
        try visitor.member("port", &port)
    }
}

extension AgentInformation: Record {
    public static var blank: AgentInformation {
        AgentInformation(
            name: "", version: "", instance: "", processID: 0, roles: [], startTime: .blank, encapsulations: [], addresses: [],
            careOfAddresses: [], settings: .nothing)
    }

    // Settings are interleaved with the other members, where version 1 placed them; settings of later versions come last.
    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("name", &name)
        try visitor.member("version", &version)
        try visitor.member("instance", &instance)
        var process = ProcessID(number: processID)
        try visitor.member("processID", &process)
        processID = process.number
        try visitor.member("roles", &roles)
        try visitor.member("startTime", &startTime)
        try settings.visit(&visitor) { $0.since == 1 && $0.role == nil }
        try visitor.member("encapsulations", &encapsulations)
        try visitor.member("addresses", &addresses)
        try visitor.member("careOfAddresses", &careOfAddresses)
        try settings.visit(&visitor) { $0.since == 1 && $0.role != nil }
        try visitor.member("maximumPending", &maximumPending)
        try visitor.member("maximumViolators", &maximumViolators)
        try visitor.member("maximumMobileNodes", &maximumMobileNodes)
        try visitor.member("addedCareOfAddresses", &addedCareOfAddresses)
        try visitor.member("addedHomeAgents", &addedHomeAgents)
        try visitor.member("dataPlane", &dataPlane)
        try settings.visit(&visitor) { $0.since == 2 }
        try visitor.member("keepsChanges", &keepsChanges, since: 2)
        // Omitted while all is well.
        var problem = stateError.isEmpty ? nil : stateError
        try visitor.member("stateError", &problem, since: 2)
        stateError = problem ?? ""
        try visitor.member("durability", &durability, since: 2)
        try visitor.member("starts", &starts, since: 2)
        try settings.visit(&visitor) { $0.since == 3 }
        try visitor.member("drain", &drain, since: 3)
        try settings.visit(&visitor) { $0.since > 3 }
    }
}

/// A process identifier. It is a signed number, as in the operating system, but no agent reports one below zero.
private struct ProcessID: RecordValue {
    var number: Int32

    static var form: ValueForm { .whole(isSigned: false) }

    init(number: Int32) { self.number = number }
    init(from reader: inout CanonicalReader) throws(NotCanonical) { number = try reader.signedNumber() }
    init(from decoder: any Decoder) throws {
        guard let number = try? Int32(from: decoder) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "processID is not a 32-bit number"))
        }
        self.number = number
    }

    func write(to writer: inout CanonicalWriter) { writer.write(Int64(number)) }
    func encode(to encoder: any Encoder) throws { try number.encode(to: encoder) }
}
