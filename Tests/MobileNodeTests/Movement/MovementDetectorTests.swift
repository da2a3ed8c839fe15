import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("How a mobile node detects movement")
struct MovementDetectorTests {
    // MARK: - Solicitation

    @Test(
        "A node that hears no agent solicits three times one second apart, then doubles the interval each time, up to a minute"
    )
    func solicitation() {
        var node = Wanderer()
        #expect(node.linkUp() == [.solicit])
        let solicitations = node.pass(seconds: 300)
        #expect(solicitations.allSatisfy { $0.action == .solicit })
        #expect(solicitations.map(\.second) == [1, 2, 4, 8, 16, 32, 64, 124, 184, 244])
    }

    @Test("A node that hears an agent stops soliciting, and starts again when it loses the agent")
    func silence() {
        var node = Wanderer()
        _ = node.linkUp()
        _ = node.pass(seconds: 20)
        #expect(node.hear(Wanderer.a).attachments == [Wanderer.a.attachment])
        let after = node.pass(seconds: 12)
        #expect(after.map(\.action) == [.detach, .solicit, .solicit, .solicit])
        #expect(after.map(\.second) == [29, 29, 30, 31])
    }

    @Test("Without a link nothing is solicited, and everything heard before is forgotten")
    func noLink() {
        var node = Wanderer()
        _ = node.linkUp()
        _ = node.hear(Wanderer.a)
        #expect(node.detector.linkDown() == [.detach])
        #expect(node.detector.linkDown() == [])
        #expect(node.detector.agents.all.isEmpty)
        #expect(node.detector.nextDeadline == nil)
        #expect(node.linkUp() == [.solicit])
        #expect(node.detector.agents.counters.advertisementsReceived == 1)
    }

    // MARK: - Attaching and leaving

    @Test(
        "Hearing the home agent, or a home agent inside the home network, means that the node is at home",
        arguments: [
            (Wanderer.home, true),
            (Wanderer.Agent(IPv4Address(192, 0, 2, 200), flags: .homeAgent), true),
            (Wanderer.Agent(IPv4Address(192, 0, 2, 200), flags: [.homeAgent, .foreignAgent]), true),
            (Wanderer.Agent(IPv4Address(192, 0, 2, 200), flags: .foreignAgent), false),
            (Wanderer.Agent(IPv4Address(198, 51, 100, 9), flags: .homeAgent), nil),
            (Wanderer.Agent(IPv4Address(198, 51, 100, 9), flags: [.homeAgent, .foreignAgent]), false),
        ] as [(Wanderer.Agent, Bool?)])
    func home(agent: Wanderer.Agent, isHome: Bool?) {
        var node = Wanderer()
        _ = node.linkUp()
        _ = node.hear(agent)
        #expect(node.detector.attachment.map { $0 == .home } == isHome)
    }

    /// An agent, the home agent that the node is registered with, whether 192.0.2.0/24 is its home network, and whether it is then
    /// at home.
    private static let anyCases: [(Wanderer.Agent, IPv4Address?, Bool, Bool)] = [
        (Wanderer.home, nil, true, true),
        (Wanderer.home, Wanderer.home.address, true, true),
        (Wanderer.home, IPv4Address(192, 0, 2, 2), true, false),
        (Wanderer.home, nil, false, false),
        (Wanderer.home, Wanderer.home.address, false, false),
        (Wanderer.Agent(IPv4Address(198, 51, 100, 9), flags: .homeAgent), nil, true, false),
        (Wanderer.Agent(IPv4Address(192, 0, 2, 200), flags: .foreignAgent), nil, true, false),
        (Wanderer.Agent(.zero, flags: .homeAgent), nil, false, false),
        (Wanderer.Agent(.zero, flags: .homeAgent), nil, true, false),
        (Wanderer.Agent(.limitedBroadcast, flags: .homeAgent), nil, true, false),
    ]

    @Test(
        "A node that registers with any home agent is at home only in its home network, and by its own home agent if it has one",
        arguments: [IPv4Address.zero, .limitedBroadcast])
    func homeOfAny(homeAgent: IPv4Address) {
        for (agent, anchor, hasNetwork, isHome) in Self.anyCases {
            var node = Wanderer()
            let network = hasNetwork ? IPv4Prefix(containing: Wanderer.home.address, length: 24) : nil
            node.detector = MovementDetector(
                configuration: MovementDetector.Configuration(homeAgent: homeAgent, homeNetwork: network))
            node.detector.anchor = anchor
            _ = node.linkUp()
            let actions = node.hear(agent)
            #expect(actions.attachments.contains(.home) == isHome, "\(agent.address) with \(anchor?.description ?? "none")")
            #expect((node.detector.attachment == .home) == isHome)
        }
    }

