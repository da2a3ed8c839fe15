import AgentModel
import MobileIPv4
import MobileNode
import MobilityAgent
import Testing

@Suite("A foreign agent that starts over")
struct AgentRestartTests {
    @Test("A registered node that hears its foreign agent start over requests at that moment, and is its visitor again")
    func registered() {
        var journey = Journey()
        var surroundings = Wanderer()
        var agent = Wanderer.a
        agent.sequence = 40
        _ = surroundings.linkUp()
        #expect(surroundings.hear(agent).attachments == [Journey.abroad])
        #expect(journey.attach(to: Journey.abroad) == .accepted(.accepted, lifetime: 1800))
        journey.wait(seconds: 10)

        // The agent has forgotten its visitors.
        journey.foreign = Journey().foreign
        #expect(journey.visitors.isEmpty)
        agent.sequence = 0
        #expect(surroundings.hear(agent) == [.registerAgain])
        let request = journey.node.register(at: journey.now, random: &journey.random)
        #expect(journey.carry(request) == .accepted(.accepted, lifetime: 1800))
        #expect(journey.visitors.map(\.homeAddress) == [Place.home])
        #expect(journey.bindings.map(\.renewals) == [1])
        #expect(journey.node.counters.requestsSent == 2)
        #expect(journey.node.counters.movesFromForeignToForeign == 0)
    }

    @Test("A node whose request was lost with the agent does not wait for the time of its retransmission")
    func waiting() {
        var journey = Journey()
        _ = journey.node.attach(to: Journey.abroad, at: journey.now, random: &journey.random)
        journey.wait(seconds: 0.3)
        let request = journey.node.register(at: journey.now, random: &journey.random)
        #expect(journey.node.nextDeadline == journey.uptime + 1_000_000_000)
        #expect(journey.carry(request) == .accepted(.accepted, lifetime: 1800))
        #expect(journey.node.counters.requestsSent == 2)
    }
}
