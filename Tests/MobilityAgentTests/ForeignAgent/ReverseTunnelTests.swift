import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Reverse tunnels in the records and counters")
struct ReverseTunnelTests {
    /// What a visitor requests, and what its row shows.
    private static let requests: [(RegistrationFlags, [UInt8], ReverseTunnel)] = [
        ([], [], .none), (.reverseTunnel, [], .direct), (.reverseTunnel, [130, 0], .encapsulating),
    ]

    @Test(
        "A visitor's row shows the reverse tunnel from the request on, and grants are counted once accepted", arguments: requests)
    func visitor(flags: RegistrationFlags, style: [UInt8], shown: ReverseTunnel) throws {
        var bench = Bench(Lab.foreignAgentConfiguration { $0.encapsulatingDelivery = true })
        let request = Request(visiting: bench) { ($0.flags, $0.after) = (flags, style) }
        let relayed = bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent, timeToLive: 255)
        // The delivery style is a matter between the node and this agent: the home agent never sees it.
        let passedOn = try #require(relayed).payload
        let scan = try ExtensionScan(passedOn.span.bytes, from: RegistrationRequest.fixedSize)
        #expect(scan.first(.encapsulatingDeliveryStyle) == nil)
        #expect(bench.visitors.map(\.reverseTunnel) == [shown])
        #expect(bench.foreign.reverseTunnelsGranted == 0)
        bench.receive(Answer(to: request).octets, from: Lab.homeAgent, to: Lab.foreignAgent)
        #expect(bench.visitors.map(\.reverseTunnel) == [shown])
        #expect(bench.foreign.reverseTunnelsGranted == (shown == .none ? 0 : 1))
        #expect(bench.foreign.encapsulatingDeliveriesGranted == (shown == .encapsulating ? 1 : 0))
    }

    @Test("A renewal without T ends the reverse tunnel of a binding and of a visitor")
    func renewal() throws {
        var home = Bench(Lab.homeAgentConfiguration())
        home.receive(Request(home) { $0.flags = [.decapsulationByMN, .reverseTunnel] }.octets)
        #expect(home.bindings.map(\.reverseTunnel) == [.direct])
        home.advance(seconds: 1)
        home.receive(Request(home).octets)
        #expect(home.bindings.map(\.reverseTunnel) == [.none])
        #expect(home.home.reverseTunnelsGranted == 1)

        var foreign = Bench(Lab.foreignAgentConfiguration())
        for flags in [.reverseTunnel, []] as [RegistrationFlags] {
            let request = Request(visiting: foreign) { $0.flags = flags }
            foreign.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
            foreign.receive(Answer(to: request).octets, from: Lab.homeAgent, to: Lab.foreignAgent)
            #expect(foreign.visitors.map(\.reverseTunnel) == [flags.isEmpty ? .none : .direct])
            foreign.advance(seconds: 1)
        }
    }
}
