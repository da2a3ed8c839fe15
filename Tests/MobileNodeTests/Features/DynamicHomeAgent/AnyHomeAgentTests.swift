import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("Registration of a mobile node with any home agent")
struct AnyHomeAgentTests {
    private static let request =
        "010207080000000000000000c6336401e90b5a80123456788311616c696365406578616d706c652e6e65748b010004c00002012014000001008cb8"
        + "7ffee17f2cb9b477ed5bbfc88ef9"
    private static let acceptance =
        "03000708c000020ac0000201e90b5a80123456788311616c696365406578616d706c652e6e6574201400000100adfb392024eb4e2d671a0aa0b7f2"
        + "00a0"
    private static let refusal = "035a000000000000ffffffffe90b5a8012345678"
    private static let other = IPv4Address(192, 0, 2, 2)
    private static let elsewhere = NetworkAttachment.foreignAgent(
        TransportEndpoint(IPv4Address(203, 0, 113, 1), port: 434), careOfAddress: IPv4Address(203, 0, 113, 1))

    private static func example() -> VisitingNode {
        VisitingNode.ofExample {
            ($0.homeAddress, $0.homeAgent.address, $0.nai) = (.zero, .zero, VisitingNode.alice)
            $0.homeAgentHint = VisitingNode.homeAgent.address
        }
    }

    private static func requested(by visiting: VisitingNode) throws -> [IPv4Address] {
        let extensions = try visiting.sentExtensions(DynamicHomeAgent.self)
        for value in extensions { #expect(value.purpose == .requested && !value.isShortForm) }
        return extensions.map(\.address)
    }

    /// Registers at the home agent, which a foreign agent has chosen, for 100 seconds.
    private static func anchored(_ change: (inout MobileNodeConfiguration) -> Void = { _ in }) -> VisitingNode {
        let visiting = VisitingNode.searching(change)
        visiting.attach()
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        return visiting
    }

    @Test("D1, D2: a node asks for the home agent of its hint, and takes home agent and home address from the acceptance")
    func hint() throws {
        let visiting = Self.example()
        #expect(Hexadecimal.text(visiting.request) == Self.request)
        #expect(visiting.status.homeAgentSearch?.state == .asking)
        #expect(visiting.status.homeAgentSearch?.homeAgent == VisitingNode.homeAgent.address)
        #expect(try visiting.deliver(hexadecimal: Self.acceptance) == .accepted(.accepted, lifetime: 1800))
        #expect(visiting.node.configuration.homeAddress == VisitingNode.home)
        #expect(
            visiting.status.homeAgentSearch
                == HomeAgentSearch(state: .anchored, homeAgent: VisitingNode.homeAgent.address, source: .hint))
        #expect(visiting.status.homeAgents == [KnownHomeAgent(address: VisitingNode.homeAgent.address, isCurrent: true)])
        #expect(visiting.counters.dynamicRequests == 2)
    }

    @Test(
        "Both values of the Home Agent field that mean any are sent as configured",
        arguments: [IPv4Address.zero, .limitedBroadcast])
    func field(_ value: IPv4Address) throws {
        let visiting = VisitingNode.searching { $0.homeAgent.address = value }
        visiting.attach()
        #expect(try visiting.sent.homeAgent == value)
        #expect(try Self.requested(by: visiting).isEmpty)
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        #expect(visiting.status.homeAgentSearch?.source == .discovered)
    }

    @Test("An anchored node renews and deregisters at its home agent, and searches with its next registration")
    func session() throws {
        let visiting = Self.anchored()
        visiting.pass(until: 70)
        #expect(try visiting.sent.homeAgent == VisitingNode.homeAgent.address)
        #expect(try visiting.sent.homeAddress == VisitingNode.home)
        #expect(try visiting.sentTypes == [131, 32])
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        visiting.disable()
        #expect(try visiting.sent.homeAgent == VisitingNode.homeAgent.address)
        #expect(visiting.deliver { $0.lifetime = 0 } == .accepted(.accepted, lifetime: 0))
        #expect(visiting.status.homeAgentSearch?.state == .unanchored)
        #expect(visiting.status.homeAgentSearch?.homeAgent == .zero)
        #expect(visiting.node.configuration.homeAddress == .zero)
        #expect(visiting.counters.dynamicRequests == 1)
    }

