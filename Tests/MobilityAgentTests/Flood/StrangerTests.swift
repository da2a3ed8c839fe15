import AgentModel
import MIPTesting
import MobileIPv4
import Testing

@testable import MobilityAgent

/// What an agent remembers about identities that it has not authenticated.
@Suite("Strangers at an agent")
struct StrangerTests {
    private static let network = IPv4Prefix(containing: IPv4Address(192, 0, 2, 0), length: 24)

    /// Sends a request with a wrong authenticator.
    private static func forge(_ bench: inout Bench, _ last: UInt8, nai: NetworkAccessIdentifier? = nil) throws -> UInt8? {
        try Reply(
            bench.receive(
                Request(bench) {
                    ($0.homeAddress, $0.nai) = (IPv4Address(192, 0, 2, last), nai)
                    $0.association = Lab.association(key: Lab.wrongKey)
                }.octets))?.code
    }

    @Test("A node of a prefix gets a row when it authenticates itself, not for a request with a wrong authenticator")
    func rows() throws {
        var bench = Bench(Lab.homeAgentConfiguration([Lab.association(.prefix(try #require(Self.network)))]))
        for last in 20...60 as ClosedRange<UInt8> { #expect(try Self.forge(&bench, last) == 131) }
        #expect(bench.mobileNodes.isEmpty)
        #expect(bench.home.strangersDenied == 41)
        #expect(bench.violations.count == 41)
        #expect(try Reply(bench.receive(Request(bench).octets))?.code == 0)
        #expect(try Self.forge(&bench, 10) == 131)
        #expect(bench.mobileNodes.map(\.homeAddress) == [Lab.home])
        #expect(bench.mobileNodes.first?.denied == 1)
        #expect(bench.home.strangersDenied == 41)
    }

    @Test("A node with an association of its own has a row from its first request on, under its own address only")
    func ownAssociation() throws {
        let alice = try #require(Lab.alice)
        var bench = Bench(Lab.homeAgentConfiguration([Lab.association(), Lab.association(.nai(alice))]))
        #expect(try Self.forge(&bench, 10) == 131)
        #expect(bench.mobileNodes.map(\.homeAddress) == [Lab.home])
        // Anyone can name the identifier of a node together with any address.
        for last in 20...60 as ClosedRange<UInt8> { #expect(try Self.forge(&bench, last, nai: alice) == 131) }
        #expect(bench.mobileNodes.map(\.homeAddress) == [Lab.home])
    }

    @Test("Requests with wrong authenticators take no address of the pool")
    func pool() throws {
        let alice = try #require(Lab.alice)
        let pool = try #require(IPv4AddressRange(first: IPv4Address(192, 0, 2, 100), last: IPv4Address(192, 0, 2, 101)))
        var bench = Bench(
            Lab.homeAgentConfiguration([
                Lab.association(.prefix(try #require(Self.network))), Lab.association(.nai(alice)),
            ]) { $0.addressPool = [pool] })
        for last in 100...101 as ClosedRange<UInt8> { #expect(try Self.forge(&bench, last) == 131) }
        let request = Request(bench) { ($0.homeAddress, $0.nai) = (.zero, alice) }
        let reply = try Reply(bench.receive(request.octets))
        #expect(reply?.code == 0)
        #expect(reply?.fixed.homeAddress == IPv4Address(192, 0, 2, 100))
    }

    @Test("A flood of invented identities evicts neither violators that are known nor those that come again")
    func violators() throws {
        var configuration = Lab.homeAgentConfiguration([Lab.association(), Lab.association(.prefix(try #require(Self.network)))])
        configuration.maximumViolators = 32
        var bench = Bench(configuration)
        #expect(try Self.forge(&bench, 10) == 131)
        for last in 20..<30 as Range<UInt8> { for _ in 0..<3 { _ = try Self.forge(&bench, last) } }
        for number in 0..<2000 as Range<UInt32> {
            bench.receive(Request(bench) { $0.homeAddress = IPv4Address(rawValue: 0x0A00_0000 + number) }.octets)
        }
        let violators = Set(bench.violations.map(\.violator))
        #expect(violators.count == 32)
        for last in [10] + Array(20..<30) as [UInt8] { #expect(violators.contains(.address(IPv4Address(192, 0, 2, last)))) }
    }

    @Test("A flood of alarms about strangers keeps none about a known node from being published, and none of another kind")
    func alarms() throws {
        var configuration = Lab.homeAgentConfiguration([Lab.association(), Lab.association(.prefix(try #require(Self.network)))])
        configuration.maximumAlarmsPerSecond = 5
        var bench = Bench(configuration)
        // Violations that are not answered: there are no denials.
        for number in 0..<100 as Range<UInt32> {
            bench.receive(Request(bench) { $0.homeAddress = IPv4Address(rawValue: 0x0A00_0000 + number) }.octets)
        }
        #expect(try Self.forge(&bench, 50) == 131)
        #expect(bench.events.map(\.kind) == [.registrationDenied])
        for last in 60..<90 as Range<UInt8> { _ = try Self.forge(&bench, last) }
        #expect(bench.events.isEmpty)
        #expect(try Self.forge(&bench, 10) == 131)
        #expect(bench.events.map(\.kind) == [.securityViolation, .registrationDenied])
    }

    @Test("A flood of requests takes no challenge away from a node that has answered one, nor forgets that it has")
    func challenges() {
        var random: any RandomNumberGenerator = SeededGenerator(seed: 1)
        var book = ChallengeBook(ChallengePolicy(window: 1), limit: 100)
        let node = PeerIdentity.address(Lab.home)
        let advertised = book.advertise(on: Lab.foreignAgent.address, length: nil, random: &random)
        book.use(advertised, by: node)
        let offered = book.offer(to: node, random: &random)
        for number in 0..<1000 as Range<UInt32> {
            _ = book.offer(to: .address(IPv4Address(rawValue: 0x0A00_0000 + number)), random: &random)
        }
        #expect(book.judge(offered, of: node, on: Lab.foreignAgent.address) == .good)
        #expect(book.judge(advertised, of: node, on: Lab.foreignAgent.address) == .stale)
    }

    @Test("When very many nodes are denied at once, the others are denied as well")
    func denials() {
        var limiter = DenialLimiter()
        func passes(_ number: UInt32) -> Bool {
            let address = IPv4Address(rawValue: number)
            return limiter.passes(.address(address), at: address, crowding: nil, at: 0)
        }
        for number in 0..<UInt32(DenialLimiter.limit) + 1000 { #expect(passes(number)) }
        #expect(!passes(UInt32(DenialLimiter.limit)))
    }

    @Test("Someone elsewhere who names a node takes no denial away from it")
    func denialElsewhere() {
        var limiter = DenialLimiter()
        let node = PeerIdentity.address(Lab.home)
        let passes = [Lab.careOf, Lab.home, Lab.home].map { limiter.passes(node, at: $0, crowding: nil, at: 0) }
        #expect(passes == [true, true, false])
    }
}
