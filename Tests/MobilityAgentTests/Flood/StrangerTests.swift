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
        book.use(advertised, by: node, isVerified: true)
        let offered = book.offer(to: node, random: &random)
        for number in 0..<1000 as Range<UInt32> {
            _ = book.offer(to: .address(IPv4Address(rawValue: 0x0A00_0000 + number)), random: &random)
        }
        #expect(book.judge(offered, of: node, on: Lab.foreignAgent.address) == .good)
        #expect(book.judge(advertised, of: node, on: Lab.foreignAgent.address) == .stale)
    }

    @Test(
        "Requests that nobody has verified do not make their senders nodes that have answered a challenge",
        arguments: [true, false])
    func unverifiedAnswers(isAccepted: Bool) throws {
        var bench = Bench(
            Lab.foreignAgentConfiguration([Lab.ofHomeAgent]) {
                $0.challenge = ChallengePolicy(authentication: .mobileAAA)
                $0.settings.limits.maximumVisitors = 8
            })
        let next = bench.agent.nextChallenge(on: Lab.foreignAgent.address)
        let advertised = try #require(next)
        func request(_ home: IPv4Address, _ challenge: [UInt8]) -> Request {
            var request = Request(visiting: bench) { $0.homeAddress = home }
            request.after.append(challenge: challenge)
            request.after.sign(.generalizedAuthentication, ChallengeCase.ofServer)
            return request
        }
        func send(_ request: Request) throws -> OutgoingDatagram? {
            bench.receive(request.octets, from: TransportEndpoint(request.homeAddress, port: 434), to: Lab.foreignAgent)
        }
        let first = request(Lab.home, advertised)
        #expect(try send(first)?.destination == Lab.homeAgent)
        var answer = Answer(to: first) { if !isAccepted { $0.code = 131 } }
        answer.after.append(challenge: advertised)
        answer.signatures = [Lab.ofHomeAgent]
        let delivered = try #require(try Reply(bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)))
        let offered = try #require(delivered.challenge)
        for number in 0..<20 as Range<UInt32> {
            #expect(try send(request(IPv4Address(rawValue: 0x0A00_0001 + number), advertised))?.destination == Lab.homeAgent)
        }
        bench.advance(seconds: 1)
        let second = try send(request(Lab.home, offered))
        #expect((second?.destination == Lab.homeAgent) == isAccepted)
    }

    @Test("Foreign agents that nobody knows evict no known violator, although the request that they relay is a known node's")
    func unknownForeignAgents() throws {
        var configuration = Lab.homeAgentConfiguration()
        configuration.maximumViolators = 32
        var bench = Bench(configuration)
        #expect(try Self.forge(&bench, 10) == 131)
        let request = Request(bench)
        bench.receive(request.octets)
        let copy = Request(bench) {
            $0.identification = request.identification
            $0.signatures = [(.foreignHomeAuthentication, Lab.ofForeignAgent)]
        }
        for number in 0..<100 as Range<UInt32> {
            bench.receive(copy.octets, from: TransportEndpoint(IPv4Address(rawValue: 0x0A00_0001 + number), port: 434))
        }
        #expect(bench.home.discards[.noForeignHomeAssociation] == 100)
        #expect(bench.violations.count == 32)
        #expect(bench.violations.contains { $0.violator == .address(Lab.home) })
    }

    @Test(
        "A denial of a node that has authenticated itself is counted for it, and never as that of a stranger",
        arguments: [false, true])
    func authenticatedDenials(isByNAI: Bool) throws {
        let alice = try #require(Lab.alice)
        let pool = try #require(IPv4AddressRange(first: IPv4Address(192, 0, 2, 100), last: IPv4Address(192, 0, 2, 101)))
        let association = Lab.association(isByNAI ? .nai(alice) : .prefix(try #require(Self.network)))
        var bench = Bench(Lab.homeAgentConfiguration([association]) { $0.addressPool = isByNAI ? [pool] : [] })
        func ask(late: Int64) throws -> UInt8? {
            let request = Request(bench) {
                if isByNAI { ($0.homeAddress, $0.nai) = (.zero, alice) }
                $0.identification = $0.identification.adding(seconds: -late)
            }
            return try Reply(bench.receive(request.octets))?.code
        }
        #expect(try ask(late: 100) == 133)
        // Without an address, there is nothing to keep a row for yet.
        #expect(bench.mobileNodes.map(\.denied) == (isByNAI ? [] : [1]))
        #expect(try ask(late: 0) == 0)
        #expect(try ask(late: 100) == 133)
        #expect(bench.mobileNodes.map(\.denied) == [isByNAI ? 1 : 2])
        #expect(bench.home.strangersDenied == 0)
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
