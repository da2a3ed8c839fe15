import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("What a home agent reports while it drains")
struct DrainReportTests {
    private static let order = DrainOrder(homeAgents: [IPv4Address(198, 51, 100, 10)], text: "moved")
    private static let nodes = (0..<3).map { IPv4Address(192, 0, 2, UInt8(20 + $0)) }

    private static func bench() -> Bench {
        Bench(Lab.homeAgentConfiguration([Lab.association()] + nodes.map { Lab.association(.address($0)) }))
    }

    /// The numbers of redirected requests that the last call has published.
    private static func reports(_ bench: Bench) -> [UInt64?] {
        bench.effects.changes.compactMap {
            if case .information(let information) = $0 { .some(information.drain?.redirected) } else { nil }
        }
    }

    @Test("The number of redirected requests is published at most once a second, and the last one is not forgotten")
    func paced() throws {
        var bench = Self.bench()
        bench.drain(Self.order)
        for address in Self.nodes {
            let sent = bench.receive(Request(bench) { ($0.homeAgent, $0.homeAddress) = (.zero, address) }.octets)
            #expect(try Reply(sent)?.code == 143)
            #expect(Self.reports(bench) == [])
        }
        bench.advance(seconds: 0.9)
        #expect(Self.reports(bench) == [])
        bench.advance(seconds: 0.2)
        #expect(Self.reports(bench) == [3])
        bench.advance(seconds: 5)
        #expect(Self.reports(bench) == [])
        let sent = bench.receive(Request(bench) { $0.homeAgent = .zero }.octets)
        #expect(try Reply(sent)?.code == 143)
        #expect(Self.reports(bench) == [4])
    }

    @Test("The text, the bindings left and those that can be moved are reported, at most once a second")
    func bindings() throws {
        var bench = Bench(
            Lab.homeAgentConfiguration(
                [Lab.association(), Lab.ofForeignAgent] + Self.nodes.map { Lab.association(.address($0)) }))
        let offer = Offer(timestamp: RevocationLab.start)
        let (plain, named) = (Self.nodes[0], Self.nodes[1])
        try bench.registerForAny(offer)
        try bench.registerForAny(nil) { ($0.homeAddress, $0.association) = (plain, Lab.association(.address(plain))) }
        try bench.registerAtHome(offer) { ($0.homeAddress, $0.association) = (named, Lab.association(.address(named))) }
        bench.advance(seconds: 1)
        bench.drain(Self.order)
        var expected = try #require(bench.agent.information.drain)
        #expect(expected.text == "moved" && expected.bindings == 3 && expected.movableBindings == 1)
        bench.advance(seconds: 0.5)
        #expect(bench.bindings.count == 2)
        #expect(bench.agent.information.drain == expected)
        bench.advance(seconds: 0.6)
        (expected.bindings, expected.movableBindings) = (2, 0)
        #expect(bench.agent.information.drain == expected)
        #expect(Self.reports(bench) == [0])
    }

    @Test("When the clock is set, the beginning moves with it")
    func clock() throws {
        var bench = Self.bench()
        bench.drain(Self.order)
        let since = try #require(bench.agent.information.drain?.since)
        bench.step(by: 3_600_000)
        #expect(bench.agent.information.drain?.since == since.adding(milliseconds: 3_600_000))
        bench.advance(seconds: 5)
        #expect(Self.reports(bench) == [])
    }

    @Test("A saved order stands after a restart while the setting is off, but not where the configuration no longer permits it")
    func restored() throws {
        var configuration = Lab.homeAgentConfiguration()
        configuration.settings.discovery.dynamicHomeAgent = false
        var bench = Bench(configuration)
        try bench.agent.restore(drain: Self.order)
        #expect(bench.agent.keptChanges == [.drain(Self.order)])
        let moment = bench.now
        var effects = AgentEffects()
        bench.agent.followDrainOrder(at: moment, effects: &effects)
        #expect(bench.agent.information.drain?.homeAgents == Self.order.homeAgents)

        var fixed = Bench(Lab.homeAgentConfiguration { $0.acceptsAnyHomeAgent = false })
        #expect(Self.problem(of: Self.order, at: &fixed) == .notPermitted)
        var own = Self.bench()
        #expect(Self.problem(of: DrainOrder(homeAgents: [Lab.homeAgent.address]), at: &own) == .invalidValue)
        #expect(own.agent.keptChanges.isEmpty)
    }

    private static func problem(of order: DrainOrder, at bench: inout Bench) -> ChangeProblem? {
        do throws(ChangeRefusal) {
            try bench.agent.restore(drain: order)
            return nil
        } catch {
            return error.problem
        }
    }
}
