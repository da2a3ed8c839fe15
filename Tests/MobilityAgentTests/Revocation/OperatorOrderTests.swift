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

    /// How many orders of one change an agent accepts; 65 if all.
    private static func accepted(_ order: RevocationOrder, by bench: Bench) -> (count: Int, refusal: ChangeRefusal?) {
        var total = bench.agent.reservation(for: [])
        for count in 0..<65 {
            do throws(ChangeRefusal) {
                total += try bench.agent.check(revoke: order, after: total)
            } catch {
                return (count, error)
            }
        }
        return (65, nil)
    }

    @Test("At most 64 orders of one change look through all registrations; a home agent finds home addresses without that")
    func searches() throws {
        let host = RevocationOrder(homeAddresses: IPv4Prefix(host: Lab.home))
        let others = [RevocationOrder(), RevocationOrder(careOfAddress: Lab.foreignAgent.address)]
        let (home, foreign) = (try Revoker.homeAgent.agreed(), try Revoker.foreignAgent.agreed())
        #expect(Self.accepted(host, by: home).refusal == nil)
        let searched: [(RevocationOrder, Bench)] = others.map { ($0, home) } + (others + [host]).map { ($0, foreign) }
        for (order, bench) in searched {
            let (count, refusal) = Self.accepted(order, by: bench)
            #expect(count == 64)
            #expect(refusal?.problem == .resourceUnavailable && refusal?.reason.contains("64 orders") == true)
        }
    }

    @Test("Revocations of what a change ends one by one take room from its orders to revoke", arguments: Revoker.allCases)
    func reservation(agent: Revoker) throws {
        let bench = try agent.agreed()
        let careOfAddress = Lab.foreignAgent.address
        let end = AgentChange.endBinding(homeAddress: Lab.home, careOfAddress: careOfAddress)
        let other = AgentChange.endBinding(homeAddress: Lab.home, careOfAddress: Lab.careOf)
        #expect(bench.agent.reservation(for: [end, other, .enabled(true)]).messages == 1)
        var total = bench.agent.reservation(for: Array(repeating: end, count: 16_383))
        #expect(try bench.agent.check(revoke: RevocationOrder(), after: total).messages == 1)
        total += bench.agent.reservation(for: [end])
        let refusal = #expect(throws: ChangeRefusal.self) { try bench.agent.check(revoke: RevocationOrder(), after: total) }
        #expect(refusal?.problem == .resourceUnavailable && refusal?.reason.contains("room for 0") == true)
    }

    @Test("Without an agreement, ends of bindings take no room")
    func noReservation() throws {
        var bench = RevocationLab.homeAgent()
        try bench.registerAtHome(nil)
        #expect(bench.bindings.count == 1)
        #expect(bench.agent.reservation(for: [.endBinding(homeAddress: Lab.home, careOfAddress: nil)]).messages == 0)
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
