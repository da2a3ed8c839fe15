import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

@Suite("Care-of addresses from which datagrams would return")
struct CareOfAddressTests {
    private static func node(_ number: UInt8) -> IPv4Address { IPv4Address(192, 0, 2, 100 + number) }

    private static func bench(_ change: (inout HomeAgentConfiguration) -> Void = { _ in }) -> Bench {
        Bench(Lab.homeAgentConfiguration((0..<20).map { Lab.association(.address(node($0))) }, change))
    }

    @discardableResult
    private static func register(
        _ bench: inout Bench, _ number: UInt8, at careOfAddress: IPv4Address, lifetime: UInt16 = 600,
        flags: RegistrationFlags = .decapsulationByMN
    ) throws -> UInt8? {
        bench.advance(seconds: 1)
        let request = Request(bench) {
            $0.homeAddress = node(number)
            $0.careOfAddress = careOfAddress
            $0.flags = flags
            $0.lifetime = lifetime
            $0.association = Lab.association(.address(node(number)))
        }
        return try Reply(bench.receive(request.octets))?.code
    }

    @Test("The home agent's own address is refused with 134 and counted")
    func own() throws {
        var bench = Self.bench()
        #expect(try Self.register(&bench, 0, at: Lab.homeAgent.address) == 134)
        #expect(try Self.register(&bench, 0, at: Lab.broadcast) == 134)
        #expect(bench.home.careOfAddressLoops == 2)
        #expect(bench.bindings.isEmpty)
    }

    @Test("Another node's home address is accepted, whether or not that node is away")
    func another() throws {
        var bench = Self.bench()
        #expect(try Self.register(&bench, 0, at: Self.node(1)) == 0)
        #expect(try Self.register(&bench, 2, at: Lab.careOf) == 0)
        #expect(try Self.register(&bench, 3, at: Self.node(2)) == 0)
        #expect(bench.home.careOfAddressLoops == 0)
    }

    @Test("A binding that closes a chain is refused with 134, at any length", arguments: 2...8)
    func chain(length: Int) throws {
        var bench = Self.bench()
        for number in 0..<UInt8(length - 1) { #expect(try Self.register(&bench, number, at: Self.node(number + 1)) == 0) }
        #expect(try Self.register(&bench, UInt8(length - 1), at: Self.node(0)) == 134)
        #expect(bench.home.careOfAddressLoops == 1)
        #expect(try Self.register(&bench, UInt8(length - 1), at: Lab.careOf) == 0)
    }

    @Test("A chain that ends is accepted through eight other bindings, and refused through more")
    func longest() throws {
        var bench = Self.bench()
        #expect(try Self.register(&bench, 0, at: Lab.careOf) == 0)
        for number in 1...8 as ClosedRange<UInt8> { #expect(try Self.register(&bench, number, at: Self.node(number - 1)) == 0) }
        #expect(try Self.register(&bench, 9, at: Self.node(8)) == 134)
    }

    @Test("Every branch of simultaneous bindings is followed")
    func branches() throws {
        var bench = Self.bench()
        let simultaneous: RegistrationFlags = [.decapsulationByMN, .simultaneousBindings]
        #expect(try Self.register(&bench, 0, at: Self.node(1), flags: simultaneous) == 0)
        #expect(try Self.register(&bench, 0, at: Lab.careOf, flags: simultaneous) == 0)
        #expect(try Self.register(&bench, 1, at: Self.node(0)) == 134)
    }

    @Test("A deregistration from such an address, and a chain whose binding has ended, are accepted")
    func ended() throws {
        var bench = Self.bench()
        #expect(try Self.register(&bench, 0, at: Self.node(1)) == 0)
        #expect(try Self.register(&bench, 1, at: Self.node(0), lifetime: 0) == 0)
        #expect(try Self.register(&bench, 0, at: Self.node(1), lifetime: 0) == 0)
        #expect(try Self.register(&bench, 1, at: Self.node(0)) == 0)
    }

    @Test("A revoked binding is not restored when that would close a chain")
    func restored() throws {
        var bench = Self.bench()
        #expect(try Self.register(&bench, 0, at: Self.node(1)) == 0)
        bench.apply(.endBinding(homeAddress: Self.node(0), careOfAddress: nil))
        #expect(try Self.register(&bench, 1, at: Self.node(0)) == 0)
        bench.undo()
        #expect(bench.bindings.map(\.homeAddress) == [Self.node(1)])
    }

    @Test("An address at which the same process serves visitors is accepted, unless the node claims it as its own")
    func visitors() throws {
        var configuration = Lab.homeAgentConfiguration([Lab.association(.address(Self.node(0)))])
        configuration.foreignAgent = ForeignAgentConfiguration(
            endpoints: [Lab.foreignAgent], careOfAddresses: [Lab.homeAgent.address])
        var bench = Bench(configuration)
        #expect(try Self.register(&bench, 0, at: Lab.homeAgent.address, flags: []) == 0)
        #expect(try Self.register(&bench, 0, at: Lab.homeAgent.address) == 134)
    }
}
