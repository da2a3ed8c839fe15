import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

extension Array where Element == UInt8 {
    /// The extension with an NAI; nothing without one.
    static func nai(_ nai: NetworkAccessIdentifier?) -> [UInt8] { nai.map { [131, UInt8($0.octets.count)] + $0.octets } ?? [] }
}

@Suite("Extensions that nobody signed for a home agent")
struct HomeAgentUnsignedTests {
    private static let mallory = NetworkAccessIdentifier("ceo@victim.example")
    private static let insistsOnUDP: [UInt8] = [144, 6, 0, 0, 0x80, 0, 0, 0]
    private static let challenge: [UInt8] = [132, 4, 1, 2, 3, 4]

    /// The extensions whose content a home agent uses.
    private static let used: [[UInt8]] = [.nai(mallory), challenge, insistsOnUDP, VendorExtensionTests.normal]

    private static func makeBench() -> Bench {
        Bench(Lab.homeAgentConfiguration { $0.knownVendorExtensions = VendorExtensionTests.known })
    }

    @Test(
        "An extension behind the node's authenticator changes nothing in the reply, the rows and the events, and is counted",
        arguments: used)
    func behind(_ octets: [UInt8]) throws {
        var (plain, bench) = (Self.makeBench(), Self.makeBench())
        let expected = plain.receive(Request(plain).octets)
        let sent = bench.receive(Request(bench) { $0.after = octets }.octets)
        #expect(sent == expected)
        #expect(bench.bindings == plain.bindings && bench.mobileNodes == plain.mobileNodes)
        #expect(bench.events == plain.events)
        #expect(bench.home.unsignedExtensionsIgnored == 1)
        #expect(plain.home.unsignedExtensionsIgnored == 0)
    }

    @Test("Where the node's authenticator covers them, none of them is counted as unsigned", arguments: used)
    func before(_ octets: [UInt8]) throws {
        var bench = Self.makeBench()
        bench.receive(Request(bench) { $0.before = octets }.octets)
        #expect(bench.home.repliesSent == 1)
        #expect(bench.home.unsignedExtensionsIgnored == 0)
    }

    @Test("Of two NAIs, the one before the authenticator is used")
    func twoNAIs() throws {
        let alice = try #require(Lab.alice)
        var bench = Self.makeBench()
        let request = Request(bench) { ($0.nai, $0.after) = (alice, .nai(Self.mallory)) }
        #expect(try Reply(bench.receive(request.octets))?.scan.nai == alice)
        #expect(bench.bindings.map(\.nai) == [alice] && bench.mobileNodes.map(\.nai) == [alice])
        #expect(bench.home.unsignedExtensionsIgnored == 1)
    }

    @Test("An NAI behind the authenticator selects no association and names no violator")
    func unsignedIdentity() throws {
        let alice = try #require(Lab.alice)
        var bench = Bench(Lab.homeAgentConfiguration([Lab.association(.nai(alice))]) { $0.addressesByNAI = [alice: Lab.home] })
        let request = Request(bench) { ($0.homeAddress, $0.after) = (.zero, .nai(alice)) }
        #expect(bench.receive(request.octets) == nil)
        #expect(bench.home.discards[.noSecurityAssociation] == 1)
        #expect(bench.violations.map(\.violator) == [.address(Lab.careOf)])
    }

    @Test("The NAI of a request with a wrong authenticator is in no row of a mobile node")
    func claimedIdentity() throws {
        var bench = Self.makeBench()
        bench.receive(
            Request(bench) { ($0.nai, $0.association) = (Self.mallory, Lab.association(key: Lab.wrongKey)) }.octets)
        bench.receive(Request(bench).octets)
        #expect(bench.mobileNodes.map(\.nai) == [nil])
    }

    @Test("Between the two authenticators, what the foreign agent signed is used, and an NAI is not")
    func foreignAgentPart() throws {
        var bench = Bench(
            Lab.homeAgentConfiguration(HomeAgentCase.both) { $0.knownVendorExtensions = VendorExtensionTests.known })
        let request = Request(visiting: bench) {
            $0.after = Self.challenge + VendorExtensionTests.normal + .nai(Self.mallory)
            $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)]
        }
        let reply = try #require(try Reply(bench.receive(request.octets, from: Lab.foreignAgent)))
        #expect(reply.code == 0 && reply.challenge == [1, 2, 3, 4])
        #expect(bench.bindings.map(\.nai) == [nil])
        #expect(bench.home.unsignedExtensionsIgnored == 1)

        bench.advance(seconds: 1)
        let insisting = Request(visiting: bench) {
            $0.after = Self.insistsOnUDP
            $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)]
        }
        #expect(try Reply(bench.receive(insisting.octets, from: Lab.foreignAgent))?.code == 142)
    }

    @Test("Behind the foreign agent's authenticator nothing is used")
    func behindForeignAgent() throws {
        var bench = Bench(Lab.homeAgentConfiguration(HomeAgentCase.both))
        var octets = Request(visiting: bench) { $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)] }.octets
        octets += Self.challenge + Self.insistsOnUDP
        let reply = try #require(try Reply(bench.receive(octets, from: Lab.foreignAgent)))
        #expect(reply.code == 0 && reply.challenge == nil)
        #expect(bench.home.unsignedExtensionsIgnored == 2)
    }

    @Test("An unsigned second challenge does not make a request poorly formed")
    func secondChallenge() throws {
        var bench = Self.makeBench()
        let request = Request(bench) { ($0.before, $0.after) = (Self.challenge, [132, 4, 9, 9, 9, 9]) }
        let reply = try #require(try Reply(bench.receive(request.octets)))
        #expect(reply.code == 0 && reply.challenge == [1, 2, 3, 4])
    }

    @Test("An unknown critical vendor extension refuses the request wherever it stands")
    func critical() throws {
        for isBehind in [false, true] {
            var bench = Bench(Lab.homeAgentConfiguration(HomeAgentCase.both))
            var octets = Request(visiting: bench) {
                if !isBehind { $0.after = HomeAgentCase.vendor }
                $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)]
            }.octets
            if isBehind { octets += HomeAgentCase.vendor }
            #expect(try Reply(bench.receive(octets, from: Lab.foreignAgent))?.code == 141)
        }
    }
}
