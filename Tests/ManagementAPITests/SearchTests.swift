import AgentModel
import MIPTesting
import MobileIPv4
import Testing

@Suite("Searching lists of the JSON API")
struct SearchTests {
    private static func violation(_ number: Int, by violator: PeerIdentity) -> SecurityViolation {
        var violation = Samples.violation(number)
        violation.violator = violator
        return violation
    }

    private static func tunnel(to address: IPv4Address) -> MobilityTunnel {
        MobilityTunnel(
            localAddress: IPv4Address(10, 0, 0, 1), remoteAddress: address, encapsulation: .ipInIp, packetsSent: 0, octetsSent: 0,
            packetsReceived: 0, octetsReceived: 0)
    }

    @Test(
        "A search finds what begins with an address, and a part of an identifier regardless of case",
        arguments: [
            ("history?search=10.0.1.", 2), ("history?search=10.0.1.2", 1), ("history?search=192.0.2.3", 1),
            ("history?search=USER2@", 1), ("history?search=user9", 0), ("history?search=0.1.2", 0),
            ("violations?search=10.0.3.1", 1), ("violations?search=10.0.", 1), ("violations?search=0.3.1", 0),
            ("violations?search=Mallory", 1), ("violations?search=alice", 0),
            ("tunnels?search=10.0.0.1", 2), ("tunnels?search=192.0.2.7", 1), ("tunnels?search=172.", 0),
        ])
    func search(path: String, count: Int) async throws {
        let bindings = [Samples.binding(2), Samples.binding(3)]
        let mallory = try #require(NetworkAccessIdentifier("mallory@example.net"))
        let rows: [StateChange] =
            bindings.map { .binding($0) } + [.violation(Self.violation(1, by: .address(IPv4Address(10, 0, 3, 1))))]
            + [.violation(Self.violation(2, by: .nai(mallory))), .tunnel(Self.tunnel(to: IPv4Address(192, 0, 2, 7)))]
            + [.tunnel(Self.tunnel(to: IPv4Address(198, 51, 100, 7)))]
        let served = try Served([rows])
        try await served.test { client in
            await served.agents[0].publish(bindings.map { .bindingRemoved($0.key, .expired) })
            try await eventually("the history") { try await client.list("/v1/history").count == 2 }
            let found = try await client.list("/v1/\(path)")
            #expect(found.count == count)
        }
    }
}
