import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Requests for any home agent at a home agent")
struct HomeAgentDynamicHomeAgentTests {
    private static let other = IPv4Address(192, 0, 2, 2)
    private static let third = IPv4Address(192, 0, 2, 3)

    /// Extension 139 (RFC 4433 §3.4), in the form of the RFC or in the short one that some senders use.
    private static func extension139(_ subtype: UInt8, _ address: IPv4Address, isShort: Bool = false) -> [UInt8] {
        let (a, b, c, d) = address.octets
        return isShort ? [139, 5, subtype, a, b, c, d] : [139, subtype, 0, 4, a, b, c, d]
    }

    /// Extension 136, Sub-Type 1 (RFC 3846 §4).
    private static func identity(_ text: String) -> [UInt8] { [136, UInt8(text.utf8.count + 1), 1] + Array(text.utf8) }

    private static func ask(
        _ bench: inout Bench, to local: TransportEndpoint = Lab.homeAgent, _ change: (inout Request) -> Void = { _ in }
    ) -> (request: Request, sent: OutgoingDatagram?) {
        let request = Request(bench) {
            $0.homeAgent = .zero
            change(&$0)
        }
        return (request, bench.receive(request.octets, to: local))
    }

    // MARK: - Worked examples

    private static let request =
        "010207080000000000000000c6336401e90b5a80123456788311616c696365406578616d706c652e6e65748b010004c00002012014000001008cb87f"
        + "fee17f2cb9b477ed5bbfc88ef9"
    private static let assignment =
        "03000708c000020ac0000201e90b5a80123456788311616c696365406578616d706c652e6e6574201400000100adfb392024eb4e2d671a0aa0b7f200"
        + "a0"
    private static let redirection =
        "038f000000000000c0000201e90b5a80123456788311616c696365406578616d706c652e6e65748b020004c00002022014000001008f397613516cdd"
        + "865ba4a82debc8b2d5"

    private static func published(
        _ change: (inout HomeAgentConfiguration) -> Void
    ) throws -> (bench: Bench, association: ConfiguredSecurityAssociation) {
        let alice = try #require(Lab.alice)
        let association = Lab.association(.nai(alice), key: PublishedLab.key)
        let configuration = Lab.homeAgentConfiguration([association]) {
            $0.addressesByNAI = [alice: Lab.home]
            change(&$0)
        }
        return (Bench(configuration), association)
    }

    @Test("The published request is answered with the published reply, which assigns a home agent and a home address")
    func assigned() throws {
        var (bench, _) = try Self.published { _ in }
        let sent = bench.receive(try PublishedLab.octets(Self.request), from: Lab.foreignAgent)
        #expect(sent?.payload == (try PublishedLab.octets(Self.assignment)))
        #expect(sent?.source == Lab.homeAgent)
        #expect(bench.bindings.map(\.homeAgent) == [Lab.homeAgent.address])
        #expect(bench.home.dynamicRequests == 1)
    }

    @Test("The published request to a home agent that sends its nodes elsewhere is answered with the published redirection")
    func redirected() throws {
        var (bench, association) = try Self.published { $0.redirects = [RedirectRule(homeAgents: [Self.other])] }
        let sent = bench.receive(try PublishedLab.octets(Self.request), from: Lab.foreignAgent)
        #expect(try PublishedLab.published(sent?.payload, by: association) == (try PublishedLab.octets(Self.redirection)))
        #expect(bench.bindings.isEmpty)
        #expect(bench.home.redirects == 1 && bench.home.repliesSentByCode[.haRedirected] == 1)
        #expect(bench.everythingIsAccountedFor)
    }

    // MARK: - The requested home agent

