import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("Advertisements that inform a single visitor")
struct UnicastNoticeTests {
    private static let here: UInt64 = 0x0200_0000_0001
    private static let elsewhere: UInt64 = 0x0200_0000_0002

    /// A node attached to an agent that was last heard with sequence number 40 at the Ethernet address `here`.
    private static func attached() -> Wanderer {
        var node = Wanderer()
        _ = node.linkUp()
        #expect(!hear(&node, sequence: 40, AdvertisementArrival(timeToLive: 1, linkLayer: here)).isEmpty)
        return node
    }

    private static func hear(
        _ node: inout Wanderer, sequence: UInt16, _ arrival: AdvertisementArrival
    ) -> [MovementDetector.Action] {
        var agent = Wanderer.a
        agent.sequence = sequence
        return node.detector.receive(agent.octets.span.bytes, from: agent.address, arrival: arrival, at: node.moment)
    }

    private static let toAll = AdvertisementArrival(timeToLive: 1, linkLayer: here)
    private static let toNode = AdvertisementArrival(isUnicast: true, timeToLive: 1, linkLayer: here)

    @Test("Each notice makes the node register once; the advertisements to everybody between them do not")
    func once() {
        var node = Self.attached()
        for sequence in [41, 43] as [UInt16] {
            #expect(Self.hear(&node, sequence: 0, Self.toNode) == [.registerAgain])
            #expect(Self.hear(&node, sequence: sequence, Self.toAll) == [])
            #expect(Self.hear(&node, sequence: sequence + 1, Self.toAll) == [])
        }
        #expect(node.detector.agents.counters.agentRebootsDetected == 2)
    }

    @Test("A restart of the agent right after a notice is noticed")
    func restart() {
        var node = Self.attached()
        _ = Self.hear(&node, sequence: 0, Self.toNode)
        #expect(Self.hear(&node, sequence: 0, Self.toAll) == [.registerAgain])
        #expect(Self.hear(&node, sequence: 1, Self.toAll) == [])
    }

    @Test("A second notice is followed although no advertisement to everybody was heard since the first")
    func again() {
        var node = Self.attached()
        #expect(Self.hear(&node, sequence: 0, Self.toNode) == [.registerAgain])
        #expect(Self.hear(&node, sequence: 0, Self.toNode) == [.registerAgain])
    }

    @Test("An agent that answers a solicitation to the node alone, with its ordinary sequence number, has not restarted")
    func answer() {
        var node = Self.attached()
        #expect(Self.hear(&node, sequence: 41, Self.toNode) == [])
        #expect(Self.hear(&node, sequence: 42, Self.toAll) == [])
    }

    @Test(
        "What does not come from a neighbour, or to the node alone from another machine than before, is ignored",
        arguments: [
            (AdvertisementArrival(isUnicast: true, timeToLive: 2, linkLayer: here), false),
            (AdvertisementArrival(isUnicast: false, timeToLive: 255, linkLayer: here), false),
            (AdvertisementArrival(isUnicast: true, timeToLive: 1, linkLayer: elsewhere), false),
            (AdvertisementArrival(isUnicast: false, timeToLive: 1, linkLayer: elsewhere), true),
            (AdvertisementArrival(isUnicast: true, timeToLive: nil, linkLayer: nil), true),
        ] as [(AdvertisementArrival, Bool)])
    func credible(arrival: AdvertisementArrival, isFollowed: Bool) {
        var node = Self.attached()
        #expect(Self.hear(&node, sequence: 0, arrival) == (isFollowed ? [.registerAgain] : []))
        #expect(node.detector.agents.counters.advertisementsReceived == (isFollowed ? 2 : 1))
    }

    @Test("After an agent's address has moved to another machine, notices from there are followed")
    func moved() {
        var node = Self.attached()
        #expect(Self.hear(&node, sequence: 41, AdvertisementArrival(timeToLive: 1, linkLayer: Self.elsewhere)) == [])
        #expect(Self.hear(&node, sequence: 0, Self.toNode) == [])
        let notice = AdvertisementArrival(isUnicast: true, timeToLive: 1, linkLayer: Self.elsewhere)
        #expect(Self.hear(&node, sequence: 0, notice) == [.registerAgain])
    }
}
