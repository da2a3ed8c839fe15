import AgentModel
import CAllocations
import MobileIPv4
import MobilityAgent

/// Mobile nodes that register in rotation, and the home agent that serves them. Requests are made outside the measured time.
struct EngineLoad {
    /// Whether agent and nodes use what they can do besides registration.
    enum Use: String, CaseIterable {
        case off, unused, used
    }

    private static let batch = 20_000
    private let nodes: Int
    private let signalling: Use
    private let discovery: Use
    /// What each request asks for besides a binding.
    private let wishes: [UInt8]
    private let key = AuthenticationKey(octets: Array(0..<16))
    private let spi = SecurityParameterIndex(rawValue: 256)
    private let homeAgent = TransportEndpoint(IPv4Address(10, 255, 255, 1), port: 434)
    private let node = TransportEndpoint(IPv4Address(192, 0, 2, 1), port: 5000)
    private let start = Timestamp(milliseconds: 1_700_846_592_000)
    private var agent: MobilityAgent
    private var effects = AgentEffects()
    private var uptime: Int64 = 0

    init(nodes: Int, signalling: Use, discovery: Use) {
        self.nodes = nodes
        self.signalling = signalling
        self.discovery = discovery
        wishes = discovery == .used ? Self.wishes(for: homeAgent.address) : []
        let network = IPv4Prefix(containing: IPv4Address(10, 0, 0, 0), length: 8)
        var role = HomeAgentConfiguration(
            endpoints: [homeAgent], homeNetworks: network.map { [$0] } ?? [], maximumMobileNodes: UInt32(nodes))
        role.settings.limits.maximumBindings = UInt32(nodes)
        if signalling == .used { role.messages = MessageTexts(replies: ReplyTexts([.accepted: "Maintenance at 20:00"])) }
        if discovery == .used { Self.offer(&role) }
        var settings = AgentSettings()
        settings.signalling.revocation = signalling != .off
        settings.signalling.notifications = signalling != .off
        settings.discovery.dynamicHomeAgent = discovery != .off
        settings.discovery.hostConfiguration = discovery != .off
        settings.discovery.serviceSelection = discovery != .off
        let associations = network.map { [spi, key] in
            ConfiguredSecurityAssociation(
                association: SecurityAssociation(
                    peer: .prefix($0), peerRole: .mobileNode, spi: spi, algorithm: .hmacMD5, replayMethod: .timestamps,
                    replayTolerance: 7),
                key: key)
        }
        agent = MobilityAgent(
            configuration: MobilityAgentConfiguration(
                name: "bench", settings: settings, homeAgent: role, securityAssociations: associations.map { [$0] } ?? []),
            instance: "bench", processID: 1, startTime: start, random: SystemRandomNumberGenerator())
    }

    private static let service = ServiceIdentifier("internet")

    private static func offer(_ role: inout HomeAgentConfiguration) {
        role.identity = NetworkAccessIdentifier("ha1@example.net")
        role.services = service.map { [ServicePolicy($0)] } ?? []
        role.hostConfigurations = role.homeNetworks.map {
            HostConfigurationEntry(
                $0, domainNameServers: [IPv4Address(10, 0, 0, 53)], defaultGateway: role.endpoints.first?.address,
                domainNameSuffix: "home.example")
        }
    }

    /// The requested home agent, a service, and the question for host configuration.
    private static func wishes(for homeAgent: IPv4Address) -> [UInt8] {
        var octets: [UInt8] = []
        octets.append(extension: DynamicHomeAgent(purpose: .requested, address: homeAgent))
        if let service { octets.append(extension: ServiceSelection(service)) }
        // The question always fits.
        try? NormalVendorSpecific(HostConfiguration.request(selector: 0).vendorSpecific).encode(into: &octets)
        return octets
    }

    private var now: Moment { Moment(uptime: uptime, wallClock: start.milliseconds * 1_000_000 + uptime) }

    mutating func run(registrations: Int) -> EngineResult {
        let clock = ContinuousClock()
        var spent = Duration.zero
        var done = 0
        var allocations: UInt = 0
        while done < registrations {
            let count = min(Self.batch, registrations - done)
            let requests = (done..<done + count).map(request)
            let before = mip_allocations()
            spent += clock.measure {
                for request in requests {
                    effects.removeAll()
                    uptime += 1000
                    agent.receive(request.span.bytes, from: node, to: homeAgent, at: now, effects: &effects)
                }
            }
            allocations += UInt(mip_allocations() - before)
            done += count
        }
        let accepted = agent.counters.homeAgent?.repliesSentByCode[.accepted] ?? 0
        uptime += 3_600_000_000_000
        let expiry = clock.measure {
            while let deadline = agent.nextDeadline, deadline <= uptime {
                effects.removeAll()
                agent.advance(to: now, effects: &effects)
            }
        }
        return EngineResult(
            nodes: nodes, registrations: registrations, accepted: accepted, seconds: spent / .seconds(1),
            allocations: allocations, expired: agent.counters.homeAgent?.bindingsExpired ?? 0, expirySeconds: expiry / .seconds(1)
        )
    }

    /// The request of one turn, with the time at which the agent receives it: one from before its start would be refused.
    private func request(_ turn: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        RegistrationRequest(
            flags: .decapsulationByMN, lifetime: RegistrationLifetime(rawValue: 1800),
            homeAddress: IPv4Address(rawValue: 10 << 24 | UInt32(turn % nodes + 1)),
            homeAgent: discovery == .used ? .zero : homeAgent.address, careOfAddress: node.address,
            identification: Identification(unixNanoseconds: start.milliseconds * 1_000_000 + Int64(turn + 1) * 1000)
        ).encode(into: &bytes)
        if signalling == .used {
            bytes.append(extension: RevocationSupport(informsMobileNode: true, timestamp: UInt32(truncatingIfNeeded: turn)))
        }
        bytes += wishes
        AuthenticationAlgorithm.hmacMD5.appendExtension(.mobileHomeAuthentication, spi: spi, key: key, to: &bytes)
        return bytes
    }
}