    @Test("A move to another network keeps the home agent and the home address")
    func move() throws {
        let visiting = Self.anchored()
        visiting.seconds = 10
        visiting.attach(to: Self.elsewhere)
        #expect(try visiting.sent.homeAgent == VisitingNode.homeAgent.address)
        #expect(try visiting.sent.homeAddress == VisitingNode.home)
        #expect(try Self.requested(by: visiting).isEmpty)
        #expect(visiting.status.homeAgentSearch?.state == .anchored)
    }

    @Test("After its registration has expired, the node asks for any home agent, the former one first")
    func expired() throws {
        let visiting = Self.anchored { $0.homeAgentHint = Self.other }
        visiting.node.detach()
        visiting.seconds = 200
        visiting.attach()
        #expect(try visiting.sent.homeAgent == .zero)
        #expect(try visiting.sent.homeAddress == .zero)
        #expect(try Self.requested(by: visiting) == [VisitingNode.homeAgent.address])
        #expect(!visiting.node.isRegistered)
    }

    @Test("A home agent that does not answer any more is not asked first again")
    func silentAnchor() throws {
        let visiting = Self.anchored()
        let course = visiting.pass(until: 103)
        #expect(course.failures.map { $0.outcome } == [.unanswered])
        #expect(try visiting.sent.homeAgent == .zero)
        #expect(try Self.requested(by: visiting).isEmpty)
    }

    @Test(
        "A home agent that refuses its own node has ended the session: the node asks for any at once",
        arguments: [UInt8(129), 136])
    func sessionEnded(_ code: UInt8) throws {
        let visiting = Self.anchored()
        visiting.pass(until: 70)
        #expect(visiting.deliver { ($0.code, $0.lifetime) = (code, 0) } == nil)
        #expect(!visiting.node.isRegistered)
        #expect(visiting.node.state == .registering)
        #expect(try visiting.sent.homeAgent == .zero)
        #expect(try visiting.sent.homeAddress == .zero)
        #expect(try Self.requested(by: visiting) == [VisitingNode.homeAgent.address])
        // The same answer to that is a denial.
        #expect(visiting.deliver { ($0.code, $0.homeAddress) = (129, .zero) } == .denied(.haAdministrativelyProhibited))
        #expect(visiting.status.homeAgentSearch?.state == .unanchored)
    }

    @Test("A wished home address may be replaced by the acceptance, and is wished again in the next session")
    func wish() throws {
        let wish = IPv4Address(192, 0, 2, 99)
        let visiting = Self.anchored { $0.homeAddress = wish }
        #expect(try visiting.sent.homeAddress == wish)
        #expect(visiting.node.configuration.homeAddress == VisitingNode.home)
        visiting.disable()
        #expect(try visiting.sent.homeAddress == VisitingNode.home)
        #expect(visiting.deliver { $0.lifetime = 0 } == .accepted(.accepted, lifetime: 0))
        #expect(visiting.node.configuration.homeAddress == wish)
    }

    @Test("An acceptance that comes after the search was turned off is still judged by the home agents that are allowed")
    func turnedOffMeanwhile() throws {
        let allowed = try #require(IPv4Prefix("192.0.2.0/24"))
        let visiting = VisitingNode.searching { $0.allowedHomeAgents = [allowed] }
        visiting.attach(to: .coLocated(IPv4Address(198, 51, 100, 77)))
        var policy = DiscoveryPolicy()
        policy.dynamicHomeAgent = false
        visiting.node.setDiscovery(policy)
        #expect(visiting.deliver { $0.homeAgent = IPv4Address(198, 18, 0, 1) } == nil)
        #expect(visiting.counters.repliesUnknownHomeAgent == 1)
        #expect(visiting.deliver { $0.homeAgent = Self.other } == .accepted(.accepted, lifetime: 100))
        #expect(visiting.node.tunnel?.peer == Self.other)
    }

