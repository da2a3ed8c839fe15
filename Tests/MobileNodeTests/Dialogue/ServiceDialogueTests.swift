import AgentModel
import MobileIPv4
import MobileNode
import MobilityAgent
import Testing

@Suite("Services and host configuration between a mobile node and agents")
struct ServiceDialogueTests {
    private static func service(_ name: String) throws -> ServiceIdentifier { try #require(ServiceIdentifier(name)) }

    /// A domain whose first home agent offers `internet` to everybody, with a pool of its own, and `ims` to others than the node.
    private static func domain(_ change: (inout HomeDomain.Configuration) -> Void) throws -> HomeDomain {
        let (internet, ims) = (try service("internet"), try service("ims"))
        let pool = try #require(IPv4AddressRange(first: IPv4Address(192, 0, 2, 40), last: IPv4Address(192, 0, 2, 41)))
        let bob = try #require(NetworkAccessIdentifier("bob@example.net"))
        return HomeDomain {
            $0.homes[0].services = [
                ServicePolicy(internet, addressPool: [pool]), ServicePolicy(ims, allowed: [.identifier(bob)]),
            ]
            change(&$0)
        }
    }

    @Test("A node gets the service that it selects, with an address of the service, and keeps it", arguments: [0, 1])
    func selected(place: Int) throws {
        let internet = try Self.service("internet")
        var domain = try Self.domain { $0.node.service = internet }
        #expect(domain.attach(to: HomeDomain.places[place]) == .accepted(.accepted, lifetime: 1800))
        #expect(domain.bindings[0].map(\.service) == [internet])
        #expect(domain.bindings[0].map(\.homeAddress) == [IPv4Address(192, 0, 2, 40)])
        #expect(domain.status.service == internet)
        #expect(domain.visitors.map(\.service) == (place == 0 ? [internet] : []))
        domain.pass(seconds: 1300)
        #expect(domain.bindings[0].map(\.renewals) == [1])
        #expect(domain.counters(0).serviceRequests == 2)
    }

    @Test("A node that is refused the service sends no more requests", arguments: [0, 1])
    func refused(place: Int) throws {
        for name in ["ims", "unknown"] {
            let service = try Self.service(name)
            var domain = try Self.domain { $0.node.service = service }
            #expect(domain.attach(to: HomeDomain.places[place]) == .denied(.haServiceAuthorizationFailed))
            #expect(domain.codes == [151])
            #expect(domain.node.isServiceRefused)
            let sent = domain.requestCount
            domain.pass(seconds: 300)
            #expect(domain.requestCount == sent)
            #expect(domain.bindings.joined().isEmpty)
            #expect(domain.counters(0).serviceRefusals == 1 && domain.node.counters.serviceRefusals == 1)
        }
    }

    @Test("The foreign agent selects a service for a node that selects none, and the node does not see it")
    func added() throws {
        let internet = try Self.service("internet")
        var domain = try Self.domain { $0.foreign.service = internet }
        #expect(domain.attach(to: HomeDomain.places[0]) == .accepted(.accepted, lifetime: 1800))
        #expect(domain.bindings[0].map(\.service) == [internet])
        #expect(domain.visitors.map(\.service) == [internet])
        #expect(domain.status.service == nil)
        let counters = domain.foreign.counters.foreignAgent
        #expect(counters?.servicesAdded == 1 && counters?.serviceEchoesRemoved == 1)
    }

    @Test("A node that asks gets the host configuration of its home network with each registration", arguments: [0, 1])
    func hostConfiguration(place: Int) {
        var domain = HomeDomain {
            $0.node.asksForHostConfiguration = true
            $0.homes[0].hostConfigurations = [
                HostConfigurationEntry(
                    HomeDomain.networks[0], domainNameServers: [IPv4Address(192, 0, 2, 53)],
                    dhcpServer: IPv4Address(192, 0, 2, 60), defaultGateway: HomeDomain.homeAgents[0].address,
                    domainNameSuffix: "home.example", configurationURL: "https://home.example/node")
            ]
        }
        #expect(domain.attach(to: HomeDomain.places[place]) == .accepted(.accepted, lifetime: 1800))
        let received = domain.status.hostConfiguration
        #expect(received?.prefixLength == 26)
        #expect(received?.domainNameServers == [IPv4Address(192, 0, 2, 53)])
        #expect(received?.dhcpServer == IPv4Address(192, 0, 2, 60))
        #expect(received?.defaultGateway == HomeDomain.homeAgents[0].address)
        #expect(received?.domainNameSuffix == "home.example")
        #expect(received?.configurationURL == "https://home.example/node")
        domain.pass(seconds: 1300)
        #expect(domain.counters(0).hostConfigurationAnswers == 2 && domain.node.counters.hostConfigurations == 2)
        #expect(domain.deregister() == .accepted(.accepted, lifetime: 0))
        #expect(domain.node.hostConfiguration == nil)
        #expect(domain.counters(0).hostConfigurationRequests == 2)
    }
}
