import AgentModel
import MobileIPv4
import MobileNode
import MobilityAgent
import Testing

@Suite("Home addresses assigned by NAI, between a mobile node and agents")
struct AddressDialogueTests {
    private static func configure(_ configuration: inout Journey.Configuration) throws {
        let alice = try #require(Place.alice)
        let pool = try #require(IPv4AddressRange("192.0.2.50-192.0.2.51"))
        configuration.node.homeAddress = .zero
        configuration.node.nai = alice
        configuration.peer = .nai(alice)
        configuration.home.addressPool = [pool]
    }

    @Test("A node without home address gets one through a foreign agent, renews with it, and releases it")
    func life() throws {
        let assigned = IPv4Address(192, 0, 2, 50)
        var configuration = Journey.Configuration()
        try Self.configure(&configuration)
        var journey = Journey { $0 = configuration }
        #expect(journey.node.status(agents: nil, startTime: Place.start).homeAddress == .zero)
        #expect(journey.attach(to: Journey.abroad) == .accepted(.accepted, lifetime: 1800))
        #expect(journey.node.configuration.homeAddress == assigned)
        #expect(journey.node.status(agents: nil, startTime: Place.start).homeAddress == assigned)
        #expect(journey.bindings.map(\.homeAddress) == [assigned])
        #expect(journey.bindings.map(\.nai) == [Place.alice])
        #expect(journey.visitors.map(\.homeAddress) == [assigned])
        #expect(journey.visitors.map(\.nai) == [Place.alice])

        journey.uptime = try #require(journey.node.nextDeadline)
        #expect(
            journey.carry(journey.node.advance(to: journey.now, random: &journey.random)) == .accepted(.accepted, lifetime: 1800))
        #expect(journey.bindings.map(\.renewals) == [1])
        #expect(journey.visitors.count == 1)

        journey.wait(seconds: 1)
        let farewell = journey.node.deregister(at: journey.now, random: &journey.random)
        #expect(try fixedPart(farewell).homeAddress == assigned)
        #expect(journey.carry(farewell) == .accepted(.accepted, lifetime: 0))
        #expect(journey.bindings.isEmpty && journey.visitors.isEmpty)
        #expect(journey.node.configuration.homeAddress == .zero)
        // The address stays reserved for the node as long as nobody else needs it.
        journey.wait(seconds: 100)
        #expect(journey.attach(to: Journey.abroad) == .accepted(.accepted, lifetime: 1800))
        #expect(journey.node.configuration.homeAddress == assigned)
    }

    @Test("A node without home address is denied with 96 where it must supply one")
    func required() throws {
        var configuration = Journey.Configuration()
        try Self.configure(&configuration)
        configuration.foreign.requiresHomeAddress = true
        var journey = Journey { $0 = configuration }
        #expect(journey.attach(to: Journey.abroad) == .denied(.faNonZeroHomeAddressRequired))
        #expect(journey.foreignCounters.repliesSentByCode[.faNonZeroHomeAddressRequired] == 1)
    }

    @Test("A node is denied with 130 when the pool is exhausted")
    func usedUp() throws {
        var configuration = Journey.Configuration()
        try Self.configure(&configuration)
        configuration.home.addressPool = try [#require(IPv4AddressRange("192.0.2.1-192.0.2.1"))]
        var journey = Journey { $0 = configuration }
        #expect(journey.attach(to: Journey.abroad) == .denied(.haInsufficientResources))
        #expect(journey.node.configuration.homeAddress == .zero)
    }

    @Test("An acceptance without an address is rejected")
    func noAddress() throws {
        var configuration = Journey.Configuration()
        try Self.configure(&configuration)
        var journey = Journey { $0 = configuration }
        let request = journey.node.attach(to: Journey.abroad, at: journey.now, random: &journey.random)
        var octets: [UInt8] = []
        RegistrationReply(
            code: .accepted, lifetime: .init(rawValue: 600), homeAddress: .zero, homeAgent: Place.homeAgent.address,
            identification: try fixedPart(request).identification
        ).encode(into: &octets)
        AuthenticationAlgorithm.hmacMD5.appendExtension(
            .mobileHomeAuthentication, spi: Place.spi, key: Place.key, to: &octets)
        var following: [UInt8]?
        #expect(
            journey.node.receive(octets.span.bytes, at: journey.now, request: &following, random: &journey.random) == nil)
        #expect(journey.node.counters.repliesInvalidHomeAddress == 1)
    }
}