    @Test(
        "An advertisement whose source is the address of no host is ignored",
        arguments: [.zero, .limitedBroadcast, IPv4Address(127, 0, 0, 1), IPv4Address(224, 0, 0, 1)] as [IPv4Address])
    func noHost(source: IPv4Address) {
        var node = Wanderer()
        _ = node.linkUp()
        #expect(node.hear(Wanderer.Agent(source, flags: [.homeAgent, .foreignAgent])) == [])
        #expect(node.detector.agents.all.isEmpty)
    }

    @Test("A node returns home from anywhere as soon as it hears its home agent, and stays there whatever else it hears")
    func comingHome() {
        for eager in [true, false] {
            var node = Wanderer(eager: eager)
            _ = node.linkUp()
            _ = node.hear(Wanderer.a)
            #expect(node.hear(Wanderer.home).attachments == [.home])
            #expect(node.hear(Wanderer.b) == [])
            #expect(node.detector.attachment == .home)
        }
    }

    @Test("An eager node moves to an agent that it hears for the first time; any other node stays while it hears its own agent")
    func newAgent() {
        for eager in [true, false] {
            var node = Wanderer(eager: eager)
            _ = node.linkUp()
            _ = node.hear(Wanderer.a)
            #expect(node.hear(Wanderer.b).attachments == (eager ? [Wanderer.b.attachment] : []))
            #expect(node.detector.attachment == (eager ? Wanderer.b : Wanderer.a).attachment)
        }
    }

    @Test("An eager node does not alternate between two agents on the same link")
    func twoAgents() {
        var node = Wanderer()
        _ = node.linkUp()
        var moves = 0
        for round in 0..<20 as Range<UInt16> {
            for var agent in [Wanderer.a, Wanderer.b] {
                agent.sequence = round
                moves += node.hear(agent).attachments.count
                _ = node.pass(seconds: 1)
            }
        }
        #expect(moves == 2)
        #expect(node.detector.attachment == Wanderer.b.attachment)
    }

    @Test("When the ICMP lifetime of a silent agent ends, the node moves to the agent heard last")
    func lifetime() {
        var node = Wanderer(eager: false)
        var (a, b) = (Wanderer.a, Wanderer.b)
        (a.lifetime, b.lifetime) = (6, 30)
        _ = node.linkUp()
        _ = node.hear(a)
        _ = node.pass(seconds: 2)
        a.sequence = 1
        #expect(node.hear(a) == [])
        #expect(node.hear(b) == [])
        let done = node.pass(seconds: 10)
        #expect(done.map(\.second) == [8])
        #expect(done.map(\.action).attachments == [b.attachment])
    }

    @Test("An agent that announces lifetime 0 is left at once, and is not adopted if it was unknown")
    func farewell() {
        var node = Wanderer()
        var leaving = Wanderer.a
        leaving.lifetime = 0
        _ = node.linkUp()
        #expect(node.hear(leaving) == [])
        _ = node.hear(Wanderer.a)
        _ = node.pass(seconds: 1)
        leaving.sequence = 1
        #expect(node.hear(leaving) == [.detach, .solicit])
        #expect(node.detector.attachment == nil)
    }

    @Test("A busy agent gets no new visitors and keeps its existing ones")
    func busy() {
        var node = Wanderer()
        var busy = Wanderer.a
        busy.flags.insert(.busy)
        _ = node.linkUp()
        #expect(node.hear(busy) == [])
        #expect(node.hear(Wanderer.a).attachments == [Wanderer.a.attachment])
        busy.sequence = 1
        #expect(node.hear(busy) == [])
        #expect(node.detector.attachment == Wanderer.a.attachment)
    }

    @Test(
        "A node registers again when its agent no longer offers the care-of address, and leaves an agent that stops being a foreign agent"
    )
    func otherOffer() {
        var node = Wanderer()
        _ = node.linkUp()
        var agent = Wanderer.Agent(Wanderer.a.address, careOf: [Wanderer.a.address, Wanderer.b.address])
        _ = node.hear(agent)
        agent.careOf.reverse()
        #expect(node.hear(agent) == [], "the order alone is irrelevant")
        agent.careOf = [Wanderer.b.address]
        #expect(node.hear(agent).attachments == [agent.attachment])
        agent.flags = .homeAgent
        #expect(node.hear(agent) == [.detach])
    }

    @Test("A flood of forged agents that evicts the agent in use does not keep the attachment for ever")
    func flood() {
        var node = Wanderer(eager: false)
        _ = node.linkUp()
        _ = node.hear(Wanderer.a)
        for number in 0..<100 as Range<UInt32> {
            var forged = Wanderer.Agent(IPv4Address(rawValue: 0x0A00_0000 + number))
            forged.lifetime = 2
            _ = node.pass(seconds: 0.01)
            _ = node.hear(forged)
        }
        _ = node.pass(seconds: 10)
        #expect(node.detector.attachment == nil)
        #expect(node.detector.agents.all.isEmpty)
    }

