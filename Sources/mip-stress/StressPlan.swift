import AgentModel
import MobileIPv4
import MobilityAgent

/// Addresses, associations and configurations of one world, derived from its seed. Limits are small, so that they are reached.
struct StressPlan {
    static let start = Timestamp(milliseconds: 1_700_846_592_000)
    static let homeAgent = TransportEndpoint(IPv4Address(192, 0, 2, 1), port: 434)
    static let foreignAgent = TransportEndpoint(IPv4Address(198, 51, 100, 1), port: 434)
    static let broadcast = IPv4Address(192, 0, 2, 255)
    /// Other home agents, which do not exist. Nodes may register only with the first.
    static let otherHomeAgents = [IPv4Address(192, 0, 2, 2), IPv4Address(203, 0, 113, 99)]
    static let homeIdentity = NetworkAccessIdentifier("ha@example.net")
    static let otherIdentity = NetworkAccessIdentifier("other@example.net")
    /// The first is for everybody, the second for some.
    static let services = ["internet", "ims"].compactMap { ServiceIdentifier($0) }
    static let realm = Realm("example.net")
    static let careOfAddresses = (5...8 as ClosedRange<UInt8>).map { IPv4Address(203, 0, 113, $0) }

    let seed: UInt64
    /// After how many calls the whole state is compared with a snapshot.
    let wholeCheckInterval: Int
    let peers: [StressPeer]
    let home: HomeAgentConfiguration
    let foreign: ForeignAgentConfiguration
    let maximumViolators: Int
    let discovery: DiscoveryPolicy
    /// Whether one agent has both roles.
    let isCombined: Bool
    /// What the foreign agent signs requests with.
    let relayAssociation: ConfiguredSecurityAssociation
    private let homeCodes: Set<ReplyCode>
    private let foreignCodes: Set<ReplyCode>

    init(seed: UInt64, wholeCheckInterval: Int) {
        var dice = Dice(seed: seed)
        self.seed = seed
        self.wholeCheckInterval = wholeCheckInterval
        peers = StressPeer.all
        relayAssociation = Self.association(.address(Self.homeAgent.address), .homeAgent, spi: 512, key: 32)
        home = Self.home(&dice)
        foreign = Self.foreign(&dice)
        maximumViolators = dice.pick([1, 4, 32])
        discovery = Self.discovery(&dice)
        isCombined = dice.once(in: 3)
        homeCodes = Set(AgentRole.homeAgent.repliesSent)
        foreignCodes = Set(AgentRole.foreignAgent.repliesSent)
    }

    func codes(_ role: AgentRole) -> Set<ReplyCode> { role == .homeAgent ? homeCodes : foreignCodes }

    /// The associations that sign a home agent's replies to nodes.
    var nodeAssociations: [ConfiguredSecurityAssociation] { StressPeer.associations + [StressPeer.added] }

    /// The most bytes that the foreign agent adds to a request: a service, an offer of revocation, and its authentication extension.
    var addedLength: Int {
        (foreign.service.map { 2 + $0.octets.count } ?? 0) + 8 + 6 + relayAssociation.association.algorithm.authenticatorLength
    }

    var nonceUsers: Set<IPv4Address> {
        Set(peers.filter { $0.association.association.replayMethod == .nonces }.map(\.homeAddress))
    }

    /// The configurations of one agent with both roles, or of a home and a foreign agent.
    var configurations: [MobilityAgentConfiguration] {
        let ofHome =
            StressPeer.associations + [
                Self.association(.address(Self.foreignAgent.address), .foreignAgent, spi: 512, key: 32)
            ]
        let ofForeign = [relayAssociation] + peers.compactMap(\.mobileForeign)
        func configuration(
            _ name: String, _ home: HomeAgentConfiguration?, _ foreign: ForeignAgentConfiguration?,
            _ associations: [ConfiguredSecurityAssociation]
        ) -> MobilityAgentConfiguration {
            var settings = AgentSettings()
            settings.discovery = discovery
            return MobilityAgentConfiguration(
                name: name, settings: settings, homeAgent: home, foreignAgent: foreign, securityAssociations: associations,
                authenticationServerAssociations: StressPeer.servers, maximumViolators: maximumViolators,
                maximumAlarmsPerSecond: 5)
        }
        return isCombined
            ? [configuration("both", home, foreign, ofHome + ofForeign)]
            : [configuration("home", home, nil, ofHome), configuration("foreign", nil, foreign, ofForeign)]
    }

