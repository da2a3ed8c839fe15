import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("Where a mobile node finds itself")
struct MovementDetectorTests {
    // MARK: - Solicitation

    @Test(
        "A node that hears nobody asks three times at a second's distance, then with twice the interval each time, up to a minute"
    )
    func solicitation() {
        var node = Wanderer()
        #expect(node.linkUp() == [.solicit])
        let asked = node.pass(seconds: 300)
        #expect(asked.allSatisfy { $0.action == .solicit })
        #expect(asked.map(\.second) == [1, 2, 4, 8, 16, 32, 64, 124, 184, 244])
    }

    @Test("A node that hears an agent asks no more, and begins anew when it has lost it")
    func silence() {
        var node = Wanderer()
        _ = node.linkUp()
        _ = node.pass(seconds: 20)
        #expect(node.hear(Wanderer.a).attachments == [Wanderer.a.attachment])
        let after = node.pass(seconds: 12)
        #expect(after.map(\.action) == [.detach, .solicit, .solicit, .solicit])
        #expect(after.map(\.second) == [29, 29, 30, 31])
    }

    @Test("Nothing is asked while there is no link, and all that was heard before is forgotten")
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

    // MARK: - Coming and going

    @Test(
        "Hearing the home agent, or a home agent from inside the home network, means home",
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

    @Test("A node comes home from wherever it is as soon as it hears its home agent, and stays there whatever else it hears")
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

    @Test("An eager node moves to an agent that it hears for the first time; another stays while its own is heard")
    func newAgent() {
        for eager in [true, false] {
            var node = Wanderer(eager: eager)
            _ = node.linkUp()
            _ = node.hear(Wanderer.a)
            #expect(node.hear(Wanderer.b).attachments == (eager ? [Wanderer.b.attachment] : []))
            #expect(node.detector.attachment == (eager ? Wanderer.b : Wanderer.a).attachment)
        }
    }

    @Test("Between two agents of one link an eager node does not go back and forth")
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

    @Test("An agent that falls silent is left when its ICMP lifetime is over, for the one heard last")
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

    @Test("An agent that bids farewell with lifetime 0 is left at once, and one that was not known is not taken")
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

    @Test("An agent that is busy takes no new visitor, and keeps those it has")
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
        "An agent in use that no longer offers the care-of address is registered with anew; one that is no foreign agent any more is left"
    )
    func otherOffer() {
        var node = Wanderer()
        _ = node.linkUp()
        var agent = Wanderer.Agent(Wanderer.a.address, careOf: [Wanderer.a.address, Wanderer.b.address])
        _ = node.hear(agent)
        agent.careOf.reverse()
        #expect(node.hear(agent) == [], "the order alone says nothing")
        agent.careOf = [Wanderer.b.address]
        #expect(node.hear(agent).attachments == [agent.attachment])
        agent.flags = .homeAgent
        #expect(node.hear(agent) == [.detach])
    }

    @Test("A flood of forged agents that crowds out the one in use does not make it last for ever")
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
        "The sequence number tells an agent's restart, which asks for a new registration; its roll-over to 256 and lost advertisements do not",
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

    @Test("The restart of an agent that is not in use is counted and asks for nothing")
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

    @Test("The challenges of the agent in use are handed on after the move to it, those of others are not")
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

    // MARK: - With an address of its own

    @Test("An address of the node's own is used when no agent was heard for a second, and the node goes on asking")
    func coLocated() {
        var node = Wanderer()
        _ = node.linkUp()
        #expect(node.setOwnAddress(Wanderer.own) == [])
        let done = node.pass(seconds: 5)
        #expect(done.map(\.action).attachments == [.coLocated(Wanderer.own)])
        #expect(done.first { $0.action != .solicit }?.second == 1)
        #expect(done.filter { $0.action == .solicit }.map(\.second) == [1, 2, 4])
    }

    @Test("An address that comes late is used at once, one that goes is left, another one takes its place")
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
        "A foreign agent is preferred to an address of its own by an eager node, and by any node where registration is required",
        arguments: [(true, false, true), (true, true, true), (false, false, false), (false, true, true)])
    func agentAfterAddress(eager: Bool, isRequired: Bool, isTaken: Bool) {
        var node = Wanderer(eager: eager)
        _ = node.linkUp()
        _ = node.setOwnAddress(Wanderer.own)
        _ = node.pass(seconds: 1)
        var agent = Wanderer.a
        if isRequired { agent.flags.insert(.registrationRequired) }
        let wanted: NetworkAttachment =
            isRequired
            ? .coLocated(Wanderer.own, foreignAgent: TransportEndpoint(agent.address, port: 434)) : agent.attachment
        #expect(node.hear(agent).attachments == (isTaken ? [wanted] : []))
    }

    @Test("An agent that takes no registration is left for another that is heard; without one, or at home, the node stays")
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
