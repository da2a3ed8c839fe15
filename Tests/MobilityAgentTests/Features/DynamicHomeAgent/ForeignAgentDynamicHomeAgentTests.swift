import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Requests for any home agent at a foreign agent")
struct ForeignAgentDynamicHomeAgentTests {
    private static let other = IPv4Address(203, 0, 113, 80)
    private static let third = IPv4Address(203, 0, 113, 81)

    /// Extension 139, Sub-Type 1 (RFC 4433 §3.4), in the form of the RFC or in the short one that some senders use.
    private static func requested(_ address: IPv4Address, isShort: Bool = false) -> [UInt8] {
        let (a, b, c, d) = address.octets
        return isShort ? [139, 5, 1, a, b, c, d] : [139, 1, 0, 4, a, b, c, d]
    }

    /// Extension 136, Sub-Type 1 (RFC 3846 §4).
    private static func identity(_ text: String) -> [UInt8] { [136, UInt8(text.utf8.count + 1), 1] + Array(text.utf8) }

    private static func ask(
        _ bench: inout Bench, _ change: (inout Request) -> Void
    ) -> (request: Request, sent: OutgoingDatagram?) {
        let request = Request(visiting: bench, change)
        return (request, bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent))
    }

    @Test(
        "A request is relayed to the home agent that it requests, whatever its Home Agent field, and as the node wrote it",
        arguments: [.zero, .limitedBroadcast, Lab.homeAgent.address, other] as [IPv4Address], [false, true])
    func requestedHomeAgent(field: IPv4Address, isShort: Bool) {
        var bench = Bench(Lab.foreignAgentConfiguration { $0.defaultHomeAgent = Lab.homeAgent.address })
        let (request, sent) = Self.ask(&bench) {
            ($0.homeAgent, $0.homeAddress, $0.nai) = (field, .zero, Lab.alice)
            $0.before = Self.requested(Self.other, isShort: isShort)
        }
        #expect(sent?.destination == TransportEndpoint(Self.other, port: 434))
        #expect(sent?.payload == request.octets)
        #expect(bench.pending.map(\.homeAgent) == [Self.other])
        #expect(bench.foreign.dynamicRequests == (field == .zero || field == .limitedBroadcast ? 1 : 0))
        #expect(bench.foreign.dynamicRequestsWithHomeAgent == 1)
    }

    @Test(
        "A requested home agent to which nothing can be relayed is refused with 90, even if the Home Agent field has one",
        arguments: [
            requested(.zero), requested(IPv4Address(224, 0, 0, 5)), requested(IPv4Address(240, 0, 0, 1)),
            requested(.limitedBroadcast), requested(IPv4Address(127, 0, 0, 1)), requested(IPv4Address(0, 1, 2, 3)),
            requested(Lab.foreignAgent.address), [139, 1, 0, 3, 203, 0, 113],
        ] as [[UInt8]])
    func unroutable(wish: [UInt8]) throws {
        for field in [IPv4Address.zero, Lab.homeAgent.address] {
            var bench = Bench(Lab.foreignAgentConfiguration { $0.defaultHomeAgent = Lab.homeAgent.address })
            let (_, sent) = Self.ask(&bench) { ($0.homeAgent, $0.before) = (field, wish) }
            let reply = try #require(try Reply(sent))
            #expect(reply.code == 90)
            #expect(reply.fixed.homeAgent == field)
            #expect(bench.visitors.isEmpty)
            #expect(bench.everythingIsAccountedFor)
        }
    }

    @Test("A home agent of the same process is reached at an address of the foreign agent")
    func sameProcess() {
        var configuration = Lab.foreignAgentConfiguration { $0.homeAgentPort = 4434 }
        let endpoint = TransportEndpoint(Lab.foreignAgent.address, port: 4434)
        configuration.homeAgent = HomeAgentConfiguration(
            endpoints: [endpoint], homeNetworks: Lab.homeNetwork.map { [$0] } ?? [])
        var bench = Bench(configuration)
        let (_, sent) = Self.ask(&bench) {
            ($0.homeAgent, $0.before) = (.zero, Self.requested(Lab.foreignAgent.address))
        }
        #expect(sent?.destination == endpoint)
    }

    @Test("A home agent requested behind the part for the home agent is ignored")
    func misplaced() {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let (_, sent) = Self.ask(&bench) { $0.after = Self.requested(Self.other) }
        #expect(sent?.destination == Lab.homeAgent)
        #expect(bench.foreign.unsignedExtensionsIgnored == 1)
        #expect(bench.foreign.dynamicRequestsWithHomeAgent == 0)
    }

    /// The requested home agent, the identity of a home agent, and to which home agent such a request for any goes.
    private static let choices: [(IPv4Address?, String?, String, IPv4Address?)] = [
        (third, "ha1@example.net", "alice@example.net", third),
        (nil, "ha1@EXAMPLE.net", "alice@example.net", other),
        (nil, "ha2@example.net", "alice@example.net", Lab.homeAgent.address),
        (nil, nil, "alice@Example.NET", Lab.homeAgent.address),
        (nil, nil, "alice@example.org", third),
        (nil, nil, "alice", third),
    ]

    @Test(
        "A request for any home agent goes to the one that it requests, else by its identity, the node's realm, or the default",
        arguments: choices)
    func choice(requested: IPv4Address?, identity: String?, name: String, expected: IPv4Address?) throws {
        let known = try #require(NetworkAccessIdentifier("ha1@example.net"))
        let realm = try #require(Realm("example.net"))
        var bench = Bench(
            Lab.foreignAgentConfiguration {
                $0.homeAgentsByIdentity = [known: Self.other]
                $0.homeAgentsByRealm = [realm: [Lab.homeAgent.address]]
                $0.defaultHomeAgent = Self.third
            })
        let (_, sent) = Self.ask(&bench) {
            ($0.homeAgent, $0.homeAddress, $0.nai) = (.limitedBroadcast, .zero, NetworkAccessIdentifier(name))
            $0.before = (requested.map { Self.requested($0) } ?? []) + (identity.map(Self.identity) ?? [])
        }
        #expect(sent?.destination.address == expected)
    }

    @Test("A node always gets the same of its realm's home agents, and the nodes of the realm get all of them")
    func realm() throws {
        let realm = try #require(Realm("example.net"))
        let homeAgents = [Lab.homeAgent.address, Self.other, Self.third]
        let configuration = Lab.foreignAgentConfiguration {
            $0.homeAgentsByRealm = [realm: homeAgents]
        }
        func destinations(_ realm: String) -> [IPv4Address] {
            var bench = Bench(configuration)
            return (0..<60).compactMap { number in
                Self.ask(&bench) {
                    ($0.homeAgent, $0.homeAddress) = (.zero, .zero)
                    $0.nai = NetworkAccessIdentifier("node\(number)@\(realm)")
                }.sent?.destination.address
            }
        }
        let chosen = destinations("example.net")
        #expect(chosen.count == 60 && Set(chosen) == Set(homeAgents))
        #expect(destinations("EXAMPLE.NET") == chosen)
    }

    /// What the home agents that may be used are, whether unproven ones are served, the requested home agent, and the code (nil: relayed).
    private static let limited: [(String?, UInt32, IPv4Address, UInt8?)] = [
        ("192.0.2.0/24", 64, other, 65), ("203.0.113.80/32", 64, other, nil), (nil, 0, other, 65), (nil, 64, other, nil),
        // It is named by the configuration.
        ("192.0.2.0/24", 64, third, nil), (nil, 0, third, nil),
    ]

    @Test("The limits of what is relayed hold for requested home agents too", arguments: limited)
    func limits(list: String?, rate: UInt32, requested: IPv4Address, code: UInt8?) throws {
        let realm = try #require(Realm("example.net"))
        let prefixes = list.flatMap { IPv4Prefix($0) }.map { [$0] } ?? []
        var bench = Bench(
            Lab.foreignAgentConfiguration {
                $0.homeAgents = prefixes
                $0.homeAgentsByRealm = [realm: [Self.third]]
                $0.settings.foreignAgent.unprovenHomeAgentRate = rate
            })
        let (_, sent) = Self.ask(&bench) { ($0.homeAgent, $0.before) = (.zero, Self.requested(requested)) }
        if let code {
            #expect(try Reply(sent)?.code == code)
        } else {
            #expect(sent?.destination.address == requested)
        }
    }

    @Test("Without a home agent for a request for any, the foreign agent answers with 90, as in the published example")
    func published() throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let (request, sent) = Self.ask(&bench) {
            ($0.homeAgent, $0.homeAddress, $0.nai) = (.limitedBroadcast, .zero, Lab.alice)
            $0.identification = Identification(high: 0xE90B_5A80, low: 0x1234_5678)
        }
        // The example leaves out the node's identifier, and has a lifetime of 0 where this agent repeats that of the request.
        var expected = try #require(Hexadecimal.octets("035a000000000000ffffffffe90b5a8012345678"))
        (expected[2], expected[3]) = (UInt8(request.lifetime >> 8), UInt8(request.lifetime & 0xFF))
        expected.append(naiExtension: try #require(Lab.alice))
        #expect(sent?.payload == expected)
    }

    @Test("With the search for home agents off, the extension is skipped, and the default is the destination")
    func off() {
        var bench = Bench(
            Lab.foreignAgentConfiguration {
                $0.defaultHomeAgent = Lab.homeAgent.address
                $0.settings.discovery.dynamicHomeAgent = false
            })
        let (request, sent) = Self.ask(&bench) { ($0.homeAgent, $0.before) = (.zero, Self.requested(Self.other)) }
        #expect(sent?.destination == Lab.homeAgent)
        #expect(sent?.payload == request.octets)
        #expect(bench.foreign.extensionsSkipped == 1)
        #expect(bench.foreign.dynamicRequestsWithHomeAgent == 0)
    }

    @Test("A visitor is listed with the home agent and the address that it gets, also in place of the one that it wished for")
    func assigned() throws {
        let assigned = IPv4Address(192, 0, 2, 99)
        var bench = Bench(Lab.foreignAgentConfiguration { $0.defaultHomeAgent = Lab.homeAgent.address })
        for wish in [IPv4Address.zero, Lab.home] {
            let (request, _) = Self.ask(&bench) { ($0.homeAgent, $0.homeAddress, $0.nai) = (.zero, wish, Lab.alice) }
            let answer = Answer(to: request) { $0.homeAddress = assigned }
            let sent = bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
            #expect(sent?.payload == answer.octets)
            #expect(bench.visitors.map(\.homeAddress) == [assigned])
            #expect(bench.visitors.map(\.homeAgent) == [Lab.homeAgent.address])
            bench.advance(seconds: 1)
        }
    }

    @Test("The home address of a request for a requested home agent is a wish, whatever the Home Agent field")
    func wish() {
        let assigned = IPv4Address(192, 0, 2, 99)
        var bench = Bench(Lab.foreignAgentConfiguration())
        let (request, _) = Self.ask(&bench) {
            ($0.homeAgent, $0.nai, $0.before) = (Self.other, Lab.alice, Self.requested(Self.other))
        }
        let answer = Answer(to: request) { ($0.homeAddress, $0.homeAgent) = (assigned, Self.other) }
        let sent = bench.receive(answer.octets, from: TransportEndpoint(Self.other, port: 434), to: Lab.foreignAgent)
        #expect(sent?.payload == answer.octets)
        #expect(bench.visitors.map(\.homeAddress) == [assigned])
    }

    @Test("A violation and a denial name the home agent that was asked, not that of the Home Agent field")
    func named() {
        let association = Lab.association(.address(Self.other), .homeAgent, spi: Lab.foreignSPI, key: Lab.foreignKey)
        var bench = Bench(Lab.foreignAgentConfiguration([association]))
        let (request, _) = Self.ask(&bench) { $0.before = Self.requested(Self.other) }
        #expect(request.homeAgent == Lab.homeAgent.address)
        // The home agent must sign its reply.
        bench.receive(Answer(to: request).octets, from: TransportEndpoint(Self.other, port: 434), to: Lab.foreignAgent)
        for kind in [AgentEventKind.securityViolation, .registrationDenied] {
            #expect(bench.events.filter { $0.kind == kind }.map(\.homeAgent) == [Self.other])
        }
    }

    @Test("A redirection is relayed as it is, and the node's next request goes to the other home agent")
    func redirected() {
        var bench = Bench(Lab.foreignAgentConfiguration { $0.defaultHomeAgent = Lab.homeAgent.address })
        let (request, _) = Self.ask(&bench) { ($0.homeAgent, $0.homeAddress, $0.nai) = (.zero, .zero, Lab.alice) }
        let answer = Answer(to: request) { ($0.code, $0.lifetime, $0.homeAddress) = (143, 0, .zero) }
        #expect(bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)?.payload == answer.octets)
        #expect(bench.visitors.isEmpty)
        bench.advance(seconds: 1)
        let (_, sent) = Self.ask(&bench) {
            ($0.homeAgent, $0.homeAddress, $0.nai) = (.zero, .zero, Lab.alice)
            $0.before = Self.requested(Self.other)
        }
        #expect(sent?.destination.address == Self.other)
    }

    @Test(
        "A home agent that other hosts cannot have, or that is the foreign agent itself, is an error of the configuration",
        arguments: [
            .zero, .limitedBroadcast, IPv4Address(127, 0, 0, 1), IPv4Address(0, 1, 2, 3), IPv4Address(224, 0, 0, 5),
            Lab.foreignAgent.address,
        ] as [IPv4Address])
    func impossible(address: IPv4Address) {
        let configuration = Lab.foreignAgentConfiguration { $0.defaultHomeAgent = address }
        #expect(configuration.problems.map(\.path) == ["foreignAgent.defaultHomeAgent"])
    }

    @Test("Without a home agent that it can relay to, the foreign agent answers a request for any with 90")
    func unusable() throws {
        for address in [Lab.foreignAgent.address, IPv4Address(224, 0, 0, 5)] {
            var bench = Bench(Lab.foreignAgentConfiguration { $0.defaultHomeAgent = address })
            let (_, sent) = Self.ask(&bench) { $0.homeAgent = .zero }
            #expect(try Reply(sent)?.code == 90)
            #expect(bench.everythingIsAccountedFor)
        }
    }

    @Test("A foreign agent may name the home agent of the same process, and one that listens on loopback others that do")
    func possible() {
        var configuration = Lab.foreignAgentConfiguration {
            $0.homeAgentPort = 4434
            $0.defaultHomeAgent = Lab.foreignAgent.address
        }
        #expect(!configuration.problems.isEmpty)
        configuration.homeAgent = HomeAgentConfiguration(
            endpoints: [TransportEndpoint(Lab.foreignAgent.address, port: 4434)],
            homeNetworks: Lab.homeNetwork.map { [$0] } ?? [])
        #expect(configuration.problems.isEmpty)
        let local = TransportEndpoint(IPv4Address(127, 0, 0, 2), port: 434)
        let laboratory = ForeignAgentConfiguration(
            endpoints: [local], careOfAddresses: [local.address], defaultHomeAgent: IPv4Address(127, 0, 0, 1))
        #expect(MobilityAgentConfiguration(name: "laboratory", foreignAgent: laboratory).problems.isEmpty)
    }

    @Test("Home agents that are not unicast addresses, and realms without any, are errors of the configuration")
    func configuration() throws {
        let identity = try #require(NetworkAccessIdentifier("ha1@example.net"))
        let (realm, empty) = (try #require(Realm("example.net")), try #require(Realm("example.org")))
        let configuration = Lab.foreignAgentConfiguration {
            $0.homeAgentsByIdentity = [identity: .zero]
            $0.homeAgentsByRealm = [realm: [Lab.homeAgent.address, .limitedBroadcast], empty: []]
        }
        let paths = configuration.problems.map(\.path)
        #expect(
            paths == [
                "foreignAgent.homeAgentsByIdentity[ha1@example.net]", "foreignAgent.homeAgentsByRealm[example.net][1]",
                "foreignAgent.homeAgentsByRealm[example.org]",
            ])
    }
}
