import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("Redirection of a mobile node")
struct RedirectionTests {
    private static let redirection =
        "038f000000000000c0000201e90b5a80123456788311616c696365406578616d706c652e6e65748b020004c00002022014000001008f397613516c"
        + "dd865ba4a82debc8b2d5"

    static func homeAgent(_ number: UInt8) -> IPv4Address { IPv4Address(192, 0, 2, number) }

    /// A reply with 143 of a home agent that names another one.
    private static func redirect(
        _ visiting: VisitingNode, from first: UInt8, to second: UInt8, _ change: (inout VisitingNode.Reply) -> Void = { _ in }
    ) -> MobileNode.Outcome? {
        visiting.deliver {
            ($0.code, $0.lifetime, $0.homeAddress, $0.homeAgent) = (143, 0, .zero, homeAgent(first))
            $0.before = extensionOctets(DynamicHomeAgent(purpose: .redirected, address: homeAgent(second)))
            change(&$0)
        }
    }

    @Test("D3: the node asks for the home agent that the reply names, and remembers who has redirected it")
    func followed() throws {
        let visiting = VisitingNode.ofExample {
            ($0.homeAddress, $0.homeAgent.address, $0.nai) = (.zero, .zero, VisitingNode.alice)
            $0.homeAgentHint = VisitingNode.homeAgent.address
        }
        #expect(try visiting.deliver(hexadecimal: Self.redirection) == nil)
        #expect(try visiting.sent.homeAgent == .zero)
        #expect(try visiting.sentExtensions(DynamicHomeAgent.self).map(\.address) == [Self.homeAgent(2)])
        #expect(
            visiting.status.homeAgentSearch
                == HomeAgentSearch(
                    state: .redirected, homeAgent: Self.homeAgent(2), source: .redirected, redirects: [Self.homeAgent(1)]))
        #expect(visiting.deliver { $0.homeAgent = Self.homeAgent(2) } == .accepted(.accepted, lifetime: 100))
        #expect(
            visiting.status.homeAgentSearch
                == HomeAgentSearch(
                    state: .anchored, homeAgent: Self.homeAgent(2), source: .redirected, redirects: [Self.homeAgent(1)]))
        #expect(visiting.counters.redirects == 1)
        #expect(visiting.counters.redirectLoops == 0)
    }

    @Test(
        "A home agent that redirects to itself or to one that has redirected the node is not followed",
        arguments: [UInt8(1), 2, 3])
    func loop(back: UInt8) throws {
        let visiting = VisitingNode.searching()
        visiting.attach()
        #expect(Self.redirect(visiting, from: 1, to: 2) == nil)
        #expect(Self.redirect(visiting, from: 2, to: 3) == nil)
        let sent = visiting.counters.requestsSent
        #expect(Self.redirect(visiting, from: 3, to: back) == .denied(.haRedirected))
        #expect(visiting.counters.requestsSent == sent)
        #expect(visiting.counters.redirects == 2)
        #expect(visiting.counters.redirectLoops == 1)
        #expect(visiting.node.state == .failed(.denied(.haRedirected)))
        // Later it is tried again, with an empty memory.
        #expect(visiting.pass(until: 2).requests.map { $0.second } == [2])
        #expect(Self.redirect(visiting, from: 1, to: 2) == nil)
    }

    @Test("After eight redirections, another one is taken for a loop")
    func memory() throws {
        let visiting = VisitingNode.searching()
        visiting.attach()
        for number in 1...8 as ClosedRange<UInt8> { #expect(Self.redirect(visiting, from: number, to: number + 1) == nil) }
        #expect(Self.redirect(visiting, from: 9, to: 10) == .denied(.haRedirected))
        #expect(visiting.counters.redirects == 8)
        #expect(visiting.counters.redirectLoops == 1)
        #expect(visiting.status.homeAgentSearch?.redirects == (1...8).map(Self.homeAgent))
    }

    @Test("A home agent that is not allowed is not asked")
    func notAllowed() throws {
        let visiting = VisitingNode.searching { $0.allowedHomeAgents = [IPv4Prefix(host: Self.homeAgent(1))] }
        visiting.attach()
        #expect(Self.redirect(visiting, from: 1, to: 2) == .denied(.haRedirected))
        #expect(visiting.counters.redirectLoops == 1)
        #expect(visiting.node.retry.due != nil)
    }

    private static func requested(by visiting: VisitingNode) throws -> [IPv4Address] {
        try visiting.sentExtensions(DynamicHomeAgent.self).map(\.address)
    }

    @Test("A home agent that another one has named and that does not answer is given up after two requests")
    func silent() throws {
        let visiting = VisitingNode.searching { $0.homeAgentHint = Self.homeAgent(1) }
        visiting.attach()
        #expect(Self.redirect(visiting, from: 1, to: 2) == nil)
        let course = visiting.pass(until: 4)
        #expect(course.requests.map { $0.second } == [1])
        #expect(course.failures.map { $0.outcome } == [.unanswered])
        #expect(visiting.counters.dynamicFallbacks == 0)
        // The hint would send the node there again: the foreign agent is left the choice, once.
        visiting.pass(until: 5)
        #expect(try visiting.sent.homeAgent == .zero)
        #expect(try Self.requested(by: visiting).isEmpty)
        #expect(visiting.deliver { ($0.code, $0.homeAddress) = (130, .zero) } == .denied(.haInsufficientResources))
        visiting.pass(until: 9)
        #expect(try Self.requested(by: visiting) == [Self.homeAgent(1)])
    }

    @Test("After a redirection to a silent home agent, the next search asks a home agent first that had no part in it")
    func silentAfterDrain() throws {
        let visiting = VisitingNode.searching { $0.homeAgentHint = Self.homeAgent(4) }
        visiting.attach()
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        visiting.pass(until: 70)
        #expect(visiting.deliver { ($0.code, $0.lifetime) = (129, 0) } == nil)
        #expect(try Self.requested(by: visiting) == [Self.homeAgent(1)])
        #expect(Self.redirect(visiting, from: 1, to: 2) == nil)
        visiting.pass(until: 75)
        #expect(try Self.requested(by: visiting) == [Self.homeAgent(4)])
        #expect(try visiting.sent.homeAgent == .zero)
    }

    @Test(
        "The fallback is addressed when the home agent of a redirection does not answer, unless it is that one",
        arguments: [UInt8(2), 3])
    func silentWithFallback(fallback: UInt8) throws {
        let visiting = VisitingNode.searching { $0.fallbackHomeAgent = Self.homeAgent(fallback) }
        visiting.attach()
        #expect(Self.redirect(visiting, from: 1, to: 2) == nil)
        let course = visiting.pass(until: 3)
        if fallback == 2 {
            #expect(course.failures.map { $0.outcome } == [.unanswered])
        } else {
            #expect(course.failures.isEmpty)
            #expect(try visiting.sent.homeAgent == Self.homeAgent(3))
            #expect(visiting.status.homeAgentSearch?.state == .fallback)
        }
    }

    /// A reply with 143 that names no home agent.
    struct Mistake: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var change: @Sendable (inout VisitingNode.Reply) -> Void

        static let all: [Mistake] = [
            Mistake(testDescription: "without the extension") { $0.before = [] },
            Mistake(testDescription: "with a requested home agent") {
                $0.before = extensionOctets(DynamicHomeAgent(purpose: .requested, address: RedirectionTests.homeAgent(2)))
            },
            Mistake(testDescription: "with one that nobody has signed") { ($0.before, $0.after) = ([], $0.before) },
            Mistake(testDescription: "with an extension that is too short") { $0.before = [139, 2, 0, 3, 192, 0, 2] },
            Mistake(testDescription: "with 0.0.0.0") { $0.before = [139, 2, 0, 4, 0, 0, 0, 0] },
            Mistake(testDescription: "with a group") { $0.before = [139, 2, 0, 4, 224, 0, 0, 5] },
            Mistake(testDescription: "with an address of this machine") { $0.before = [139, 2, 0, 4, 127, 0, 0, 1] },
        ]
    }

    @Test("A redirection without a signed address of another home agent is a denial", arguments: Mistake.all)
    func mistake(_ mistake: Mistake) throws {
        let visiting = VisitingNode.searching()
        visiting.attach()
        #expect(Self.redirect(visiting, from: 1, to: 2, mistake.change) == .denied(.haRedirected))
        #expect(visiting.counters.redirects == 0 && visiting.counters.redirectLoops == 0)
    }

    @Test("A redirection that the replying home agent has not signed is dropped", arguments: [nil, Place.wrongKey])
    func forged(key: AuthenticationKey?) throws {
        let visiting = VisitingNode.searching()
        visiting.attach()
        let sent = visiting.request
        #expect(Self.redirect(visiting, from: 1, to: 2) { $0.homeKey = key } == nil)
        #expect(visiting.request == sent)
        #expect(visiting.counters.repliesHomeAgentAuthenticationFailure == 1)
        #expect(visiting.counters.redirects == 0)
    }

    @Test("The short form of the extension is understood too")
    func shortForm() throws {
        let visiting = VisitingNode.searching()
        visiting.attach()
        #expect(Self.redirect(visiting, from: 1, to: 2) { $0.before = [139, 5, 2, 192, 0, 2, 2] } == nil)
        #expect(try visiting.sentExtensions(DynamicHomeAgent.self).map(\.address) == [Self.homeAgent(2)])
    }

    @Test("A redirected request may be synchronized with the clock of the other home agent too")
    func clocks() throws {
        let visiting = VisitingNode.searching()
        visiting.attach()
        #expect(visiting.deliver { ($0.code, $0.homeAddress) = (133, .zero) } == nil)
        #expect(Self.redirect(visiting, from: 1, to: 2) == nil)
        #expect(visiting.deliver { ($0.code, $0.homeAddress, $0.homeAgent) = (133, .zero, Self.homeAgent(2)) } == nil)
        #expect(try visiting.sentExtensions(DynamicHomeAgent.self).map(\.address) == [Self.homeAgent(2)])
    }

    @Test("A home agent that is full moves the next session of its former node elsewhere")
    func formerIsFull() throws {
        let visiting = VisitingNode.searching()
        visiting.attach()
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        visiting.pass(until: 70)
        #expect(visiting.deliver { ($0.code, $0.lifetime) = (129, 0) } == nil)
        #expect(Self.redirect(visiting, from: 1, to: 2) == nil)
        let assigned = IPv4Address(192, 0, 2, 77)
        #expect(
            visiting.deliver { ($0.homeAgent, $0.homeAddress) = (Self.homeAgent(2), assigned) }
                == .accepted(.accepted, lifetime: 100))
        #expect(visiting.node.configuration.homeAddress == assigned)
        #expect(visiting.node.configuration.homeAgent.address == Self.homeAgent(2))
    }
}
