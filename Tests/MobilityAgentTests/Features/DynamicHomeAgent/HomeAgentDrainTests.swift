import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Moving the nodes of a home agent")
struct HomeAgentDrainTests {
    private static let other = IPv4Address(192, 0, 2, 2)
    private static let order = DrainOrder(homeAgents: [other], text: "moved to another site")
    private static let offer = Offer(timestamp: RevocationLab.start)

    /// A node with an association of its own.
    private static func association(_ address: IPv4Address) -> ConfiguredSecurityAssociation {
        Lab.association(.address(address))
    }

    private static func bench(_ nodes: [IPv4Address]) -> Bench {
        Bench(Lab.homeAgentConfiguration([Lab.association(), Lab.ofForeignAgent] + nodes.map(association)))
    }

    @Test("Bindings whose other end can be informed are revoked with the operator's text, the others last")
    func bindings() throws {
        let plain = IPv4Address(192, 0, 2, 20)
        var bench = Self.bench([plain])
        try bench.registerForAny(Self.offer)
        try bench.registerForAny(nil) { ($0.homeAddress, $0.association) = (plain, Self.association(plain)) }
        bench.advance(seconds: 1)
        bench.drain(Self.order)
        bench.advance(seconds: 0.5)
        #expect(bench.bindings.map(\.homeAddress) == [plain])
        let ended = bench.effects.changes.contains {
            if case .bindingRemoved(let key, .drained) = $0 { key.homeAddress == Lab.home } else { false }
        }
        #expect(ended)
        #expect(bench.events.map(\.kind) == [.revoked, .drainCompleted])
        #expect(bench.exchanges.map(\.reason) == [.drained])
        #expect(bench.exchanges.map(\.text) == [Self.order.text])
        #expect(bench.sentRevocations.map(\.informs) == [true])
        #expect(bench.sentRevocations.map(\.homeAddress) == [Lab.home])
    }

