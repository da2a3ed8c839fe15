import AgentModel
import MIPTesting
import MobileIPv4
import MobileNode
import MobilityAgent

/// Mobile nodes, a foreign agent and a home agent that exchange datagrams, all of which are recorded.
struct Conversation {
    struct Datagram {
        var payload: [UInt8]
        var source: TransportEndpoint
        var destination: TransportEndpoint
    }

    static let homeAgent = TransportEndpoint(IPv4Address(192, 0, 2, 1), port: 434)
    static let foreignAgent = TransportEndpoint(IPv4Address(198, 51, 100, 1), port: 434)
    static let homeAddress = IPv4Address(192, 0, 2, 10)
    static let careOf = IPv4Address(203, 0, 113, 5)
    static let key = AuthenticationKey(octets: Array(0..<16))
    private static let spi = SecurityParameterIndex(rawValue: 256)
    /// 2023-11-24T17:23:12Z
    private static let start: Int64 = 1_700_846_592

    private(set) var datagrams: [Datagram] = []
    private var home: MobilityAgent
    private var foreign: MobilityAgent
    private var random = SystemRandomNumberGenerator()
    private var uptime: Int64 = 0

    init() throws {
        func association(
            _ peer: PeerIdentity, _ role: AgentRole, _ algorithm: AuthenticationAlgorithm = .hmacMD5,
            _ replay: ReplayMethod = .timestamps
        ) -> ConfiguredSecurityAssociation {
            ConfiguredSecurityAssociation(
                association: SecurityAssociation(
                    peer: peer, peerRole: role, spi: Self.spi, algorithm: algorithm, replayMethod: replay, replayTolerance: 7),
                key: Self.key)
        }
        var algorithms: [ConfiguredSecurityAssociation] = []
        for (number, algorithm) in AuthenticationAlgorithm.allCases.enumerated() {
            algorithms.append(association(.address(Self.address(20 + UInt8(number))), .mobileNode, algorithm))
        }
        var homeRole = HomeAgentConfiguration(endpoints: [Self.homeAgent])
        homeRole.homeNetworks = IPv4Prefix(containing: Self.homeAddress, length: 24).map { [$0] } ?? []
        home = MobilityAgent(
            configuration: MobilityAgentConfiguration(
                name: "home", homeAgent: homeRole,
                securityAssociations: [
                    association(.address(Self.homeAddress), .mobileNode),
                    association(.address(Self.address(11)), .mobileNode, .hmacMD5, .nonces),
                    association(.address(Self.foreignAgent.address), .foreignAgent),
                ] + algorithms),
            instance: "home", processID: 1, startTime: Timestamp(milliseconds: Self.start * 1000), random: random)
        foreign = MobilityAgent(
            configuration: MobilityAgentConfiguration(
                name: "foreign",
                foreignAgent: ForeignAgentConfiguration(
                    endpoints: [Self.foreignAgent], careOfAddresses: [Self.foreignAgent.address]),
                securityAssociations: [association(.address(Self.homeAgent.address), .homeAgent)]),
            instance: "foreign", processID: 1, startTime: Timestamp(milliseconds: Self.start * 1000), random: random)
    }

    static func address(_ last: UInt8) -> IPv4Address { IPv4Address(192, 0, 2, last) }

    private var now: Moment { Moment(uptime: uptime, wallClock: Self.start * 1_000_000_000 + uptime) }

    /// A complete registration and deregistration of a node, whose requests `configure` changes. Returns the first outcome.
    mutating func register(
        _ homeAddress: IPv4Address = homeAddress, through agent: TransportEndpoint? = nil,
        _ configure: (inout MobileNodeConfiguration) -> Void = { _ in }
    ) -> MobileNode.Outcome? {
        var configuration = MobileNodeConfiguration(
            homeAddress: homeAddress, homeAgent: Self.homeAgent, foreignAgent: agent,
            careOfAddress: agent?.address ?? Self.careOf, spi: Self.spi, key: Self.key)
        configuration.flags = agent == nil ? .decapsulationByMN : []
        configure(&configuration)
        var node = MobileNode(configuration: configuration)
        uptime += 2_000_000_000
        let outcome = exchange(node.register(at: now, random: &random), of: &node)
        uptime += 2_000_000_000
        if let request = node.deregister(at: now, random: &random) { _ = exchange(request, of: &node) }
        return outcome
    }

    private mutating func exchange(_ first: [UInt8], of node: inout MobileNode) -> MobileNode.Outcome? {
        var request: [UInt8]? = first
        let own = TransportEndpoint(
            node.configuration.foreignAgent == nil ? Self.careOf : node.configuration.homeAddress, port: 5000)
        while let octets = request {
            request = nil
            uptime += 1_000_000
            var waiting = [Datagram(payload: octets, source: own, destination: node.destination)]
            while !waiting.isEmpty {
                let datagram = waiting.removeFirst()
                datagrams.append(datagram)
                if datagram.destination == own {
                    let outcome = node.receive(
                        datagram.payload.span.bytes, at: now, request: &request, random: &random)
                    if let outcome { return outcome }
                } else {
                    waiting += deliver(datagram)
                }
            }
        }
        return nil
    }

    private mutating func deliver(_ datagram: Datagram) -> [Datagram] {
        var effects = AgentEffects()
        if datagram.destination.address == Self.homeAgent.address {
            home.receive(
                datagram.payload.span.bytes, from: datagram.source, to: datagram.destination, at: now, effects: &effects)
        } else {
            foreign.receive(
                datagram.payload.span.bytes, from: datagram.source, to: datagram.destination, at: now, effects: &effects)
        }
        return effects.datagrams.map { Datagram(payload: $0.payload, source: $0.source, destination: $0.destination) }
    }
}