    @Test(
        "An acceptance by a home agent that is not allowed, or by no host, is dropped",
        arguments: [IPv4Address(198, 18, 0, 1), .zero, .limitedBroadcast, IPv4Address(224, 0, 0, 5)])
    func notAllowed(_ homeAgent: IPv4Address) throws {
        let allowed = try #require(IPv4Prefix("192.0.2.0/24"))
        let visiting = VisitingNode.searching { $0.allowedHomeAgents = [allowed] }
        visiting.attach()
        #expect(visiting.deliver { $0.homeAgent = homeAgent } == nil)
        #expect(visiting.counters.repliesUnknownHomeAgent == 1)
        #expect(visiting.deliver { $0.homeAgent = Self.other } == .accepted(.accepted, lifetime: 100))
    }

    @Test("The home agent of an acceptance that the foreign agent refuses is sent the deregistration")
    func refusedAcceptance() throws {
        let visiting = VisitingNode.searching { $0.foreignAgentErrorWait = 0 }
        visiting.attach()
        #expect(visiting.deliver { $0.after = [45, 2, 0, 68] } == .denied(.faHomeAgentFailedAuthentication))
        visiting.pass(until: 0.1)
        #expect(try visiting.sent.lifetime.rawValue == 0)
        #expect(try visiting.sent.homeAgent == VisitingNode.homeAgent.address)
        #expect(try visiting.sent.homeAddress == VisitingNode.home)
    }

    // MARK: - Agents that do not support it