    @Test("A node without a binding is redirected if it asks for any home agent, and denied with the text if it names this one")
    func newNodes() throws {
        let cases: [(IPv4Address, UInt8)] = [
            (.zero, 143), (.limitedBroadcast, 143), (Lab.homeAgent.address, 129), (Self.other, 136),
        ]
        for (field, code) in cases {
            var bench = Self.bench([])
            bench.drain(Self.order)
            let sent = bench.receive(Request(bench) { $0.homeAgent = field }.octets)
            #expect(try Reply(sent)?.code == code)
            #expect(sent?.payload.redirection == (code == 143 ? Self.other : nil))
            let texts: [String?] = code == 129 ? [Self.order.text] : []
            if code != 143 { #expect(sent?.payload.messages(by: 1) == texts) }
            #expect(bench.bindings.isEmpty)
        }
    }

    @Test("A binding that is still there is renewed, and its node may leave")
    func renewal() throws {
        var bench = Self.bench([])
        bench.receive(Request(bench).octets)
        bench.drain(Self.order)
        let cases: [(IPv4Address, UInt16)] = [(Lab.homeAgent.address, 600), (.zero, 600), (Lab.homeAgent.address, 0)]
        for (field, lifetime) in cases {
            bench.advance(seconds: 1)
            let sent = bench.receive(Request(bench) { ($0.homeAgent, $0.lifetime) = (field, lifetime) }.octets)
            #expect(try Reply(sent)?.code == 0)
        }
        #expect(bench.bindings.isEmpty)
    }

    @Test("A node that agrees on revocation only later is moved a second after that")
    func agreedLater() throws {
        var bench = Self.bench([])
        try bench.registerForAny(nil)
        bench.drain(Self.order)
        bench.advance(seconds: 5)
        #expect(bench.bindings.count == 1)
        try bench.registerAtHome(Self.offer)
        bench.advance(seconds: 0.95)
        #expect(bench.bindings.count == 1)
        bench.advance(seconds: 0.5)
        #expect(bench.bindings.isEmpty)
        #expect(bench.sentRevocations.count == 1)
        #expect(bench.events.map(\.kind) == [.revoked])
    }

    @Test("An agent that drains no longer serves new nodes again and moves no more bindings")
    func ended() throws {
        let second = IPv4Address(192, 0, 2, 20)
        var bench = Self.bench([second])
        bench.drain(Self.order)
        try bench.registerAtHome(Self.offer) { $0.homeAgent = .zero }
        #expect(bench.bindings.isEmpty)
        #expect(bench.agent.information.drain?.homeAgents == [Self.other])
        bench.endDrain()
        bench.advance(seconds: 1)
        for (address, field) in [(Lab.home, IPv4Address.zero), (second, Lab.homeAgent.address)] {
            try bench.registerAtHome(Self.offer) {
                ($0.homeAddress, $0.homeAgent, $0.association) = (address, field, Self.association(address))
            }
        }
        bench.advance(seconds: 5)
        #expect(bench.bindings.count == 2)
        #expect(bench.agent.information.drain == nil)
    }

    @Test("Switching registration off while nodes are moved ends each binding once")
    func switchedOff() throws {
        let addresses = (0..<50).map { IPv4Address(192, 0, 2, UInt8(20 + $0)) }
        var bench = Self.bench(addresses)
        for address in addresses {
            try bench.registerForAny(Self.offer) { ($0.homeAddress, $0.association) = (address, Self.association(address)) }
        }
        bench.advance(seconds: 1)
        bench.drain(Self.order)
        bench.advance(seconds: 0.15)
        bench.setEnabled(false)
        bench.advance(seconds: 0.9)
        #expect(bench.bindings.isEmpty)
        #expect(bench.home.revocationsSent == 50)
        #expect(bench.events.contains { $0.kind == .drainCompleted })
        #expect(Set(bench.exchanges.compactMap(\.reason)) == [.drained, .administrativelyRevoked])
    }

    @Test("Bindings are moved once revocation is switched on again")
    func revocationOnAgain() throws {
        var bench = Self.bench([])
        try bench.registerForAny(Self.offer)
        bench.made(.signalling(SignallingSettings { $0.revocation = false }))
        bench.drain(Self.order)
        bench.advance(seconds: 1)
        #expect(bench.bindings.count == 1)
        #expect(bench.agent.information.drain?.movableBindings == 0)
        bench.made(.signalling(SignallingSettings { $0.revocation = true }))
        bench.advance(seconds: 1)
        #expect(bench.bindings.isEmpty)
        #expect(bench.events.map(\.kind) == [.revoked, .drainCompleted])
    }

    @Test("Without revocation, nodes are redirected and no binding ends")
    func revocationOff() throws {
        var bench = Self.bench([])
        try bench.registerForAny(Self.offer)
        bench.made(.signalling(SignallingSettings { $0.revocation = false }))
        bench.drain(Self.order)
        bench.advance(seconds: 5)
        #expect(bench.bindings.count == 1)
        #expect(bench.events.map(\.kind) == [.drainCompleted])
    }
}

extension Bench {
    /// Registers a node that leaves the choice of its home agent to the network, through a foreign agent; returns the reply.
    @discardableResult
    mutating func registerForAny(
        _ offer: Offer?, through association: ConfiguredSecurityAssociation = Lab.ofForeignAgent,
        from source: TransportEndpoint = Lab.foreignAgent, _ change: (inout Request) -> Void = { _ in }
    ) throws -> Reply {
        try registerAtHome(offer, through: association, from: source) {
            $0.homeAgent = .zero
            change(&$0)
        }
    }

    /// Acknowledges the revocations that the last call has sent to a foreign agent.
    mutating func acknowledgeRevocations(
        by association: ConfiguredSecurityAssociation = Lab.ofForeignAgent, from source: TransportEndpoint = Lab.foreignAgent
    ) {
        for sent in sentRevocations where sent.destination == source {
            let acknowledgment = Acknowledgment(sent.identifier) {
                ($0.homeAddress, $0.association) = (sent.homeAddress, association)
            }
            receive(acknowledgment.octets, from: source)
        }
    }

    /// An operator's order, which is saved.
    mutating func drain(_ order: DrainOrder) {
        made(.drain(order))
        followDrainOrder()
    }

    /// The end of that order, which is saved.
    mutating func endDrain() {
        made(.endDrain)
        followDrainOrder()
    }

    private mutating func followDrainOrder() {
        let moment = now
        var results = AgentEffects()
        agent.followDrainOrder(at: moment, effects: &results)
    }
}
