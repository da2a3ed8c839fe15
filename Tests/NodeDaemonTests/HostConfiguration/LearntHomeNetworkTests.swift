import AgentModel
import MobileIPv4
import Testing

@testable import NodeDaemon

@Suite("What a node learns about its home network")
struct LearntHomeNetworkTests {
    private let homeAddress = IPv4Address(192, 0, 2, 10)
    private let homeAgent = IPv4Address(192, 0, 2, 1)
    private let router = IPv4Address(192, 0, 2, 254)
    private let advertised = IPv4Address(192, 0, 2, 253)

    private func learnt(length: UInt8?, gateway: IPv4Address?) -> LearntHomeNetwork {
        var home = LearntHomeNetwork()
        let time = Timestamp(milliseconds: 0)
        home.learn(from: ReceivedHostConfiguration(prefixLength: length, defaultGateway: gateway, received: time))
        return home
    }

    private func gateway(_ home: LearntHomeNetwork, configured: IPv4Address? = nil) -> IPv4Address {
        home.gateway(
            configured: configured, advertised: advertised,
            network: home.network(configured: nil, homeAddress: homeAddress), homeAddress: homeAddress, homeAgent: homeAgent)
    }

    @Test("Prefix length and gateway of the home agent are used where the operator has configured nothing")
    func used() {
        let home = learnt(length: 24, gateway: router)
        #expect(home.network(configured: nil, homeAddress: homeAddress) == IPv4Prefix("192.0.2.0/24"))
        #expect(gateway(home) == router)
        #expect(home.network(configured: IPv4Prefix("192.0.0.0/16"), homeAddress: homeAddress) == IPv4Prefix("192.0.0.0/16"))
        #expect(gateway(home, configured: IPv4Address(192, 0, 2, 9)) == IPv4Address(192, 0, 2, 9))
    }

    @Test(
        "A prefix length that would cover other networks or no neighbour is not used", arguments: [0, 7, 32, 33, 255] as [UInt8])
    func length(_ length: UInt8) {
        #expect(learnt(length: length, gateway: nil).network(configured: nil, homeAddress: homeAddress) == nil)
    }

    @Test(
        "A gateway that is not a neighbour of the node is not used",
        arguments: [
            IPv4Address(198, 51, 100, 1), IPv4Address(192, 0, 2, 10), .zero, IPv4Address(127, 0, 0, 1), IPv4Address(224, 0, 0, 1),
        ])
    func unusable(_ address: IPv4Address) {
        #expect(gateway(learnt(length: 24, gateway: address)) == advertised)
    }

    @Test("A later configuration without these values keeps them")
    func kept() {
        var home = learnt(length: 24, gateway: router)
        home.learn(from: ReceivedHostConfiguration(received: Timestamp(milliseconds: 1)))
        #expect(home == learnt(length: 24, gateway: router))
    }

    @Test("Without any value, the advertised router is used, then the home agent")
    func fallback() {
        let home = LearntHomeNetwork()
        #expect(gateway(home) == advertised)
        let last = home.gateway(
            configured: nil, advertised: nil, network: nil, homeAddress: homeAddress, homeAgent: homeAgent)
        #expect(last == homeAgent)
        #expect(home.network(configured: nil, homeAddress: .zero) == nil)
    }
}
