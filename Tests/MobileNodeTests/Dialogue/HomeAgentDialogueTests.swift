import AgentModel
import MobileIPv4
import MobileNode
import MobilityAgent
import Testing

@Suite("A mobile node that registers with any home agent, and several home agents")
struct HomeAgentDialogueTests {
    /// Rules by which each home agent sends all nodes to another one.
    private static func redirect(_ configuration: inout HomeDomain.Configuration, _ rules: [Int: Int]) {
        for (from, to) in rules {
            configuration.homes[from].redirects = [RedirectRule(homeAgents: [HomeDomain.homeAgents[to].address])]
        }
    }

    @Test(
        "A chain of redirections ends at the home agent that serves the node; it renews and deregisters there", arguments: [0, 1])
    func chain(place: Int) throws {
        var domain = HomeDomain { Self.redirect(&$0, [0: 1, 1: 2]) }
        #expect(domain.attach(to: HomeDomain.places[place]) == .accepted(.accepted, lifetime: 1800))
        #expect(domain.codes == [143, 143, 0])
        #expect(domain.bindings.map { $0.map(\.homeAddress) } == [[], [], [HomeDomain.assigned[2]]])
        #expect(domain.node.configuration.homeAddress == HomeDomain.assigned[2])
        #expect(
            domain.status.homeAgentSearch
                == HomeAgentSearch(
                    state: .anchored, homeAgent: HomeDomain.homeAgents[2].address, source: .redirected,
                    redirects: HomeDomain.homeAgents.prefix(2).map(\.address)))
        #expect((0..<3).map { domain.counters($0).redirects } == [1, 1, 0])
        #expect((0..<3).map { domain.counters($0).dynamicRequests } == [1, 1, 1])

        domain.pass(seconds: 1300)
        #expect(domain.bindings[2].map(\.renewals) == [1])
        #expect(domain.deregister() == .accepted(.accepted, lifetime: 0))
        #expect(domain.bindings.joined().isEmpty)
        #expect(domain.codes == [143, 143, 0, 0, 0])
    }

    @Test("A loop of redirections ends the try; the next one comes later", arguments: [0, 1])
    func loop(place: Int) {
        var domain = HomeDomain { Self.redirect(&$0, [0: 1, 1: 0]) }
        #expect(domain.attach(to: HomeDomain.places[place]) == .denied(.haRedirected))
        #expect(domain.codes == [143, 143])
        #expect(domain.node.counters.redirects == 1 && domain.node.counters.redirectLoops == 1)
        #expect(domain.bindings.joined().isEmpty)
        let sent = domain.requestCount
        domain.pass(seconds: 1.5)
        #expect(domain.requestCount == sent)
        domain.pass(seconds: 5)
        #expect(domain.requestCount > sent)
    }

    @Test("The node of a drained home agent registers with the other one, and gets an address there", arguments: [0, 1])
    func drain(place: Int) throws {
        var domain = HomeDomain()
        #expect(domain.attach(to: HomeDomain.places[place]) == .accepted(.accepted, lifetime: 1800))
        #expect(domain.bindings[0].map(\.revocation) == [.agreedInforming])
        domain.pass(seconds: 2)
        try domain.drain(0, to: 1, text: "moved to another site")
        let start = domain.uptime
        // What the network adds in `deliver` is more than the agents and the node need.
        while domain.bindings[1].isEmpty, domain.uptime < start + 20_000_000_000 { domain.pass(seconds: 0.1) }
        #expect(domain.bindings.map { $0.map(\.homeAddress) } == [[], [HomeDomain.assigned[1]], []])
        #expect(domain.node.configuration.homeAddress == HomeDomain.assigned[1])
        #expect(domain.node.isRegistered)
        #expect(domain.status.homeAgentSearch?.homeAgent == HomeDomain.homeAgents[1].address)
        // Through a foreign agent, the node names its home agent first.
        #expect(domain.codes == (place == 0 ? [0, 129, 143, 0] : [0, 143, 0]))
        #expect(domain.counters(0).revocationsSent == 1 && domain.counters(0).redirects == 1)
        #expect(domain.visitors.map(\.homeAddress) == (place == 0 ? [HomeDomain.assigned[1]] : []))
        domain.pass(seconds: 2)
        #expect(domain.homes[0].information.drain?.redirected == 1)
    }

    @Test(
        "A node finds its home agent by identity: the foreign agent knows it, or another home agent redirects", arguments: [0, 1])
    func identity(place: Int) throws {
        let wanted = HomeDomain.identities[1]
        let known = [wanted: HomeDomain.homeAgents[1].address]
        var domain = HomeDomain {
            $0.node.homeAgentIdentity = wanted
            $0.homes[1].identity = wanted
            if place == 0 {
                $0.node.homeAgentHint = nil
                $0.foreign.homeAgentsByIdentity = known
            } else {
                $0.homes[0].homeAgentsByIdentity = known
            }
        }
        #expect(domain.attach(to: HomeDomain.places[place]) == .accepted(.accepted, lifetime: 1800))
        #expect(domain.codes == (place == 0 ? [0] : [143, 0]))
        #expect(domain.bindings.map(\.count) == [0, 1, 0])
        #expect(domain.status.homeAgentIdentity == wanted)
        #expect(domain.status.homeAgentSearch?.source == (place == 0 ? .identity : .redirected))
        let received = domain.counters(1).identitiesReceived
        domain.pass(seconds: 1300)
        // It repeats what it has learned.
        #expect(domain.counters(1).identitiesReceived == received + 1)
    }

    @Test("A wished home address is granted by the home agent that serves it, and replaced by another one", arguments: [0, 1])
    func wish(place: Int) {
        let wish = IPv4Address(192, 0, 2, 20)
        for (redirected, address) in [(false, wish), (true, HomeDomain.assigned[1])] {
            var domain = HomeDomain {
                $0.node.homeAddress = wish
                if redirected { Self.redirect(&$0, [0: 1]) }
            }
            #expect(domain.attach(to: HomeDomain.places[place]) == .accepted(.accepted, lifetime: 1800))
            #expect(domain.bindings[redirected ? 1 : 0].map(\.homeAddress) == [address])
            #expect(domain.node.configuration.homeAddress == address)
            #expect(domain.deregister() == .accepted(.accepted, lifetime: 0))
            // The wish is as it was.
            #expect(domain.node.configuration.homeAddress == wish)
        }
    }
}
