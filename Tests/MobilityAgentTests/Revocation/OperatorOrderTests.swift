import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// What an operator ends with one order, and what the other ends read.
@Suite("Orders to revoke")
struct OperatorOrderTests {
    private static let text = "moved to maintenance"
    private static let second = IPv4Address(192, 0, 2, 20)

    /// A foreign agent with two visitors, the second one with a NAI and of another home agent.
    private static func twoVisits() throws -> Bench {
        var bench = RevocationLab.foreignAgent()
        let offer = Offer(timestamp: RevocationLab.start)
        try bench.registerVisitor(offer)
        let other = RevocationLab.otherHomeAgent
        try bench.registerVisitor(offer, by: RevocationLab.ofOtherHomeAgent, from: other) {
            ($0.homeAddress, $0.nai) = (second, Lab.alice)
        }
        #expect(bench.visitors.map(\.revocation) == [.agreedInforming, .agreedInforming])
        bench.advance(seconds: 5)
        return bench
    }

    @Test("The operator's text is in each try, in the row of the exchange and in the event", arguments: Revoker.allCases)
    func text(agent: Revoker) throws {
        var bench = try agent.agreed()
        bench.advance(seconds: 5)
        bench.made(.revoke(RevocationOrder(text: Self.text)))
        #expect(agent.registrations(bench) == 0)
        #expect(bench.events.map { $0.message.hasSuffix("was revoked by an operator: \(Self.text)") } == [true])
        for _ in 0..<2 {
            let sent = try #require(bench.sentRevocations.first)
            let expected = Revocation(fromHome: agent.isHome, sent.identifier) {
                $0.informs = true
                $0.extensions.append(message: Self.text, by: agent.isHome ? 1 : 2)
            }
            #expect(sent.octets == expected.octets)
            bench.advance(seconds: 2)
        }
        #expect(bench.exchanges.map(\.text) == [Self.text])
    }

    @Test("Without a text, the revocation is the one of the end of a binding", arguments: Revoker.allCases)
    func noText(agent: Revoker) throws {
        var (one, other) = (try agent.agreed(), try agent.agreed())
        one.made(.revoke(RevocationOrder()))
        other.made(.endBinding(homeAddress: Lab.home, careOfAddress: nil))
        #expect(one.sentRevocations.map(\.octets) == other.sentRevocations.map(\.octets))
        #expect(one.effects.changes == other.effects.changes)
    }

    /// Orders, and which of the two visits they end.
    private static let selections: [(RevocationOrder, [IPv4Address])] = [
        (RevocationOrder(), [Lab.home, second]), (RevocationOrder(role: .foreignAgent), [Lab.home, second]),
        (RevocationOrder(homeAddresses: IPv4Prefix(host: Lab.home)), [Lab.home]),
        (RevocationOrder(homeAddresses: IPv4Prefix("192.0.2.16/28")), [second]),
        (RevocationOrder(homeAddresses: Lab.homeNetwork), [Lab.home, second]),
        (RevocationOrder(nai: Lab.alice), [second]),
        (RevocationOrder(careOfAddress: Lab.foreignAgent.address), [Lab.home, second]),
        (RevocationOrder(homeAgent: RevocationLab.otherHomeAgent.address), [second]),
        (RevocationOrder(homeAddresses: Lab.homeNetwork, homeAgent: Lab.homeAgent.address), [Lab.home]),
    ]

    @Test("An order ends what all its conditions fit, informs the other ends, and says how many", arguments: selections.indices)
    func selection(index: Int) throws {
        let (order, ended) = Self.selections[index]
        var bench = try Self.twoVisits()
        let count = try bench.agent.check(revoke: order)
        #expect(count.registrations == ended.count)
        #expect(count.messages == ended.count)
        #expect(bench.visitors.count == 2)
        bench.made(.revoke(order))
        #expect(Set(bench.visitors.map(\.homeAddress)) == Set([Lab.home, Self.second]).subtracting(ended))
        bench.advance(seconds: 0.1)
        #expect(bench.exchanges.map(\.homeAddress).sorted() == ended.sorted())
        #expect(bench.exchanges.map(\.tries) == ended.map { _ in 1 })
    }

    /// Orders that an agent refuses.
    private static let mistakes: [(RevocationOrder, ChangeProblem, String?)] = [
        (RevocationOrder(homeAddresses: IPv4Prefix("10.0.0.0/8")), .notFound, "homeAddresses"),
        (RevocationOrder(nai: NetworkAccessIdentifier("bob@example.net")), .notFound, "nai"),
        (RevocationOrder(careOfAddress: Lab.careOf), .notFound, "careOfAddress"),
        (RevocationOrder(homeAgent: Lab.careOf), .notFound, "homeAgent"), (RevocationOrder(role: .homeAgent), .notFound, "role"),
        (RevocationOrder(nai: Lab.alice, homeAgent: Lab.homeAgent.address), .notFound, nil),
        (RevocationOrder(role: .mobileNode), .invalidValue, "role"), (RevocationOrder(text: "a\nb"), .invalidValue, "text"),
        (RevocationOrder(text: "a\u{202E}b"), .invalidValue, "text"),
        (RevocationOrder(text: String(repeating: "é", count: 128)), .invalidValue, "text"),
    ]

    @Test("An order that nothing fits or that is invalid is refused, and nothing ends", arguments: mistakes.indices)
    func refused(index: Int) throws {
        let (order, problem, field) = Self.mistakes[index]
        var bench = try Self.twoVisits()
        let answer = bench.apply(.revoke(order))
        let refusal = try #require(answer)
        #expect(refusal.problem == problem)
        #expect(refusal.field == field)
        #expect(bench.visitors.count == 2)
        #expect(bench.effects.isEmpty)
    }

    @Test("A request that waits for its first reply is no visit: an order leaves it")
    func pending() throws {
        var bench = RevocationLab.foreignAgent()
        let request = Request(visiting: bench)
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let refusal = bench.apply(.revoke(RevocationOrder()))
        #expect(refusal?.problem == .notFound)
        #expect(bench.pending.count == 1)
    }

    @Test("The undo of an order restores the bindings whose other ends were not informed")
    func undo() throws {
        for offer in [nil, Offer(timestamp: RevocationLab.start)] {
            var bench = RevocationLab.homeAgent()
            try bench.registerAtHome(offer)
            bench.advance(seconds: 5)
            let before = bench.bindings
            bench.made(.revoke(RevocationOrder(text: Self.text)))
            #expect(bench.bindings.isEmpty)
            bench.undo()
            #expect(bench.bindings == (offer == nil ? before : []))
        }
    }
}
