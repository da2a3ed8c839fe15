import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("How fast the nodes of a home agent are moved")
struct HomeAgentDrainPaceTests {
    private static let order = DrainOrder(homeAgents: [IPv4Address(192, 0, 2, 2)])
    private static let offer = Offer(timestamp: RevocationLab.start)
    private static let otherForeignAgent = RevocationLab.otherForeignAgent

    private static func addresses(_ count: Int) -> [IPv4Address] { (0..<count).map { IPv4Address(192, 0, 2, UInt8(20 + $0)) } }

    private static func configuration(_ nodes: [IPv4Address]) -> MobilityAgentConfiguration {
        Lab.homeAgentConfiguration(
            [Lab.ofForeignAgent, RevocationLab.ofOtherForeignAgent] + nodes.map { Lab.association(.address($0)) })
    }

    private static func register(_ nodes: some Sequence<IPv4Address>, _ bench: inout Bench, atOther: Bool = false) throws {
        for address in nodes {
            try bench.registerForAny(
                offer, through: atOther ? RevocationLab.ofOtherForeignAgent : Lab.ofForeignAgent,
                from: atOther ? otherForeignAgent : Lab.foreignAgent
            ) { ($0.homeAddress, $0.association) = (address, Lab.association(.address(address))) }
        }
    }

    @Test("Of the nodes of one foreign agent, only so many are without a binding as can be informed within a tenth of a second")
    func paced() throws {
        let nodes = Self.addresses(150)
        var bench = Bench(Self.configuration(nodes))
        try Self.register(nodes, &bench)
        bench.advance(seconds: 1)
        bench.drain(Self.order)
        for _ in 0..<50 {
            bench.advance(seconds: 0.05)
            #expect(nodes.count - bench.bindings.count - Int(bench.home.revocationsSent) <= 10)
            bench.acknowledgeRevocations()
        }
        #expect(bench.bindings.isEmpty)
        #expect(bench.home.revocationsSent == 150)
    }

    @Test("While a foreign agent acknowledges nothing, few of its nodes lose their bindings, and those of another one are moved")
    func silent() throws {
        let nodes = Self.addresses(150)
        let (held, moved) = (nodes.prefix(100), nodes.suffix(50))
        var bench = Bench(Self.configuration(nodes))
        try Self.register(held, &bench)
        try Self.register(moved, &bench, atOther: true)
        bench.advance(seconds: 1)
        bench.drain(Self.order)
        for _ in 0..<100 {
            bench.advance(seconds: 0.05)
            bench.acknowledgeRevocations(by: RevocationLab.ofOtherForeignAgent, from: Self.otherForeignAgent)
        }
        let left = bench.bindings
        #expect(left.count == 84)
        #expect(left.allSatisfy { $0.sourceAddress == Lab.foreignAgent.address })
        #expect(bench.agent.information.drain?.movableBindings == 84)
    }

    @Test("However many nodes of a silent foreign agent wait, those of another one are moved at full pace")
    func manySilent() throws {
        let network = try #require(IPv4Prefix(containing: IPv4Address(198, 18, 0, 0), length: 16))
        let nodes = (0..<2160 as Range<Int>).map { IPv4Address(198, 18, UInt8($0 / 200), UInt8(1 + $0 % 200)) }
        var bench = Bench(
            Lab.homeAgentConfiguration([Lab.association(.prefix(network)), Lab.ofForeignAgent, RevocationLab.ofOtherForeignAgent])
            {
                $0.homeNetworks = [network]
            })
        for (index, address) in nodes.enumerated() {
            let isMoved = index >= 2100
            let reply = try bench.registerForAny(
                Self.offer, through: isMoved ? RevocationLab.ofOtherForeignAgent : Lab.ofForeignAgent,
                from: isMoved ? Self.otherForeignAgent : Lab.foreignAgent
            ) { $0.homeAddress = address }
            #expect(reply.code == 0)
        }
        bench.advance(seconds: 1)
        bench.drain(Self.order)
        for _ in 0..<25 {
            bench.advance(seconds: 0.05)
            bench.acknowledgeRevocations(by: RevocationLab.ofOtherForeignAgent, from: Self.otherForeignAgent)
        }
        let left = bench.bindings
        #expect(left.count == 2084)
        #expect(left.allSatisfy { $0.sourceAddress == Lab.foreignAgent.address })
    }

    @Test("No binding ends while revocations from before a restart wait for its foreign agent")
    func restored() throws {
        let nodes = Self.addresses(40)
        var old = KeptBench(Self.configuration(nodes))
        try Self.register(nodes, &old.bench)
        old.bench.advance(seconds: 5)
        for address in nodes.prefix(30) { old.bench.revoke(address) }
        var bench = try old.restarted(after: 1).bench
        bench.drain(Self.order)
        bench.advance(seconds: 0.5)
        #expect(bench.bindings.count == 10)
        #expect(bench.sentRevocations.count == 30)
        bench.acknowledgeRevocations()
        bench.advance(seconds: 1)
        #expect(bench.bindings.isEmpty)
    }
}
