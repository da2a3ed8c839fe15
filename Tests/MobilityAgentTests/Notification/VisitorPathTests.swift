import AgentModel
import MobileIPv4
import Testing

@testable import MobilityAgent

@Suite("How visits with one home address are reached")
struct VisitorPathTests {
    private static func name(_ number: Int) -> NetworkAccessIdentifier? { NetworkAccessIdentifier("node\(number)@example.net") }

    private static func order(_ number: Int) -> NotificationOrder {
        NotificationOrder(to: .homeAgent, nai: name(number), text: NotificationLab.text)
    }

    /// Registers one of the nodes that share a home address, or lets it leave.
    private static func register(_ number: Int, lifetime: UInt16 = 600, at bench: inout Bench) throws {
        bench.advance(seconds: 1)
        let request = Request(visiting: bench) {
            $0.nai = name(number)
            $0.lifetime = lifetime
        }
        bench.receive(request.octets, from: Lab.visitor, to: Lab.foreignAgent)
        let answer = Answer(to: request) {
            $0.lifetime = lifetime
            $0.signatures = [Lab.ofHomeAgent]
        }
        let delivered = try Reply(bench.receive(answer.octets, from: Lab.homeAgent, to: Lab.foreignAgent))
        #expect(delivered?.code == 0)
    }

    @Test("Eight visits with the same three addresses are reached; a ninth one when it registers again after another has left")
    func limit() throws {
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofHomeAgent]))
        for number in 0...8 { try Self.register(number, at: &bench) }
        #expect(bench.visitors.count == 9)
        let reached = (0...8).filter { bench.refusal(of: Self.order($0)) == nil }
        #expect(reached == Array(0...7))
        try Self.register(3, lifetime: 0, at: &bench)
        #expect(bench.visitors.count == 8 && bench.refusal(of: Self.order(8))?.problem == .notFound)
        try Self.register(8, at: &bench)
        #expect(bench.refusal(of: Self.order(8)) == nil)
    }

    @Test("When the first of them leaves, another one is heard and written to")
    func next() throws {
        var bench = Bench(Lab.foreignAgentConfiguration([Lab.ofHomeAgent]))
        for number in 0...2 { try Self.register(number, at: &bench) }
        try Self.register(0, lifetime: 0, at: &bench)
        let sent = try bench.send(NotificationOrder(to: .homeAgent, text: NotificationLab.text))
        #expect(sent.destination == Lab.homeAgent)
        let passage = NotificationRelayTests.Passage.all[0]
        let relayed = passage.deliver(passage.core(bench), to: &bench)
        #expect(relayed?.destination == Lab.visitor)
    }

    /// The path of a visit at one of many home agents.
    private static func path(_ number: Int) -> VisitorPath {
        VisitorPath(
            careOfAddress: Lab.foreignAgent.address, local: Lab.foreignAgent, relay: Lab.foreignAgent,
            homeAgent: TransportEndpoint(homeAgent(number), port: 434))
    }

    private static func homeAgent(_ number: Int) -> IPv4Address { IPv4Address(rawValue: 0xC612_0000 + UInt32(number)) }

    private static func addresses(_ number: Int) -> RegistrationAddresses {
        RegistrationAddresses(
            homeAddress: Lab.home, homeAgent: homeAgent(number), careOfAddress: Lab.foreignAgent.address)
    }

    @Test("Each of many visits of one home address at different home agents is found by its addresses, until it is forgotten")
    func many() {
        let numbers = 0..<500
        var paths = VisitorPaths()
        for number in numbers { paths.keep(Self.path(number), number, of: Lab.home) }
        #expect(numbers.allSatisfy { paths.slot(of: Self.addresses($0)) == $0 })
        #expect(paths.slots(of: Lab.home).first == 0 && Set(paths.slots(of: Lab.home)) == Set(numbers))
        var left = Set(numbers)
        // From the middle, from both ends, and the rest.
        for number in Array(100..<200) + [0, 499] + Array(stride(from: 1, to: 100, by: 2)) {
            paths.forget(number, of: Lab.home)
            left.remove(number)
        }
        #expect(numbers.allSatisfy { paths.slot(of: Self.addresses($0)) == (left.contains($0) ? $0 : nil) })
        #expect(paths.slots(of: Lab.home).count == left.count && Set(paths.slots(of: Lab.home)) == left)
        for number in left { paths.forget(number, of: Lab.home) }
        #expect(paths.slots(of: Lab.home).isEmpty && numbers.allSatisfy { paths[$0] == nil })
    }

    @Test("A visit that moves to another home agent is found there only, and what was relayed about it counts further")
    func moved() {
        var paths = VisitorPaths()
        paths.keep(Self.path(1), 0, of: Lab.home)
        for _ in 0..<10 {
            let isPassed = paths.passes(0, \.toVisitor, isSigned: true, at: 0)
            #expect(isPassed)
        }
        paths.keep(Self.path(2), 0, of: Lab.home)
        #expect(paths.slot(of: Self.addresses(1)) == nil && paths.slot(of: Self.addresses(2)) == 0)
        #expect(paths.slots(of: Lab.home) == [0])
        let isPassed = paths.passes(0, \.toVisitor, isSigned: true, at: 0)
        #expect(!isPassed)
    }
}
