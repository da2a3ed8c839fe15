import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Service selection at a home agent")
struct HomeAgentServiceTests {
    /// Extension 151 (RFC 5446 §3).
    private static func selection(_ name: String) -> [UInt8] { [151, UInt8(name.utf8.count)] + Array(name.utf8) }

    private static func service(_ name: String) throws -> ServiceIdentifier { try #require(ServiceIdentifier(name)) }

    /// A home agent that offers `ims` to everyone and `voip` to alice and to a realm.
    private static func configuration(
        _ associations: [ConfiguredSecurityAssociation] = [Lab.association(), Lab.ofForeignAgent],
        _ change: (inout HomeAgentConfiguration) -> Void = { _ in }
    ) throws -> MobilityAgentConfiguration {
        let allowed = ["alice@example.net", "@voip.example"].compactMap { NAIPattern($0) }
        let services = [ServicePolicy(try service("ims")), ServicePolicy(try service("voip"), allowed: allowed)]
        return Lab.homeAgentConfiguration(associations) {
            $0.services = services
            change(&$0)
        }
    }

    private static func ask(
        _ bench: inout Bench, _ change: (inout Request) -> Void = { _ in }
    ) -> (request: Request, sent: [UInt8]?) {
        let request = Request(bench, change)
        return (request, bench.receive(request.octets)?.payload)
    }

    // MARK: - Worked examples

    private static let request =
        "01020708c000020ac0000201c6336401e90b5a80123456788311616c696365406578616d706c652e6e65749703696d732014000001009a724f731199"
        + "5757f3dc6dcb3a46a730"
    private static let acceptance =
        "03000708c000020ac0000201e90b5a80123456788311616c696365406578616d706c652e6e65749703696d73201400000100726f780e52e8b829c67a"
        + "72e86582abae"
    private static let refusal =
        "03970000c000020ac0000201e90b5a80123456788311616c696365406578616d706c652e6e65742014000001003aaf63fa2106929a9647c0042adbb"
        + "cab"

    @Test("The published request is accepted with the published reply, which repeats the service")
    func publishedAcceptance() throws {
        var bench = Bench(try Self.configuration([PublishedLab.ofNode]))
        let sent = bench.receive(try PublishedLab.octets(Self.request), from: Lab.foreignAgent)
        #expect(sent?.payload == (try PublishedLab.octets(Self.acceptance)))
        #expect(bench.bindings.map(\.service) == [ServiceIdentifier("ims")])
        #expect(bench.home.serviceRequests == 1 && bench.home.serviceRefusals == 0)
    }

    @Test("The published request to a home agent that does not offer the service is refused with the published reply")
    func publishedRefusal() throws {
        var bench = Bench(
            Lab.homeAgentConfiguration([PublishedLab.ofNode]) {
                $0.services = ServiceIdentifier("voip").map { [ServicePolicy($0)] } ?? []
            })
        let sent = bench.receive(try PublishedLab.octets(Self.request), from: Lab.foreignAgent)
        #expect(try PublishedLab.published(sent?.payload) == (try PublishedLab.octets(Self.refusal)))
        #expect(bench.bindings.isEmpty)
        #expect(bench.home.serviceRequests == 1 && bench.home.serviceRefusals == 1)
    }

    // MARK: - Policy

    /// The node's NAI, what it selects, the default service, and the service of its binding; nil for a refusal.
    private static let policies: [(nai: String?, selects: String?, fallback: String?, granted: String?)] = [
        (nil, "ims", nil, "ims"), (nil, "voip", nil, nil), ("alice@Example.NET", "voip", nil, "voip"),
        ("Alice@example.net", "voip", nil, nil), ("bob@voip.example", "voip", nil, "voip"), ("bob@example.net", "voip", nil, nil),
        (nil, "IMS", nil, nil), (nil, "none", "ims", nil), (nil, nil, "ims", "ims"), (nil, nil, "voip", nil),
        ("alice@example.net", nil, "voip", "voip"), ("alice@example.net", "ims", "voip", "ims"),
        // No service at all.
        (nil, nil, nil, ""),
    ]

    @Test("A node gets the service that it selects, or the default one, if it may use it; otherwise 151", arguments: policies)
    func policy(_ example: (nai: String?, selects: String?, fallback: String?, granted: String?)) throws {
        let nai = example.nai.flatMap { NetworkAccessIdentifier($0) }
        let association = nai.map { Lab.association(.nai($0)) } ?? Lab.association()
        var bench = Bench(
            try Self.configuration([association]) { $0.defaultService = example.fallback.flatMap { ServiceIdentifier($0) } })
        let (_, sent) = Self.ask(&bench) {
            $0.nai = nai
            $0.before = example.selects.map { Self.selection($0) } ?? []
        }
        let reply = try #require(sent)
        #expect(reply[1] == (example.granted == nil ? 151 : 0))
        #expect(bench.bindings.map(\.service) == (example.granted.map { [ServiceIdentifier($0)] } ?? []))
        let echo = reply.extensionsOfReply.filter { $0.type == 151 }.map { $0.data }
        let selected = example.selects.map { [Array($0.utf8)] } ?? []
        #expect(echo == (example.granted == nil ? [] : selected))
    }

    /// What the key of a node is for, the identifier in its request, whether its address is assigned to alice, and the code.
    private static let claims: [(peer: PeerIdentity, claimed: String, isAssigned: Bool, code: UInt8)] = [
        (.address(Lab.home), "alice@example.net", false, 151), (.address(Lab.home), "alice@example.net", true, 0),
        (.address(Lab.home), "bob@voip.example", true, 151),
        (.prefix(IPv4Prefix(host: Lab.home)), "alice@example.net", false, 151),
        (.prefix(IPv4Prefix(host: Lab.home)), "alice@example.net", true, 151),
    ]

    @Test(
        "A node with a key by address may use what an identifier may only if its address is assigned to that", arguments: claims)
    func unproven(_ example: (peer: PeerIdentity, claimed: String, isAssigned: Bool, code: UInt8)) throws {
        let (alice, claimed) = (try #require(Lab.alice), try #require(NetworkAccessIdentifier(example.claimed)))
        var bench = Bench(
            try Self.configuration([Lab.association(example.peer)]) {
                if example.isAssigned { $0.addressesByNAI = [alice: Lab.home] }
            })
        let (_, sent) = Self.ask(&bench) { ($0.nai, $0.before) = (claimed, Self.selection("voip")) }
        #expect(try Reply(try #require(sent)).code == example.code)
        #expect(bench.bindings.map(\.service) == (example.code == 0 ? [ServiceIdentifier("voip")] : []))
    }

    @Test("A service in another normal form is the same, and repeated as the node wrote it")
    func normalForm() throws {
        let cafe = try Self.service("café")
        var bench = Bench(try Self.configuration { $0.services = [ServicePolicy(cafe)] })
        let octets = Self.selection("cafe\u{301}")
        let (_, sent) = Self.ask(&bench) { $0.before = octets }
        #expect(sent?.extensionsOfReply.first { $0.type == 151 }?.data == Array(octets.dropFirst(2)))
        #expect(bench.bindings.map(\.service) == [cafe])
    }

    @Test("A refused service ends the bindings of the node")
    func ended() throws {
        var bench = Bench(try Self.configuration())
        _ = Self.ask(&bench) { $0.before = Self.selection("ims") }
        bench.advance(seconds: 1)
        _ = Self.ask(&bench) { ($0.careOfAddress, $0.flags) = (Lab.otherCareOf, [.decapsulationByMN, .simultaneousBindings]) }
        #expect(bench.bindings.count == 2)
        bench.advance(seconds: 1)
        let (_, sent) = Self.ask(&bench) { $0.before = Self.selection("none") }
        #expect(sent?[1] == 151)
        #expect(bench.bindings.isEmpty)
        #expect(bench.mobileNodes.first?.servingSince == nil)
    }

    @Test("A request that is not in sequence ends nothing, whatever service it selects, and a node may leave with any service")
    func harmless() throws {
        var bench = Bench(try Self.configuration())
        _ = Self.ask(&bench)
        let old = Identification(rawValue: 1)
        let (_, replayed) = Self.ask(&bench) { ($0.identification, $0.before) = (old, Self.selection("none")) }
        #expect(replayed?[1] == 133)
        #expect(bench.bindings.count == 1)
        bench.advance(seconds: 1)
        let (_, left) = Self.ask(&bench) { ($0.lifetime, $0.before) = (0, Self.selection("none")) }
        #expect(left?[1] == 0)
        #expect(bench.home.serviceRefusals == 0)
    }

    @Test("A selection that is empty, not UTF-8 or there twice is refused with 134")
    func malformed() throws {
        for wish in [[151, 0], [151, 2, 0xFF, 0xFE], Self.selection("ims") + Self.selection("ims")] as [[UInt8]] {
            var bench = Bench(try Self.configuration())
            let (_, sent) = Self.ask(&bench) { $0.before = wish }
            #expect(sent?[1] == 134)
            #expect(bench.bindings.isEmpty)
        }
    }

    @Test("A service that the foreign agent has added is repeated to that agent, after the node's authenticator")
    func added() throws {
        var bench = Bench(try Self.configuration())
        let request = Request(visiting: bench) {
            ($0.after, $0.signatures) = (Self.selection("ims"), [(.foreignHomeAuthentication, Lab.ofForeignAgent)])
        }
        let sent = bench.receive(request.octets, from: Lab.foreignAgent)
        let expected = Answer(to: request) { ($0.after, $0.signatures) = (Self.selection("ims"), [Lab.ofForeignAgent]) }.octets
        #expect(sent?.payload == expected)
        #expect(bench.bindings.map(\.service) == [ServiceIdentifier("ims")])
    }

    @Test("A selection that nobody has signed is ignored")
    func unsigned() throws {
        var bench = Bench(try Self.configuration([Lab.association()]))
        let (request, sent) = Self.ask(&bench) { $0.after = Self.selection("none") }
        #expect(sent == Answer(to: request).octets)
        #expect(bench.home.unsignedExtensionsIgnored == 1)
    }

    @Test("Without the setting or without services, a selection is skipped")
    func off() throws {
        var off = try Self.configuration { $0.defaultService = ServiceIdentifier("ims") }
        off.settings.discovery.serviceSelection = false
        for configuration in [off, Lab.homeAgentConfiguration()] {
            var bench = Bench(configuration)
            let (request, sent) = Self.ask(&bench) { $0.before = Self.selection("none") }
            #expect(sent == Answer(to: request).octets)
            #expect(bench.home.extensionsSkipped == 1)
            #expect(bench.bindings.map(\.service) == [nil])
        }
    }

    // MARK: - Addresses

    @Test("A node gets its address from the pool of its service, and another one for another service once it has left")
    func pools() throws {
        let alice = try #require(Lab.alice)
        let own = try #require(IPv4AddressRange("192.0.2.50-192.0.2.59"))
        let ofService = try #require(IPv4AddressRange("192.0.2.60-192.0.2.60"))
        let voip = ServicePolicy(try Self.service("voip"), addressPool: [ofService])
        let services = [ServicePolicy(try Self.service("ims")), voip]
        var bench = Bench(
            try Self.configuration([Lab.association(.nai(alice))]) { ($0.addressPool, $0.services) = ([own], services) })
        func address(_ name: String?) throws -> IPv4Address {
            bench.advance(seconds: 1)
            let (_, sent) = Self.ask(&bench) {
                ($0.nai, $0.homeAddress) = (alice, .zero)
                $0.before = name.map { Self.selection($0) } ?? []
            }
            return try Reply(try #require(sent)).fixed.homeAddress
        }
        #expect(try address(nil) == own.first)
        // It keeps its address while it has a binding.
        #expect(try address("voip") == own.first)
        bench.advance(seconds: 3600)
        #expect(try address("voip") == ofService.first)
        bench.advance(seconds: 3600)
        #expect(try address("voip") == ofService.first)
        bench.advance(seconds: 3600)
        // An address that was given up is used again.
        #expect(try address("ims") == own.first)
        #expect(bench.bindings.map(\.homeAddress) == [own.first])
    }

    /// What the node asks for whose own pool and service have different addresses, and the code of the refusal.
    private static let refusals: [(isUsed: Bool, flags: RegistrationFlags, code: UInt8)] = [
        (true, .decapsulationByMN, 130), (false, [.decapsulationByMN, .gre], 139),
        (false, [.decapsulationByMN, .reverseTunnel], 137),
    ]

    @Test("A node that is refused another service keeps its address", arguments: refusals)
    func keepsAddress(_ example: (isUsed: Bool, flags: RegistrationFlags, code: UInt8)) throws {
        let (alice, bob) = (try #require(Lab.alice), try #require(NetworkAccessIdentifier("bob@example.net")))
        let own = try #require(IPv4AddressRange("192.0.2.50-192.0.2.50"))
        let ofService = try #require(IPv4AddressRange("192.0.2.60-192.0.2.60"))
        let voip = ServicePolicy(try Self.service("voip"), addressPool: [ofService])
        var bench = Bench(
            try Self.configuration([Lab.association(.nai(alice)), Lab.association(.nai(bob))]) {
                ($0.addressPool, $0.services, $0.reverseTunnel) = ([own], [voip], .unavailable)
            })
        func ask(
            _ nai: NetworkAccessIdentifier, _ name: String?, _ flags: RegistrationFlags = .decapsulationByMN
        ) throws -> Reply {
            bench.advance(seconds: 1)
            let (_, sent) = Self.ask(&bench) {
                ($0.nai, $0.homeAddress, $0.flags) = (nai, .zero, flags)
                $0.before = name.map { Self.selection($0) } ?? []
            }
            return try Reply(try #require(sent))
        }
        #expect(try ask(alice, nil).fixed.homeAddress == own.first)
        bench.advance(seconds: 3600)
        if example.isUsed {
            let used = try ask(bob, "voip")
            #expect(used.fixed.homeAddress == ofService.first)
        }
        #expect(try ask(alice, "voip", example.flags).code == example.code)
        #expect(bench.mobileNodes.contains { $0.homeAddress == own.first })
        #expect(try ask(bob, nil).code == (example.isUsed ? 0 : 130))
        let again = try ask(alice, nil)
        #expect(again.code == 0 && again.fixed.homeAddress == own.first)
    }
}