    /// What a request says besides its Home Agent field, and the code of the answer.
    private static let wishes: [(wish: [UInt8], code: UInt8)] = [
        ([], 0), (extension139(1, Lab.homeAgent.address), 0), (extension139(1, Lab.homeAgent.address, isShort: true), 0),
        (extension139(1, other), 136), (extension139(1, other, isShort: true), 136), (extension139(1, Lab.broadcast), 136),
        (extension139(1, Lab.homeAgent.address) + extension139(1, Lab.homeAgent.address), 134),
        ([139, 1, 0, 3, 192, 0, 2], 134), ([139, 1, 0, 5, 192, 0, 2, 1, 0], 134), (extension139(2, other), 0),
    ]

    @Test(
        "A request is served if the home agent that it requests is the one to which it was sent",
        arguments: wishes, [.zero, .limitedBroadcast, Lab.homeAgent.address] as [IPv4Address])
    func requested(_ example: (wish: [UInt8], code: UInt8), field: IPv4Address) throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        let (_, sent) = Self.ask(&bench) { ($0.homeAgent, $0.before) = (field, example.wish) }
        let reply = try #require(try Reply(sent))
        #expect(reply.code == example.code)
        #expect(reply.fixed.homeAgent == Lab.homeAgent.address)
        let isForAny = field != Lab.homeAgent.address
        #expect(bench.home.dynamicRequests == (isForAny ? 1 : 0))
        #expect(bench.home.dynamicRequestsForOther == (isForAny && example.code == 136 ? 1 : 0))
    }

    @Test("A request for any home agent that was sent to the directed broadcast address is answered with 136")
    func broadcast() throws {
        var bench = Bench(Lab.homeAgentConfiguration())
        let (_, sent) = Self.ask(&bench, to: TransportEndpoint(Lab.broadcast, port: 434))
        #expect(try Reply(sent)?.code == 136)
        #expect(bench.bindings.isEmpty)
    }

    @Test("Without the setting, a request for any home agent is answered with 136 and its extension is skipped")
    func off() throws {
        var configuration = Lab.homeAgentConfiguration { $0.redirects = [RedirectRule(homeAgents: [Self.other])] }
        configuration.settings.discovery.dynamicHomeAgent = false
        var bench = Bench(configuration)
        let (_, sent) = Self.ask(&bench) { $0.before = Self.extension139(1, Lab.homeAgent.address) }
        #expect(try Reply(sent)?.code == 136)
        #expect(bench.home.extensionsSkipped == 1)
    }

    // MARK: - Redirection

    /// A rule, the NAI of the node, and whether the rule is about its request.
    private struct RuleCase: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var careOfNetwork: String?
        var realm: String?
        var above: UInt32?
        var nai: String?
        let applies: Bool
    }

    private static let rules = [
        RuleCase(testDescription: "no condition", applies: true),
        RuleCase(testDescription: "the network of the care-of address", careOfNetwork: "203.0.113.0/24", applies: true),
        RuleCase(testDescription: "another network", careOfNetwork: "203.0.114.0/24", applies: false),
        RuleCase(testDescription: "the realm, in other letters", realm: "Example.NET", nai: "alice@example.net", applies: true),
        RuleCase(testDescription: "a subdomain", realm: "example.net", nai: "alice@sub.example.net", applies: false),
        RuleCase(testDescription: "a realm, and no identifier", realm: "example.net", applies: false),
        RuleCase(testDescription: "as many bindings as there are", above: 1, applies: true),
        RuleCase(testDescription: "more bindings than there are", above: 2, applies: false),
        RuleCase(
            testDescription: "one condition of two", careOfNetwork: "203.0.113.0/24", above: 2, applies: false),
    ]

    @Test("A rule applies to the requests that meet all of its conditions", arguments: rules)
    private func rule(_ example: RuleCase) throws {
        let bound = IPv4Address(192, 0, 2, 20)
        var rule = RedirectRule(above: example.above, homeAgents: [Self.other])
        rule.careOfNetwork = example.careOfNetwork.flatMap { IPv4Prefix($0) }
        rule.realm = example.realm.flatMap { Realm($0) }
        var bench = Bench(
            Lab.homeAgentConfiguration([Lab.association(), Lab.association(.address(bound))]) { $0.redirects = [rule] })
        bench.receive(
            Request(bench) { ($0.homeAddress, $0.association) = (bound, Lab.association(.address(bound))) }.octets)
        #expect(bench.bindings.count == 1)
        let (request, sent) = Self.ask(&bench) { $0.nai = example.nai.flatMap { NetworkAccessIdentifier($0) } }
        var expected = Answer(to: request) { ($0.code, $0.association) = (143, nil) }.octets
        expected += Self.extension139(2, Self.other)
        expected.sign(.mobileHomeAuthentication, Lab.association())
        #expect((sent?.payload == expected) == example.applies)
        #expect(try Reply(sent)?.code == (example.applies ? 143 : 0))
    }

    @Test("The first rule that applies determines the home agents")
    func firstRule() throws {
        let rules = [
            RedirectRule(above: 1, homeAgents: [Lab.otherCareOf]), RedirectRule(homeAgents: [Self.other]),
            RedirectRule(homeAgents: [Self.third]),
        ]
        var bench = Bench(Lab.homeAgentConfiguration { $0.redirects = rules })
        let (_, sent) = Self.ask(&bench)
        #expect(sent?.payload.redirection == Self.other)
    }

    @Test("A node that has a binding, leaves, or names the home agent is served here")
    func notRedirected() throws {
        var bench = Bench(Lab.homeAgentConfiguration { $0.redirects = [RedirectRule(homeAgents: [Self.other])] })
        bench.receive(Request(bench).octets)
        #expect(bench.bindings.count == 1)
        let changes: [(inout Request) -> Void] = [
            { $0.lifetime = 300 }, { $0.careOfAddress = Lab.otherCareOf }, { $0.lifetime = 0 },
        ]
        for change in changes {
            bench.advance(seconds: 1)
            let (_, sent) = Self.ask(&bench, change)
            #expect(try Reply(sent)?.code == 0)
        }
        #expect(bench.home.redirects == 0)
    }

    @Test("Only authentic requests that are in sequence are redirected")
    func unauthentic() throws {
        let cases: [((inout Request) -> Void, UInt8)] = [
            ({ $0.association = Lab.association(key: Lab.wrongKey) }, 131),
            ({ $0.identification = Identification(rawValue: 1) }, 133),
        ]
        for (change, code) in cases {
            var bench = Bench(Lab.homeAgentConfiguration { $0.redirects = [RedirectRule(homeAgents: [Self.other])] })
            let (_, sent) = Self.ask(&bench, change)
            #expect(try Reply(sent)?.code == code)
            #expect(bench.home.redirects == 0)
        }
    }

    @Test("A redirected request is not redirected again, and a foreign agent that must sign it does so first")
    func usedUp() throws {
        var bench = Bench(
            Lab.homeAgentConfiguration([Lab.association(), Lab.ofForeignAgent]) {
                $0.redirects = [RedirectRule(homeAgents: [Self.other])]
            })
        var request = Request(visiting: bench) { $0.homeAgent = .zero }
        #expect(try Reply(bench.receive(request.octets, from: Lab.foreignAgent))?.code == 132)
        request.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)]
        let sent = bench.receive(request.octets, from: Lab.foreignAgent)
        let reply = try #require(try Reply(sent))
        #expect(reply.code == 143 && reply.isSigned(.foreignHomeAuthentication, by: Lab.ofForeignAgent))
        #expect(try Reply(bench.receive(request.octets, from: Lab.foreignAgent))?.code == 133)
    }

    @Test("A full home agent redirects if it can, and says that it is full once")
    func full() throws {
        let bound = IPv4Address(192, 0, 2, 20)
        for targets in [[], [Self.other]] as [[IPv4Address]] {
            var bench = Bench(
                Lab.homeAgentConfiguration([Lab.association(), Lab.association(.address(bound))]) {
                    $0.settings.limits.maximumBindings = 1
                    $0.redirectsWhenFull = targets
                })
            bench.receive(
                Request(bench) { ($0.homeAddress, $0.association) = (bound, Lab.association(.address(bound))) }.octets)
            let (_, sent) = Self.ask(&bench)
            #expect(try Reply(sent)?.code == (targets.isEmpty ? 130 : 143))
            #expect(bench.events.map(\.kind) == [.capacityReached, .registrationDenied])
            bench.advance(seconds: 1)
            _ = Self.ask(&bench)
            #expect(bench.events.map(\.kind) == [.registrationDenied])
        }
    }

    @Test("A node that asks for another home agent by its identity is sent there")
    func byIdentity() throws {
        let identities = ["ha2@example.net", "ha1@example.net"].compactMap { NetworkAccessIdentifier($0) }
        let cases: [(String, IPv4Address?)] = [
            ("ha2@Example.Net", Self.other), ("ha1@example.net", nil), ("ha3@example.net", nil),
        ]
        for (asked, target) in cases {
            var bench = Bench(
                Lab.homeAgentConfiguration {
                    $0.identity = identities[1]
                    $0.homeAgentsByIdentity = [identities[0]: Self.other, identities[1]: Self.third]
                })
            let (_, sent) = Self.ask(&bench) { $0.before = Self.identity(asked) }
            #expect(sent?.payload.redirection == target)
            #expect(bench.home.identitiesReceived == (target == nil ? 1 : 0))
        }
    }

    @Test("A redirected node gets no address of the pool")
    func pool() throws {
        let alice = try #require(Lab.alice)
        let bob = try #require(NetworkAccessIdentifier("bob@example.com"))
        let pool = try #require(IPv4AddressRange("192.0.2.50-192.0.2.50"))
        let rule = RedirectRule(realm: Realm("example.net"), homeAgents: [Self.other])
        var bench = Bench(
            Lab.homeAgentConfiguration([Lab.association(.nai(alice)), Lab.association(.nai(bob))]) {
                ($0.addressPool, $0.redirects) = ([pool], [rule])
            })
        for (nai, code) in [(alice, 143), (bob, 0)] as [(NetworkAccessIdentifier, UInt8)] {
            let (_, sent) = Self.ask(&bench) { ($0.homeAddress, $0.nai) = (.zero, nai) }
            let reply = try #require(try Reply(sent))
            #expect(reply.code == code)
            #expect(reply.fixed.homeAddress == (code == 0 ? pool.first : .zero))
        }
    }

    @Test("A node with an identifier is always sent to the same home agent, the others in turn")
    func choice() throws {
        let targets = [Self.other, Self.third, Lab.otherCareOf]
        var bench = Bench(Lab.homeAgentConfiguration { $0.redirects = [RedirectRule(homeAgents: targets)] })
        func sentTo(_ nai: String?) -> IPv4Address? {
            bench.advance(seconds: 1)
            return Self.ask(&bench) { $0.nai = nai.flatMap { NetworkAccessIdentifier($0) } }.sent?.payload.redirection
        }
        for name in 0..<20 {
            let first = sentTo("node\(name)@example.net")
            #expect(first != nil && sentTo("node\(name)@EXAMPLE.net") == first)
        }
        #expect(Set((0..<20).map { sentTo("node\($0)@example.net") }).count == targets.count)
        #expect(Set((0..<3).map { _ in sentTo(nil) }).count == targets.count)
    }
}

extension [UInt8] {
    /// The address in extension 139, Sub-Type 2, of a Registration Reply that redirects; nil for any other reply.
    var redirection: IPv4Address? {
        guard count > 20, self[1] == 143 else { return nil }
        var start = 20
        while start + 8 <= count {
            if self[start] == 139, self[start + 1] == 2, self[start + 2] == 0, self[start + 3] == 4 {
                return IPv4Address(rawValue: word(at: start + 4))
            }
            start += 2 + Int(self[start + 1])
        }
        return nil
    }
}
