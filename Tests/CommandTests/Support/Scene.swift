import AgentModel
import MIPTesting
import MobileIPv4

/// An agent with a few rows of each kind, and `mip-mib` reading it. Its times are half a minute away from any change in the displayed
/// text, so that a slow machine prints the same.
struct Scene {
    let directory: TemporaryDirectory
    let agent: ScriptedAgent

    static var rows: [StateChange] {
        let expires = Samples.start.adding(milliseconds: (8 * 3600 + 60) * 1000)
        var plain = Samples.binding(1, lifetime: 36_000)
        plain.expires = expires
        var hostile = Samples.binding(4, lifetime: 36_000)
        hostile.expires = expires
        var visitors = [Samples.visitor(1), Samples.visitor(2, state: .pending)]
        for index in visitors.indices { visitors[index].expires = expires }
        hostile.nai = NetworkAccessIdentifier("turned\u{202E}@evil.example")
        var home = HomeAgentCounters()
        home.requestsReceived = 12
        home.deregistrationRequestsReceived = 2
        home.repliesSent = 11
        home.repliesSentByCode[.accepted] = 9
        home.repliesSentByCode[.haMobileNodeFailedAuthentication] = 2
        home.discards[.unknownExtension] = 1
        var counters = AgentCounters(homeAgent: home, foreignAgent: ForeignAgentCounters())
        counters.securityViolations = 2
        counters.datagramsReceived = 12
        return [
            .counters(counters), .binding(plain), .binding(Samples.binding(2, lifetime: .max)), .binding(hostile),
            .visitor(visitors[0]), .visitor(visitors[1]), .association(Samples.association(1)),
            .violation(Samples.violation(1)), .mobileNode(Samples.mobileNode(1)),
        ]
    }

    /// The rows, and rows of every other kind that an agent or a mobile node reports.
    static var allRows: [StateChange] {
        let expires = Samples.start.adding(milliseconds: (8 * 3600 + 60) * 1000)
        var pending = [Samples.pending(1), Samples.pending(2, kind: .renewal)]
        for index in pending.indices { pending[index].expires = expires }
        var association = Samples.association(2)
        association.peer = PeerIdentity("alice@example.net") ?? association.peer
        association.use = AssociationUse()
        association.use?.lastUsed = Samples.start
        association.use?.accepted = 12
        association.use?.authenticationFailures = 2
        association.use?.clockOffset = -40
        association.storage = .nonVolatile
        var used = Samples.association(1)
        used.use = AssociationUse()
        var node = Samples.mobileNode(2, deniedCode: 131)
        node.servingSince = Samples.start
        node.nai = NetworkAccessIdentifier("user2@example.net")
        // Each binding, each visit and the mobile node have traffic.
        let (home, visited) = (
            [1, 2, 4].map { Samples.binding($0).homeAddress }, [1, 2].map { Samples.visitor($0).homeAddress }
        )
        let nodes = home.map { (AgentRole.homeAgent, $0) } + visited.map { (.foreignAgent, $0) } + [(.mobileNode, home[0])]
        let traffic = nodes.enumerated().map { number, node in
            StateChange.traffic(
                ForwardedTraffic(
                    role: node.0, homeAddress: node.1, packetsToNode: 10, octetsToNode: UInt64(5000 * (number + 1)),
                    packetsFromNode: 3, octetsFromNode: 400))
        }
        var counters = AgentCounters(
            homeAgent: HomeAgentCounters(), foreignAgent: ForeignAgentCounters(), mobileNode: MobileNodeCounters())
        counters.homeAgent?.requestsReceived = 12
        counters.homeAgent?.repliesSent = 11
        counters.homeAgent?.repliesSentByCode[.accepted] = 9
        counters.homeAgent?.repliesSentByCode[.haMobileNodeFailedAuthentication] = 2
        counters.homeAgent?.discards[.unknownExtension] = 1
        counters.homeAgent?.outcomes.initial.received = 12
        counters.foreignAgent?.repliesReceivedByCode[.accepted] = 4
        counters.foreignAgent?.repliesSentByCode[.faRequestedLifetimeTooLong] = 3
        counters.mobileNode?.requestsSent = 5
        counters.mobileNode?.repliesReceivedByCode[.accepted] = 5
        counters.forwarding = ForwardingCounters()
        counters.forwarding?.drops[.ttlExpired] = 6
        counters.securityViolations = 2
        counters.datagramsReceived = 30
        var registration = Samples.registration(1)
        registration.expires = expires
        var foreignAgent = Samples.foreignAgent(1)
        foreignAgent.expires = expires
        return rows + traffic + [
            .counters(counters), .pending(pending[0]), .pending(pending[1]), .association(used),
            .association(association), .violation(Samples.violation(2)), .mobileNode(node),
            .tunnel(
                MobilityTunnel(
                    localAddress: IPv4Address(10, 0, 0, 1), remoteAddress: IPv4Address(192, 0, 2, 1), encapsulation: .ipInIp,
                    packetsSent: 7, octetsSent: 4200, packetsReceived: 5, octetsReceived: 900, since: Samples.start)),
            .advertising(advertising), .mobileNodeStatus(Samples.mobileNodeStatus()),
            .registration(registration), .registration(Samples.registration(2, isAccepted: false)),
            .foreignAgent(foreignAgent), .exchange(Samples.exchange(1)), .exchange(Samples.exchange(2, state: .waiting)),
            .extensionUse(Samples.extensionUse(1)), .extensionUse(Samples.extensionUse(2)),
        ]
    }

