import AgentModel
import MobileIPv4
import MobileNode
import MobilityAgent
import Testing

@Suite("A mobile node on the move")
struct MovementTests {
    @Test("From home to a foreign agent, to a co-located address and home again: state, moves, bindings and rows at each step")
    func journey() throws {
        var journey = Journey()
        #expect(journey.node.mobileNodeState == .unknown)
        #expect(journey.attach(to: .home) == nil)
        #expect(journey.node.mobileNodeState == .home)
        #expect(journey.requests.isEmpty)
        #expect(journey.node.registrations(at: journey.now, startTime: Place.start).isEmpty)

        let request = journey.node.attach(to: Journey.abroad, at: journey.now, random: &journey.random)
        #expect(journey.node.mobileNodeState == .pending)
        let waiting = try #require(journey.node.registrations(at: journey.now, startTime: Place.start).first)
        #expect(!waiting.isAccepted && waiting.expires == nil && waiting.lifetime == 1800)
        #expect(journey.carry(request) == .accepted(.accepted, lifetime: 1800))
        #expect(journey.node.mobileNodeState == .registered)
        let first = try #require(journey.node.registrations(at: journey.now, startTime: Place.start).first)
        #expect(first.isAccepted && !first.isCoLocated)
        #expect(first.agentAddress == Place.foreignAgent.address)
        #expect(first.homeAgent == Place.homeAgent.address)
        #expect(first.expires == first.sent.adding(milliseconds: 1_800_000))
        #expect(first.identification == journey.bindings.first?.identification)

        journey.wait(seconds: 10)
        #expect(journey.attach(to: .coLocated(Place.careOf)) == .accepted(.accepted, lifetime: 1800))
        #expect(journey.bindings.map(\.careOfAddress) == [Place.careOf])
        let second = journey.node.registrations(at: journey.now, startTime: Place.start)
        #expect(second.map(\.isCoLocated) == [true])
        #expect(second.map(\.agentAddress) == [Place.homeAgent.address])

        journey.wait(seconds: 10)
        #expect(journey.attach(to: .home) == .accepted(.accepted, lifetime: 0))
        #expect(journey.node.mobileNodeState == .home)
        #expect(journey.bindings.isEmpty)
        #expect(journey.node.registrations(at: journey.now, startTime: Place.start).isEmpty)

        let counters = journey.node.counters
        #expect(counters.movesFromHomeToForeign == 1)
        #expect(counters.movesFromForeignToForeign == 1)
        #expect(counters.movesFromForeignToHome == 1)
        #expect(counters.requestsSent == 2)
        #expect(counters.deregistrationRequestsSent == 1)
        #expect(counters.repliesReceived == 2)
        #expect(counters.deregistrationRepliesReceived == 1)
        #expect(counters.requestsAccepted == 3)
    }

    @Test("During a move, the current registration and the pending one are two rows")
    func twoRows() throws {
        var journey = Journey()
        #expect(journey.attach(to: Journey.abroad) == .accepted(.accepted, lifetime: 1800))
        journey.wait(seconds: 1)
        let next = TransportEndpoint(IPv4Address(198, 51, 100, 129), port: 434)
        _ = journey.node.attach(to: .foreignAgent(next, careOfAddress: next.address), at: journey.now, random: &journey.random)
        let rows = journey.node.registrations(at: journey.now, startTime: Place.start)
        #expect(rows.map(\.agentAddress) == [Place.foreignAgent.address, next.address])
        #expect(rows.map(\.isAccepted) == [true, false])
        journey.wait(seconds: 1800)
        #expect(journey.node.registrations(at: journey.now, startTime: Place.start).map(\.isAccepted) == [false])
    }

    @Test("Registering again with the same agent after its restart is not a move")
    func restart() {
        var journey = Journey()
        _ = journey.attach(to: Journey.abroad)
        journey.wait(seconds: 5)
        #expect(journey.attach(to: Journey.abroad) == .accepted(.accepted, lifetime: 1800))
        #expect(journey.node.counters.movesFromForeignToForeign == 0)
        #expect(journey.node.counters.requestsSent == 2)
    }

