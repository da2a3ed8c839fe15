import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Identifiers at a foreign agent")
struct ForeignAgentIdentityTests {
    private static let bob = NetworkAccessIdentifier("bob@example.net")

    private static func ask(_ bench: inout Bench, _ change: (inout Request) -> Void) -> Request {
        let request = Request(visiting: bench, change)
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        return request
    }

    @Test("A foreign agent that requires home addresses answers with 96, as in the published example")
    func published() throws {
        var bench = Bench(Lab.foreignAgentConfiguration { $0.requiresHomeAddress = true })
        let request = Request(visiting: bench) {
            ($0.homeAddress, $0.nai) = (.zero, Lab.alice)
            $0.identification = Identification(high: 0xE90B_5A80, low: 0x1234_5678)
        }
        let sent = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        // The example leaves out the node's identifier, and has a lifetime of 0 where this agent repeats that of the request.
        var expected = try #require(Hexadecimal.octets("0360000000000000c0000201e90b5a8012345678"))
        (expected[2], expected[3]) = (UInt8(request.lifetime >> 8), UInt8(request.lifetime & 0xFF))
        expected.append(naiExtension: try #require(Lab.alice))
        #expect(sent?.payload == expected)
    }

    /// The home address in the request, what is missing from the acceptance, and the code that the node gets.
    private static let incomplete: [(IPv4Address, String, UInt8)] = [
        (.zero, "NAI", 97), (Lab.home, "NAI", 97), (.zero, "home agent", 98), (Lab.home, "home agent", 98),
        (.zero, "home address", 99), (Lab.home, "home address", 99),
    ]

    @Test(
        "An acceptance of a node with an NAI that lacks NAI, home agent or home address is replaced by 97, 98 or 99",
        arguments: incomplete)
    func missing(homeAddress: IPv4Address, part: String, code: UInt8) throws {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Self.ask(&bench) { ($0.homeAddress, $0.nai) = (homeAddress, Lab.alice) }
        let answer = Answer(to: request) {
            switch part {
            case "NAI": $0.nai = nil
            case "home agent": $0.homeAgent = .zero
            default: $0.homeAddress = .zero
            }
        }
        let sent = bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        let reply = try #require(try Reply(sent))
        #expect(reply.code == code)
        #expect(reply.fixed.homeAddress == homeAddress && reply.scan.nai == Lab.alice)
        #expect(reply.scan.mobileHome == nil && reply.scan.first(.foreignAgentError) == nil)
        #expect(bench.foreign.repliesSentByCode[ReplyCode(rawValue: code)] == 1)
        #expect(bench.visitors.isEmpty)
        #expect(bench.everythingIsAccountedFor)
    }

    @Test("A denial without the NAI is relayed to the node that asked", arguments: [.zero, Lab.home] as [IPv4Address])
    func denial(homeAddress: IPv4Address) {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Self.ask(&bench) { ($0.homeAddress, $0.nai) = (homeAddress, Lab.alice) }
        let answer = Answer(to: request) { ($0.code, $0.nai, $0.homeAddress) = (130, nil, homeAddress) }
        #expect(bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)?.payload == answer.octets)
        #expect(bench.visitors.isEmpty)
    }

    @Test("A denial with 133 without the NAI is relayed to the node that asked, though it has the home agent's time")
    func mismatch() {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Self.ask(&bench) { ($0.homeAddress, $0.nai) = (.zero, Lab.alice) }
        let answer = Answer(to: request) {
            ($0.code, $0.nai, $0.homeAddress) = (133, nil, .zero)
            $0.identification = Identification(high: request.identification.high &+ 51, low: request.identification.low)
        }
        #expect(bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)?.payload == answer.octets)
        #expect(bench.visitors.isEmpty)
    }

    @Test(
        "A reply is for the node with its home address, even if a neighbor has sent a request with the same identification and NAI",
        arguments: [Lab.homeAgent.address, IPv4Address(203, 0, 113, 80)])
    func neighbor(homeAgent: IPv4Address) throws {
        var bench = Bench(Lab.foreignAgentConfiguration { $0.defaultHomeAgent = homeAgent })
        let first = Self.ask(&bench) { $0.nai = Lab.alice }
        bench.receive(Answer(to: first).octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        bench.advance(seconds: 1)
        let renewal = Self.ask(&bench) { $0.nai = Lab.alice }
        let copy = Request(visiting: bench) {
            ($0.homeAddress, $0.homeAgent, $0.nai) = (IPv4Address(192, 0, 2, 66), .zero, Lab.alice)
            $0.identification = renewal.identification
        }
        bench.receive(copy.octets, from: TransportEndpoint(IPv4Address(192, 0, 2, 66), port: 5002), to: Lab.foreignAgent)
        #expect(bench.pending.count == 2)
        bench.receive(renewal.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let answer = Answer(to: renewal)
        let sent = bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(sent?.payload == answer.octets)
        #expect(sent?.destination == Lab.visitor)
        let accepted = bench.visitors.filter { $0.state == .accepted }
        #expect(accepted.map(\.sourceAddress) == [Lab.visitor.address])
        #expect(accepted.map(\.identification) == [renewal.identification])
    }

    @Test("A reply without the NAI answers no node without a home address if it comes from elsewhere or could be for two of them")
    func ambiguous() {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Self.ask(&bench) { ($0.homeAddress, $0.nai) = (.zero, Lab.alice) }
        let answer = Answer(to: request) { $0.nai = nil }
        let elsewhere = TransportEndpoint(Lab.otherCareOf, port: 434)
        #expect(bench.receive(answer.octets, from: elsewhere, to: Lab.foreignAgent) == nil)
        let second = Self.ask(&bench) { ($0.homeAddress, $0.nai) = (.zero, Self.bob) }
        #expect(second.identification == request.identification)
        #expect(bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent) == nil)
        #expect(bench.foreign.discards[.unmatchedReply] == 2)
        #expect(bench.pending.count == 2)
    }

    @Test("A reply whose NAI differs in the case of the realm answers the node; one whose user part differs does not")
    func caseOfRealm() {
        for (name, isAnswered) in [("alice@EXAMPLE.net", true), ("Alice@example.net", false)] {
            var bench = Bench(Lab.foreignAgentConfiguration())
            let request = Self.ask(&bench) { ($0.homeAddress, $0.nai) = (.zero, Lab.alice) }
            let answer = Answer(to: request) { $0.nai = NetworkAccessIdentifier(name) }
            let sent = bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent)
            #expect((sent?.payload == answer.octets) == isAnswered)
            #expect(bench.visitors.map(\.state) == [isAnswered ? .accepted : .pending])
        }
    }

    @Test("The identities of a home agent and of an AAA server are relayed, and such a request is counted once")
    func passed() {
        var bench = Bench(Lab.foreignAgentConfiguration())
        let request = Request(visiting: bench) {
            $0.nai = Lab.alice
            $0.before = [136, 6, 1] + Array("ha1@x".utf8) + [136, 7, 2] + Array("aaa3@x".utf8)
        }
        let sent = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        #expect(sent?.payload == request.octets)
        #expect(bench.foreign.identitiesPassed == 1)
        #expect(bench.foreign.extensionsSkipped == 0)
    }
}