    private static var advertising: AdvertisingInterface {
        AdvertisingInterface(
            name: "eth1", address: IPv4Address(10, 0, 1, 254), prefixLength: 24, destination: IPv4Address(224, 0, 0, 1),
            maximumRegistrationLifetime: 1800, maximumInterval: 10, minimumInterval: 7, advertisementLifetime: 30,
            onlyOnSolicitation: false, includesPrefixLength: true, flags: [.homeAgent, .foreignAgent, .reverseTunnel],
            careOfAddresses: [IPv4Address(192, 0, 2, 1)], challengeLength: 16, interfaceIndex: 3, sequence: 300,
            advertisementsSent: 120, advertisementsSentForSolicitation: 4, solicitationsReceived: 5, recent: Samples.start,
            storage: nil)
    }

    /// An agent that plays every role, with rows of every kind.
    static func whole() async throws -> Scene {
        var information = Samples.information(roles: [.homeAgent, .foreignAgent, .mobileNode])
        information.dataPlane = "userSpace"
        information.careOfAddresses.sort()
        return try await Scene(allRows, information: information)
    }

    init(
        _ rows: [StateChange] = rows, information: AgentInformation = Samples.information(), name: String = "home"
    ) async throws {
        directory = try TemporaryDirectory()
        // The name in its configuration, in that of mip-mibd and of its socket's file, so that every source shows the same one.
        var information = information
        information.name = name
        information.keepsChanges = true
        if information.roles.contains(.homeAgent) { (information.durability, information.starts) = ("process", 3) }
        agent = ScriptedAgent(
            socketPath: directory.file("home.sock"), information: information, rows: rows, uptime: 3 * 3600 + 30)
        try await agent.start()
    }

    var socket: String { directory.file("home.sock") }

    func run(_ arguments: [String]) async throws -> (status: Int32, output: String, errors: String) {
        try await Self.run(arguments + ["--socket", socket])
    }

    static func run(
        _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> (status: Int32, output: String, errors: String) {
        // On a busy machine a reply can take several seconds.
        let settings = ["COLUMNS": "80", "MIP_MIB_TIMEOUT": "90"].merging(environment) { $1 }
        return try await ChildProcess.run(
            BuiltProducts.path(of: "mip-mib"), arguments, environment: settings, within: .seconds(120))
    }
}
