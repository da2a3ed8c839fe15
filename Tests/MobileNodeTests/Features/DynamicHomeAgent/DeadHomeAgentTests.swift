import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("Home agents that do not answer a mobile node which registers with any")
struct DeadHomeAgentTests {
    private static let first = VisitingNode.homeAgent.address
    private static let second = IPv4Address(192, 0, 2, 2)
    private static let other = IPv4Address(192, 0, 2, 3)

    private static func requested(by visiting: VisitingNode) throws -> [IPv4Address] {
        try visiting.sentExtensions(DynamicHomeAgent.self).map(\.address)
    }

    /// A denial by the foreign agent, which nobody signs.
    private static func refuse(_ visiting: VisitingNode, _ code: UInt8) throws -> MobileNode.Outcome? {
        let sent = try visiting.sent
        return visiting.deliver {
            ($0.code, $0.lifetime, $0.homeAddress, $0.homeAgent, $0.homeKey) = (code, 0, sent.homeAddress, sent.homeAgent, nil)
        }
    }

    @Test(
        "When a foreign agent reports that the home agent is not reached, the fallback is addressed at once",
        arguments: [UInt8(78), 80, 81, 82, 88])
    func fallback(code: UInt8) throws {
        let visiting = VisitingNode.searching { ($0.homeAgentHint, $0.fallbackHomeAgent) = (Self.first, Self.other) }
        visiting.attach()
        #expect(try Self.requested(by: visiting) == [Self.first])
        #expect(try Self.refuse(visiting, code) == nil)
        #expect(try visiting.sent.homeAgent == Self.other)
        #expect(try Self.requested(by: visiting) == [Self.other])
        // Once is enough.
        #expect(try Self.refuse(visiting, code) == .denied(ReplyCode(rawValue: code)))
        #expect(visiting.counters.dynamicFallbacks == 1)
        // Then the foreign agent is left the choice.
        visiting.pass(until: 2)
        #expect(try visiting.sent.homeAgent == .zero)
        #expect(try Self.requested(by: visiting).isEmpty)
    }

    @Test("Without a fallback, the report of a foreign agent is a denial, and the home agent of the hint is left out once")
    func noFallback() throws {
        let visiting = VisitingNode.searching { $0.homeAgentHint = Self.first }
        visiting.attach()
        #expect(try Self.refuse(visiting, 81) == .denied(.faHomeAgentHostUnreachable))
        #expect(visiting.counters.dynamicFallbacks == 0)
        visiting.pass(until: 2)
        #expect(try Self.requested(by: visiting).isEmpty)
    }

    @Test("An anchored node whose home agent is not reached asks for any after its registration, and for that one later")
    func anchored() throws {
        let visiting = VisitingNode.searching()
        visiting.attach()
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        for second in [70.0, 72, 76, 84] {
            visiting.pass(until: second)
            #expect(try visiting.sent.homeAgent == Self.first)
            #expect(try Self.refuse(visiting, 78) == .denied(.faRegistrationTimeout))
        }
        visiting.pass(until: 100)
        #expect(try visiting.sent.homeAgent == .zero)
        #expect(try Self.requested(by: visiting).isEmpty)
        // The foreign agent has none to choose.
        #expect(try Self.refuse(visiting, 90) == .denied(.faNonZeroHomeAgentAddressRequired))
        visiting.pass(until: 132)
        #expect(try visiting.sent.homeAgent == .zero)
        #expect(try Self.requested(by: visiting) == [Self.first])
    }

    @Test("After a redirection to a home agent that is not reached, neither end of it is asked by the next search")
    func redirected() throws {
        let visiting = VisitingNode.searching { $0.homeAgentHint = Self.first }
        visiting.attach()
        let outcome = visiting.deliver {
            ($0.code, $0.lifetime, $0.homeAddress) = (143, 0, .zero)
            $0.before = extensionOctets(DynamicHomeAgent(purpose: .redirected, address: Self.second))
        }
        #expect(outcome == nil)
        #expect(try Self.requested(by: visiting) == [Self.second])
        #expect(try Self.refuse(visiting, 81) == .denied(.faHomeAgentHostUnreachable))
        visiting.pass(until: 2)
        #expect(try visiting.sent.homeAgent == .zero)
        #expect(try Self.requested(by: visiting).isEmpty)
    }

    @Test("A hint that does not answer is left out by the next search, and asked by the one after it")
    func silentHint() throws {
        let visiting = VisitingNode.searching { $0.homeAgentHint = Self.first }
        visiting.attach()
        let course = visiting.pass(until: 36)
        #expect(course.failures.map { $0.outcome } == [.unanswered])
        #expect(try visiting.sent.homeAgent == .zero)
        #expect(try Self.requested(by: visiting).isEmpty)
        let denial = visiting.deliver { ($0.code, $0.lifetime, $0.homeAddress, $0.homeAgent) = (130, 0, .zero, Self.second) }
        #expect(denial == .denied(.haInsufficientResources))
        visiting.pass(until: 40)
        #expect(try Self.requested(by: visiting) == [Self.first])
    }

    @Test("A home agent that falls silent is left out by the next search even if it is the hint")
    func silentAnchorIsHint() throws {
        let visiting = VisitingNode.searching { $0.homeAgentHint = Self.first }
        visiting.attach()
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        visiting.pass(until: 103)
        #expect(try visiting.sent.homeAgent == .zero)
        #expect(try Self.requested(by: visiting).isEmpty)
    }

    @Test("A node with a home agent of its own keeps to it when a foreign agent does not reach it")
    func ownHomeAgent() throws {
        let visiting = VisitingNode { ($0.homeAgentHint, $0.fallbackHomeAgent) = (Self.other, Self.other) }
        visiting.attach()
        #expect(try Self.refuse(visiting, 81) == .denied(.faHomeAgentHostUnreachable))
        visiting.pass(until: 2)
        #expect(try visiting.sent.homeAgent == Self.first)
        #expect(try visiting.sentTypes == [32])
    }

    // MARK: - Ends of registrations

    @Test("A node that comes home without a reply deregisters with the home agent that it hears, unless it knows its own")
    func meetsAtHome() throws {
        let visiting = VisitingNode.searching { $0.homeAddress = VisitingNode.home }
        visiting.attach()
        visiting.node.meetHomeAgent(Self.first)
        visiting.attach(to: .home)
        #expect(try visiting.sent.lifetime.rawValue == 0)
        #expect(try visiting.sent.homeAgent == Self.first)
        #expect(visiting.node.destination.address == Self.first)
        visiting.attach()
        #expect(try visiting.sent.homeAgent == .zero)
        #expect(visiting.deliver { $0.homeAgent = Self.second } == .accepted(.accepted, lifetime: 100))
        visiting.node.meetHomeAgent(Self.first)
        visiting.attach(to: .home)
        #expect(try visiting.sent.homeAgent == Self.second)
    }

    @Test("When the home agent refuses the service of a renewal, the assigned home address has ended with the binding")
    func refusedService() throws {
        let visiting = VisitingNode.searching { $0.service = ServiceIdentifier("ims") }
        visiting.attach()
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        visiting.pass(until: 70)
        #expect(visiting.deliver { ($0.code, $0.lifetime) = (151, 0) } == .denied(.haServiceAuthorizationFailed))
        #expect(visiting.node.configuration.homeAddress == .zero)
        #expect(visiting.status.homeAgentSearch?.state == .unanchored)
        visiting.disable()
        visiting.enable()
        #expect(try visiting.sent.homeAddress == .zero)
        #expect(try Self.requested(by: visiting) == [Self.first])
    }
}
