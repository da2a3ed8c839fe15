import AgentModel
import MobileIPv4
import MobilityAgent
import Testing

/// What programs of the version before revocation and notifications sent to each other, and what they answered.
@Suite("Recorded datagrams")
struct RecordedDatagramTests {
    /// A request, as the node sent it and as the foreign agent relayed it, and the replies on the way back.
    private struct Exchange {
        let request, relayed, reply, relayedReply: String
    }

    private static let registration = Exchange(
        request: "010007087f0a00147f0a00017f140001eeb8165c1748b235201400000100ec91a79f4e6ed2b419ad5a4d7da88350",
        relayed: "010007087f0a00147f0a00017f140001eeb8165c1748b235201400000100ec91a79f4e6ed2b419ad5a4d7da88350"
            + "2214000003e8a10123f4e31f3bb311d33f1b714ec81c",
        reply: "030007087f0a00147f0a0001eeb8165c1748b23520140000010099a7dac06d0c78e821470fed5ea2610f"
            + "2214000003e814ae32145aebfb2c6bd4d9fcaa8973a1",
        relayedReply: "030007087f0a00147f0a0001eeb8165c1748b23520140000010099a7dac06d0c78e821470fed5ea2610f")
    private static let deregistration = Exchange(
        request: "010000007f0a00147f0a00017f140001eeb8165c22882c222014000001003fc167cf1e271351926da09680e2458c",
        relayed: "010000007f0a00147f0a00017f140001eeb8165c22882c222014000001003fc167cf1e271351926da09680e2458c",
        reply: "030000007f0a00147f0a0001eeb8165c22882c222014000001002f924b872cb6f7fc64a803d87dd3c740",
        relayedReply: "030000007f0a00147f0a0001eeb8165c22882c222014000001002f924b872cb6f7fc64a803d87dd3c740")
    private static let directRequest =
        "012007087f0a000a7f0a00017f1e000aeeb8165c0e3d755620140000010088b444375c2b76af14b4f87a9c88695e"
    private static let directReply =
        "030007087f0a000a7f0a0001eeb8165c0e3d755620140000010022bedca33466558f171165230e41c0b4"

    private static let homeAgent = TransportEndpoint(IPv4Address(127, 10, 0, 1), port: 434)
    private static let foreignAgent = TransportEndpoint(IPv4Address(127, 20, 0, 1), port: 434)
    private static let visitor = TransportEndpoint(IPv4Address(127, 10, 0, 20), port: 47014)
    /// Shortly before the first of them, in seconds since 1970.
    private static let start: Int64 = 1_796_052_955

    private static func octets(_ digits: String) throws -> [UInt8] { try #require(Hexadecimal.octets(digits)) }

    private static func key(_ digits: String) throws -> AuthenticationKey { AuthenticationKey(octets: try octets(digits)) }

    private static func ofAgents(_ peer: TransportEndpoint, _ role: AgentRole) throws -> ConfiguredSecurityAssociation {
        Lab.association(
            .address(peer.address), role, spi: SecurityParameterIndex(rawValue: 1000),
            key: try key("0f1e2d3c4b5a69788796a5b4c3d2e1f0"))
    }

    private static func home() throws -> Bench {
        let network = try #require(IPv4Prefix("127.10.0.0/24"))
        var role = HomeAgentConfiguration(endpoints: [homeAgent], homeNetworks: [network])
        role.maximumLifetime = 3600
        let ofNodes = Lab.association(.prefix(network), key: try key("00112233445566778899aabbccddeeff"))
        var bench = Bench(
            MobilityAgentConfiguration(
                name: "home", homeAgent: role, securityAssociations: [ofNodes, try ofAgents(foreignAgent, .foreignAgent)]),
            start: start)
        bench.advance(seconds: 1)
        return bench
    }

    private static func foreign(revocation: Bool) throws -> Bench {
        var settings = AgentSettings()
        settings.signalling.revocation = revocation
        let role = ForeignAgentConfiguration(endpoints: [foreignAgent], careOfAddresses: [foreignAgent.address])
        var bench = Bench(
            MobilityAgentConfiguration(
                name: "foreign", settings: settings, foreignAgent: role,
                securityAssociations: [try ofAgents(homeAgent, .homeAgent)]),
            start: start)
        bench.advance(seconds: 1)
        return bench
    }

    @Test("A home agent answers requests of an earlier node and foreign agent byte for byte as before")
    func answered() throws {
        var bench = try Self.home()
        let node = TransportEndpoint(IPv4Address(127, 0, 0, 1), port: 60958)
        let direct = bench.receive(try Self.octets(Self.directRequest), from: node, to: Self.homeAgent)
        #expect(direct?.payload == (try Self.octets(Self.directReply)))
        for exchange in [Self.registration, Self.deregistration] {
            let reply = bench.receive(try Self.octets(exchange.relayed), from: Self.foreignAgent, to: Self.homeAgent)
            #expect(reply?.payload == (try Self.octets(exchange.reply)))
        }
        #expect(bench.bindings.map(\.homeAddress) == [IPv4Address(127, 10, 0, 10)])
        #expect(bench.bindings.map(\.revocation) == [.none])
    }

    @Test(
        "A foreign agent relays what earlier nodes and home agents send; only its offer of revocation is added",
        arguments: [true, false])
    func relayed(revocation: Bool) throws {
        var bench = try Self.foreign(revocation: revocation)
        for exchange in [Self.registration, Self.deregistration] {
            let relayed = try #require(
                bench.receive(try Self.octets(exchange.request), from: Self.visitor, to: Self.foreignAgent))
            #expect(relayed.destination == Self.homeAgent)
            if revocation {
                #expect(relayed.payload.starts(with: try Self.octets(exchange.request)))
            } else {
                #expect(relayed.payload == (try Self.octets(exchange.relayed)))
            }
            let reply = bench.receive(try Self.octets(exchange.reply), from: Self.homeAgent, to: Self.foreignAgent)
            #expect(reply?.payload == (try Self.octets(exchange.relayedReply)))
            #expect(reply?.destination == Self.visitor)
            #expect(bench.visitors.map(\.revocation) == (exchange.request == Self.registration.request ? [.none] : []))
        }
    }
}