    @Test("A node that hears no agent or is denied is isolated; at home its state is home whatever the answer")
    func isolated() {
        var journey = Journey { $0.foreign.reverseTunnel = .mandatory }
        #expect(journey.attach(to: Journey.abroad) == .denied(.faReverseTunnelMandatory))
        #expect(journey.node.mobileNodeState == .isolated)
        journey.node.detach()
        #expect(journey.node.mobileNodeState == .isolated)
        #expect(journey.node.nextDeadline == nil)
        #expect(journey.attach(to: .home) == nil)
        #expect(journey.node.mobileNodeState == .home)
        #expect(journey.node.counters.movesFromForeignToHome == 1)
    }

    @Test(
        "A node requests at most the lifetime that its agent advertises, or states in a denial; elsewhere it requests the configured one",
        arguments: [nil, 1200] as [UInt16?])
    func longestLifetime(advertised: UInt16?) throws {
        var journey = Journey {
            $0.node.lifetime = 3000
            $0.home.maximumLifetime = 9000
            $0.foreign.maximumLifetime = 1200
        }
        let request = journey.node.attach(
            to: Journey.abroad, longestLifetime: advertised, at: journey.now, random: &journey.random)
        #expect(journey.carry(request) == .accepted(.accepted, lifetime: 1200))
        #expect(try journey.codes == (advertised == nil ? [.faRequestedLifetimeTooLong, .accepted] : [.accepted]))
        journey.uptime = try #require(journey.node.nextDeadline)
        let renewal = journey.node.advance(to: journey.now, random: &journey.random)
        #expect(try fixedPart(renewal).lifetime.rawValue == 1200)
        _ = journey.carry(renewal)
        #expect(journey.attach(to: .coLocated(Place.careOf)) == .accepted(.accepted, lifetime: 3000))
    }

    @Test("A node with a co-located address that must register through a foreign agent keeps that address as its care-of address")
    func coLocatedThroughAgent() throws {
        var journey = Journey()
        let outcome = journey.attach(to: .coLocated(Place.careOf, foreignAgent: Place.foreignAgent))
        #expect(outcome == .accepted(.accepted, lifetime: 1800))
        #expect(journey.bindings.map(\.careOfAddress) == [Place.careOf])
        #expect(journey.visitors.map(\.careOfAddress) == [Place.careOf])
        let row = try #require(journey.node.registrations(at: journey.now, startTime: Place.start).first)
        #expect(row.isCoLocated)
        #expect(row.agentAddress == Place.foreignAgent.address)
    }

    @Test("A request to the directed broadcast address discovers the home agent, which receives the next request")
    func discovery() throws {
        let network = try #require(IPv4Prefix(containing: Place.home, length: 24))
        let broadcast = try #require(network.directedBroadcast)
        var journey = Journey {
            $0.node.homeAgent = TransportEndpoint(broadcast, port: 434)
            $0.node.homeNetwork = network
        }
        let request = journey.node.attach(to: Journey.abroad, at: journey.now, random: &journey.random)
        // The network delivers a datagram for the broadcast address to the home agent.
        var effects = AgentEffects()
        let octets = try #require(request)
        journey.home.receive(
            octets.span.bytes, from: TransportEndpoint(Place.careOf, port: 5001),
            to: TransportEndpoint(broadcast, port: 434), at: journey.now, effects: &effects)
        let answer = try #require(effects.datagrams.first)
        var following: [UInt8]?
        #expect(
            journey.node.receive(answer.payload.span.bytes, at: journey.now, request: &following, random: &journey.random) == nil)
        #expect(journey.node.configuration.homeAgent == Place.homeAgent)
        #expect(journey.node.counters.requestsWithDirectedBroadcast == 1)
        #expect(journey.carry(following) == .accepted(.accepted, lifetime: 1800))
        #expect(journey.bindings.map(\.homeAgent) == [Place.homeAgent.address])
    }
}