    static func association(
        _ peer: PeerIdentity, _ role: AgentRole, spi: UInt32, key: UInt8, algorithm: AuthenticationAlgorithm = .hmacMD5,
        replay: ReplayMethod = .timestamps, ownRole: AgentRole? = nil
    ) -> ConfiguredSecurityAssociation {
        ConfiguredSecurityAssociation(
            association: SecurityAssociation(
                peer: peer, peerRole: role, spi: SecurityParameterIndex(rawValue: spi), algorithm: algorithm,
                replayMethod: replay, replayTolerance: 7),
            key: AuthenticationKey(octets: (key..<key + 16).map { $0 }), ownRole: ownRole)
    }

    private static func home(_ dice: inout Dice) -> HomeAgentConfiguration {
        let network = IPv4Prefix(containing: homeAgent.address, length: 24)
        let pool = IPv4AddressRange(first: IPv4Address(192, 0, 2, 100), last: IPv4Address(192, 0, 2, 103))
        var role = HomeAgentConfiguration(endpoints: [homeAgent], homeNetworks: network.map { [$0] } ?? [])
        if let fixed = StressPeer.fixed { role.addressesByNAI = [fixed: IPv4Address(192, 0, 2, 77)] }
        role.addressPool = pool.map { [$0] } ?? []
        role.addressRetention = dice.pick([nil, 0, 60])
        role.maximumLifetime = dice.pick([30, 1800, 65_534, 65_535])
        role.settings.limits.maximumBindings = dice.pick([4, 12, 40])
        role.maximumBindingsPerNode = dice.pick([1, 2, 8])
        role.maximumMobileNodes = dice.pick([1, 6, 100])
        role.simultaneousBindings = !dice.once(in: 4)
        role.encapsulations = dice.pick([[.ipInIp], [.ipInIp, .gre, .minEnc]])
        role.reverseTunnel = dice.pick([.available, .available, .unavailable, .mandatory])
        role.acceptsAnyHomeAgent = dice.once(in: 2)
        role.rejectsReservedFlags = dice.once(in: 2)
        role.answersFailedAuthentication = !dice.once(in: 3)
        discover(&role, &dice)
        return role
    }

    private static func foreign(_ dice: inout Dice) -> ForeignAgentConfiguration {
        var role = ForeignAgentConfiguration(endpoints: [foreignAgent], careOfAddresses: [foreignAgent.address])
        role.defaultHomeAgent = dice.pick([nil, homeAgent.address])
        role.maximumLifetime = dice.pick([600, 65_535])
        role.maximumPending = dice.pick([2, 6, 64])
        role.pendingTimeout = dice.pick([1, 7])
        role.settings.limits.maximumVisitors = dice.pick([3, 10, 40])
        role.encapsulations = dice.pick([[.ipInIp], [.ipInIp, .gre, .minEnc]])
        role.reverseTunnel = dice.pick([.available, .available, .unavailable, .mandatory])
        role.encapsulatingDelivery = dice.once(in: 2)
        role.requiresMobileForeignAuthentication = dice.once(in: 12)
        role.challenge = dice.once(in: 3) ? ChallengePolicy() : nil
        role.requiresHomeAddress = dice.once(in: 8)
        role.rejectsReservedFlags = dice.once(in: 2)
        discover(&role, &dice)
        return role
    }
}