    // MARK: - Restarts

    @Test(
        "The sequence number shows an agent's restart, which requires a new registration; a roll-over to 256 or lost advertisements do not",
        arguments: [
            (0, 1, false), (1, 1, false), (7, 250, false), (0xFFFF, 256, false), (0xFFFF, 257, false), (60_000, 300, false),
            (5, 0, true), (255, 254, true), (256, 255, true), (0xFFFF, 0, true), (0xFFFF, 255, true),
        ] as [(UInt16, UInt16, Bool)])
    func restart(before: UInt16, after: UInt16, isRestart: Bool) {
        var node = Wanderer()
        var agent = Wanderer.a
        agent.sequence = before
        _ = node.linkUp()
        _ = node.hear(agent)
        agent.sequence = after
        #expect(node.hear(agent) == (isRestart ? [.registerAgain] : []))
        #expect(node.detector.agents.counters.agentRebootsDetected == (isRestart ? 1 : 0))
    }

    @Test("The restart of an agent that is not in use is counted and requires no action")
    func otherRestart() {
        var node = Wanderer(eager: false)
        var other = Wanderer.b
        other.sequence = 9
        _ = node.linkUp()
        _ = node.hear(Wanderer.a)
        _ = node.hear(other)
        other.sequence = 0
        #expect(node.hear(other) == [])
        #expect(node.detector.agents.counters.agentRebootsDetected == 1)
    }

    @Test("The challenges of the agent in use are passed on after the move to it; those of other agents are not")
    func challenges() {
        var node = Wanderer(eager: false)
        var (a, b) = (Wanderer.a, Wanderer.b)
        (a.challenge, b.challenge) = ([1, 2, 3, 4], [5, 6, 7, 8])
        _ = node.linkUp()
        let actions = node.hear(a)
        #expect(actions.attachments == [a.attachment])
        #expect(actions.last == .challenge([1, 2, 3, 4]))
        #expect(node.hear(b) == [])
    }

    // MARK: - Co-located care-of address

    @Test("A co-located address is used when no agent has been heard for a second, and the node continues to solicit")
    func coLocated() {
        var node = Wanderer()
        _ = node.linkUp()
        #expect(node.setOwnAddress(Wanderer.own) == [])
        let done = node.pass(seconds: 5)
        #expect(done.map(\.action).attachments == [.coLocated(Wanderer.own)])
        #expect(done.first { $0.action != .solicit }?.second == 1)
        #expect(done.filter { $0.action == .solicit }.map(\.second) == [1, 2, 4])
    }

    @Test(
        "A co-located address that appears late is used at once; one that disappears is given up and can be replaced by another")
    func otherAddress() {
        var node = Wanderer()
        _ = node.linkUp()
        _ = node.pass(seconds: 10)
        #expect(node.setOwnAddress(Wanderer.own).attachments == [.coLocated(Wanderer.own)])
        #expect(node.setOwnAddress(Wanderer.own) == [])
        let other = IPv4Address(203, 0, 113, 78)
        #expect(node.setOwnAddress(other) == [.detach, .solicit])
        #expect(node.pass(seconds: 1).map(\.action).attachments == [.coLocated(other)])
        #expect(node.setOwnAddress(nil) == [.detach, .solicit])
        #expect(node.pass(seconds: 1).map(\.action).attachments == [])
    }

    @Test(
        "An eager node prefers a foreign agent to a co-located address, and so does any node where registration is required",
        arguments: [(true, false, true), (true, true, true), (false, false, false), (false, true, true)])
    func agentAfterAddress(eager: Bool, isRequired: Bool, isTaken: Bool) {
        var node = Wanderer(eager: eager)
        _ = node.linkUp()
        _ = node.setOwnAddress(Wanderer.own)
        _ = node.pass(seconds: 1)
        var agent = Wanderer.a
        if isRequired { agent.flags.insert(.registrationRequired) }
        let expected: NetworkAttachment =
            isRequired
            ? .coLocated(Wanderer.own, foreignAgent: TransportEndpoint(agent.address, port: 434)) : agent.attachment
        #expect(node.hear(agent).attachments == (isTaken ? [expected] : []))
    }

    @Test("A node leaves an agent that accepts no registration for another that it hears; without one, or at home, it stays")
    func another() {
        var node = Wanderer(eager: false)
        _ = node.linkUp()
        _ = node.hear(Wanderer.a)
        #expect(node.detector.tryAnother() == [])
        _ = node.hear(Wanderer.b)
        #expect(node.detector.tryAnother().attachments == [Wanderer.b.attachment])
        #expect(node.detector.tryAnother().attachments == [Wanderer.a.attachment])
        _ = node.hear(Wanderer.home)
        #expect(node.detector.tryAnother() == [])
        #expect(node.detector.attachment == .home)
    }
}
