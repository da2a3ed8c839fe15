import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// A foreign agent and a home agent, and a network between them.
private struct Network {
    var foreign: Bench
    var home: Bench

    init(_ associations: [ConfiguredSecurityAssociation], _ configure: (inout HomeAgentConfiguration) -> Void = { _ in }) {
        foreign = Bench(Lab.foreignAgentConfiguration([Lab.ofVisitor, Lab.ofHomeAgent]), seed: 1)
        home = Bench(Lab.homeAgentConfiguration(associations + [Lab.ofForeignAgent], configure), seed: 2)
    }

    /// Carries a visitor's request to the home agent and the answer back.
    mutating func register(
        from source: TransportEndpoint = Lab.visitor, _ change: (inout Request) -> Void = { _ in }
    ) throws -> Reply {
        let request = Request(visiting: foreign) {
            change(&$0)
            $0.signatures = [(.mobileForeignAuthentication, Lab.ofVisitor)]
        }
        let relayedDatagram = foreign.receive(request.octets, from: source, to: Lab.foreignAgent)
        let relayed = try #require(relayedDatagram)
        #expect(relayed.destination == Lab.homeAgent)
        let answerDatagram = home.receive(relayed.payload, from: relayed.source, to: relayed.destination)
        let answer = try #require(answerDatagram)
        #expect(answer.destination == relayed.source)
        let deliveredDatagram = foreign.receive(answer.payload, from: answer.source, to: answer.destination)
        let delivered = try #require(deliveredDatagram)
        #expect(delivered.destination.port == source.port)
        let reply = try Reply(delivered.payload)
        #expect(reply.isSigned(.mobileForeignAuthentication, by: Lab.ofVisitor))
        #expect(foreign.everythingIsAccountedFor && home.everythingIsAccountedFor)
        return reply
    }

    mutating func advance(seconds: Double) {
        foreign.advance(seconds: seconds)
        home.advance(seconds: seconds)
    }
}

@Suite struct DialogueTests {
    @Test("A node registers through a foreign agent, renews, lets the registration expire, registers again, and deregisters")
    func life() throws {
        var network = Network([Lab.association()])
        let reply = try network.register()
        #expect(reply.code == 0)
        #expect(reply.isSigned(.mobileHomeAuthentication, by: Lab.association()))
        #expect(network.home.bindings.map(\.careOfAddress) == [Lab.foreignAgent.address])
        #expect(network.home.bindings.map(\.sourceAddress) == [Lab.foreignAgent.address])
        #expect(network.foreign.visitors.map(\.state) == [.accepted])

        network.advance(seconds: 300)
        #expect(try network.register().code == 0)
        #expect(network.home.bindings.first?.renewals == 1)
        network.advance(seconds: 599)
        #expect(network.home.bindings.count == 1)
        network.advance(seconds: 1)
        #expect(network.home.bindings.isEmpty)
        #expect(network.foreign.visitors.isEmpty)

        #expect(try network.register().code == 0)
        network.advance(seconds: 1)
        #expect(try network.register { ($0.lifetime, $0.careOfAddress) = (0, Lab.home) }.code == 0)
        #expect(network.home.bindings.isEmpty)
        #expect(network.foreign.visitors.isEmpty)
    }

    @Test("A node with a wrong key gets 131 through the foreign agent and leaves no visitor entry")
    func wrongKey() throws {
        var network = Network([Lab.association()])
        #expect(try network.register { $0.association = Lab.association(key: Lab.wrongKey) }.code == 131)
        #expect(network.foreign.visitors.isEmpty)
        #expect(network.foreign.foreign.repliesReceivedByCode[.haMobileNodeFailedAuthentication] == 1)
        #expect(network.home.violations.map(\.violator) == [.address(Lab.home)])
    }

    @Test("A node that uses nonces synchronizes through the foreign agent")
    func nonces() throws {
        var network = Network([Lab.association(replay: .nonces)])
        let first = try network.register { $0.identification = Identification(high: 0, low: 1) }
        #expect(first.code == 133)
        let high = first.fixed.identification.high
        #expect(try network.register { $0.identification = Identification(high: high, low: 2) }.code == 0)
    }

    @Test("A node without home address gets one through the foreign agent")
    func assignment() throws {
        let alice = try #require(Lab.alice)
        var network = Network([Lab.association(.nai(alice))]) { $0.addressesByNAI = [alice: Lab.home] }
        // The foreign agent also knows the visitor by its NAI.
        network.foreign = Bench(
            Lab.foreignAgentConfiguration([
                Lab.association(.nai(alice), spi: Lab.mobileForeignSPI, key: Lab.mobileForeignKey, ownRole: .foreignAgent),
                Lab.ofHomeAgent,
            ]))
        let reply = try network.register(from: TransportEndpoint(.zero, port: 5001)) {
            ($0.homeAddress, $0.nai) = (.zero, alice)
        }
        #expect(reply.code == 0)
        #expect(reply.fixed.homeAddress == Lab.home)
        #expect(network.foreign.visitors.map(\.homeAddress) == [Lab.home])
    }

    @Test("One agent in both roles serves its own nodes at home and relays for others")
    func bothRoles() throws {
        let address = Lab.homeAgent
        var configuration = Lab.homeAgentConfiguration([Lab.association()])
        configuration.foreignAgent = ForeignAgentConfiguration(endpoints: [address], careOfAddresses: [address.address])
        var bench = Bench(configuration)
        #expect(bench.agent.information.roles == [.foreignAgent, .homeAgent])
        #expect(try Reply(bench.receive(Request(bench).octets))?.code == 0)
        let distant = IPv4Address(198, 51, 100, 9)
        let visiting = Request(bench) {
            $0.flags = []
            $0.careOfAddress = address.address
            $0.homeAgent = distant
        }
        let sent = bench.receive(visiting.octets, from: Lab.visitor)
        let relayed = try #require(sent)
        #expect(relayed.destination == TransportEndpoint(distant, port: 434))
        let answer = Answer(to: visiting) { $0.homeAgent = distant }
        let delivered = bench.receive(answer.octets, from: relayed.destination, to: address)
        #expect(delivered?.destination == Lab.visitor)
        #expect(bench.bindings.count == 1)
        #expect(bench.visitors.count == 1)
        #expect(bench.everythingIsAccountedFor)
    }
}