    @Test("After two requests without an answer, a known home agent is addressed, and asked for too", arguments: [true, false])
    func silence(hasFallback: Bool) throws {
        let visiting = VisitingNode.searching {
            $0.homeAgentHint = VisitingNode.homeAgent.address
            if hasFallback { $0.fallbackHomeAgent = Self.other }
        }
        let known = hasFallback ? Self.other : VisitingNode.homeAgent.address
        visiting.attach()
        visiting.pass(until: 2.9)
        #expect(try visiting.sent.homeAgent == .zero)
        #expect(visiting.pass(until: 3).requests.map { $0.second } == [3])
        #expect(try visiting.sent.homeAgent == known)
        #expect(try Self.requested(by: visiting) == [known])
        #expect(visiting.status.homeAgentSearch?.state == .fallback)
        #expect(visiting.counters.dynamicRequests == 2)
        #expect(visiting.counters.dynamicFallbacks == 1)
        #expect(visiting.deliver { $0.homeAgent = known } == .accepted(.accepted, lifetime: 100))
        #expect(
            visiting.status.homeAgentSearch
                == HomeAgentSearch(state: .fallback, homeAgent: known, source: hasFallback ? .configured : .hint))
        // It can be seen as long as the node is registered there.
        visiting.pass(until: 73)
        #expect(try visiting.sent.homeAgent == known)
        #expect(visiting.deliver { $0.homeAgent = known } == .accepted(.accepted, lifetime: 100))
        #expect(visiting.status.homeAgentSearch?.state == .fallback)
        #expect(visiting.counters.dynamicFallbacks == 1)
    }

    @Test("A node that is registered with its fallback searches anew when that ends the session, and is then anchored")
    func afterFallback() throws {
        let visiting = VisitingNode.searching { $0.fallbackHomeAgent = Self.other }
        visiting.attach()
        visiting.pass(until: 3)
        #expect(visiting.deliver { $0.homeAgent = Self.other } == .accepted(.accepted, lifetime: 100))
        visiting.pass(until: 73)
        #expect(visiting.deliver { ($0.code, $0.lifetime, $0.homeAgent) = (129, 0, Self.other) } == nil)
        #expect(try visiting.sent.homeAgent == .zero)
        #expect(visiting.status.homeAgentSearch?.state == .asking)
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        #expect(visiting.status.homeAgentSearch?.state == .anchored)
        #expect(visiting.counters.dynamicFallbacks == 1)
    }

    @Test("While the registration with the fallback has expired, the node is unanchored")
    func expiredFallback() throws {
        let visiting = VisitingNode.searching { $0.fallbackHomeAgent = Self.other }
        visiting.attach()
        visiting.pass(until: 3)
        #expect(visiting.deliver { $0.homeAgent = Self.other } == .accepted(.accepted, lifetime: 100))
        visiting.node.detach()
        visiting.pass(until: 200)
        #expect(!visiting.node.isRegistered)
        #expect(visiting.status.homeAgentSearch?.state == .unanchored)
    }

    @Test("Without an answer from the known home agent either, the node searches anew after the delay of a failure")
    func silenceOfAll() throws {
        let visiting = VisitingNode.searching { $0.fallbackHomeAgent = Self.other }
        visiting.attach()
        let course = visiting.pass(until: 36)
        #expect(course.failures.map { $0.outcome } == [.unanswered])
        #expect(try visiting.sent.homeAgent == .zero)
        #expect(visiting.counters.dynamicFallbacks == 1)
    }

    @Test("D4 and 70: after a foreign agent's refusal a known home agent is addressed at once", arguments: [UInt8(70), 90])
    func refusedByForeignAgent(_ code: UInt8) throws {
        let visiting = VisitingNode.searching { $0.fallbackHomeAgent = Self.other }
        visiting.attach()
        let outcome = visiting.deliver {
            ($0.code, $0.homeAddress, $0.homeAgent, $0.homeKey) = (code, .zero, .limitedBroadcast, nil)
        }
        #expect(outcome == nil)
        #expect(try visiting.sent.homeAgent == Self.other)
        // Once is enough.
        let again = visiting.deliver { ($0.code, $0.homeAddress, $0.homeAgent, $0.homeKey) = (code, .zero, Self.other, nil) }
        #expect(again == .denied(ReplyCode(rawValue: code)))
        #expect(visiting.counters.dynamicFallbacks == 1)
    }

    @Test("D4: without a known home agent, the refusal is a denial")
    func nothingKnown() throws {
        let visiting = VisitingNode.ofExample {
            ($0.homeAddress, $0.homeAgent.address, $0.nai) = (.zero, .limitedBroadcast, VisitingNode.alice)
        }
        #expect(try visiting.deliver(hexadecimal: Self.refusal) == .denied(.faNonZeroHomeAgentAddressRequired))
        #expect(visiting.status.homeAgentSearch?.state == .unanchored)
        #expect(visiting.node.retry.due != nil)
    }

    @Test("After 136, the home agent that has answered is addressed as by a node that knows its home agent")
    func legacyHomeAgent() throws {
        let visiting = VisitingNode.searching { $0.homeAgentHint = Self.other }
        visiting.attach()
        #expect(visiting.deliver { ($0.code, $0.homeAddress) = (136, .zero) } == nil)
        #expect(try visiting.sent.homeAgent == VisitingNode.homeAgent.address)
        #expect(try visiting.sentTypes == [131, 32])
        #expect(visiting.deliver() == .accepted(.accepted, lifetime: 100))
        #expect(visiting.status.homeAgentSearch?.source == .discovered)
    }

    // MARK: - Nodes that do not take part

    @Test("Turned off, a request for any home agent has no other extension, and a redirection is a denial")
    func turnedOff() throws {
        let visiting = VisitingNode.searching {
            $0.homeAgentHint = VisitingNode.homeAgent.address
            $0.fallbackHomeAgent = Self.other
            $0.discovery.dynamicHomeAgent = false
        }
        visiting.attach()
        #expect(try visiting.sentTypes == [131, 32])
        let redirection = extensionOctets(DynamicHomeAgent(purpose: .redirected, address: Self.other))
        let outcome = visiting.deliver { ($0.code, $0.homeAddress, $0.before) = (143, .zero, redirection) }
        #expect(outcome == .denied(.haRedirected))
        #expect(visiting.counters.repliesIgnoredUnknownExtension == 1)
        #expect(visiting.counters.dynamicRequests == 0 && visiting.counters.redirects == 0)
        #expect(visiting.status.homeAgentSearch == nil)
    }

    @Test(
        "A node with a home agent of its own follows no redirection and does not fall back",
        arguments: [UInt8(143), 129, 136, 70, 90])
    func ownHomeAgent(_ code: UInt8) throws {
        let visiting = VisitingNode {
            $0.homeAgentHint = Self.other
            $0.fallbackHomeAgent = Self.other
        }
        visiting.attach()
        #expect(try visiting.sentTypes == [32])
        let redirection = extensionOctets(DynamicHomeAgent(purpose: .redirected, address: Self.other))
        let outcome = visiting.deliver { ($0.code, $0.before) = (code, redirection) }
        #expect(outcome == .denied(ReplyCode(rawValue: code)))
        #expect(visiting.node.configuration.homeAgent == VisitingNode.homeAgent)
        #expect(visiting.status.homeAgentSearch == nil)
    }
}
