import AgentModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import MIPTesting
import MobileIPv4
import Testing

@Suite("Revoking a registration through the API")
struct RevocationTests {
    private static let path = "/v1/bindings/one/10.0.1.1/192.0.2.1"
    private static let end = AgentChange.endBinding(
        homeAddress: IPv4Address(10, 0, 1, 1), careOfAddress: IPv4Address(192, 0, 2, 1))

    @Test("The binding ends, and the audit records who ended it")
    func revoked() async throws {
        let served = try Served([[.binding(Samples.binding(1)), .binding(Samples.binding(2))]])
        try await served.test(.live) { client in
            #expect(try await client.get(Self.path + "?validate=true", method: .delete).status == .noContent)
            #expect(await served.agents[0].applied.isEmpty)
            #expect(try await client.get(Self.path, method: .delete).status == .noContent)
            #expect(await served.agents[0].applied == [Self.end])
            try await eventually("the binding to go") { try await client.list("/v1/bindings").count == 1 }
            #expect(try await client.get(Self.path, method: .delete).status == .notFound)
            let changes = try await client.list("/v1/events?kind=changed")
            let audit = try #require(changes.first?["audit"] as? [String: Any])
            #expect(changes.count == 1)
            #expect(audit["actor"] as? String == ManagementToken.name)
            #expect(audit["from"] as? String == "127.0.0.1")
            #expect(audit["request"] as? String == "DELETE \(Self.path)")
            #expect((audit["before"] as? [String: Any])?["homeAddress"] as? String == "10.0.1.1")
            #expect(audit["after"] == nil)
        }
    }

    @Test("A visit ends by the home address and care-of address of its row, and the others stay")
    func visit() async throws {
        let served = try Served([[.visitor(Samples.visitor(1)), .visitor(Samples.visitor(2))]])
        try await served.test(.live) { client in
            let path = "/v1/visitors/one/172.16.0.1/10.0.2.1/-"
            #expect(try await client.get(path + "?validate=true", method: .delete).status == .noContent)
            #expect(await served.agents[0].applied.isEmpty)
            #expect(try await client.get(path, method: .delete).status == .noContent)
            let end = AgentChange.endBinding(
                homeAddress: IPv4Address(10, 0, 2, 1), careOfAddress: IPv4Address(192, 0, 2, 1))
            #expect(await served.agents[0].applied == [end])
            let others = try await client.list("/v1/visitors")
            #expect(others.map { $0["homeAddress"] as? String } == ["10.0.2.2"])
            #expect(try await client.get(path, method: .delete).status == .notFound)
        }
    }

    @Test("A text for the other end goes with the revocation of exactly this row, and the audit records it")
    func text() async throws {
        var visitor = Samples.visitor(1)
        visitor.nai = NetworkAccessIdentifier("alice@example.net")
        // Nodes of other home agents with the same home addresses.
        var others = [Samples.visitor(1, source: IPv4Address(172, 16, 0, 9)), Samples.visitor(2)]
        others[0].homeAgent = IPv4Address(10, 9, 9, 9)
        others[1].homeAgent = IPv4Address(10, 9, 9, 9)
        others[1].homeAddress = Samples.binding(1).homeAddress
        let rows = [StateChange.binding(Samples.binding(1)), .visitor(visitor)] + others.map { StateChange.visitor($0) }
        let served = try Served([rows])
        try await served.test(.live) { client in
            let text = "?text=moved%20to%20maintenance"
            for path in [Self.path, "/v1/visitors/one/172.16.0.1/10.0.2.1/alice%40example.net"] {
                #expect(try await client.get(path + text, method: .delete).status == .noContent)
            }
            let (careOf, home) = (IPv4Address(192, 0, 2, 1), IPv4Address(10, 0, 0, 1))
            let expected = [
                RevocationOrder(
                    role: .homeAgent, homeAddresses: IPv4Prefix("10.0.1.1/32"), careOfAddress: careOf, homeAgent: home,
                    text: "moved to maintenance"),
                RevocationOrder(
                    role: .foreignAgent, homeAddresses: IPv4Prefix("10.0.2.1/32"),
                    nai: NetworkAccessIdentifier("alice@example.net"), careOfAddress: careOf, homeAgent: home,
                    text: "moved to maintenance"),
            ]
            #expect(await served.agents[0].applied == expected.map { AgentChange.revoke($0) })
            #expect(try await client.list("/v1/visitors").count == 2)
            let changes = try await client.list("/v1/events?kind=changed")
            let audits = changes.compactMap { $0["audit"] as? [String: Any] }
            #expect(audits.count == 2)
            for audit in audits {
                #expect((audit["after"] as? [String: Any])?["text"] as? String == "moved to maintenance")
            }
        }
    }

    @Test("A request that waits for its first reply is no visit: its row is not ended, and a visit of the same address stays")
    func pending() async throws {
        let waiting = Samples.visitor(1, source: IPv4Address(172, 16, 0, 9), state: .pending)
        let served = try Served([[.visitor(Samples.visitor(1)), .visitor(waiting)]])
        try await served.test { client in
            for query in ["", "?text=moved", "?validate=true"] {
                let response = try await client.get("/v1/visitors/one/172.16.0.9/10.0.2.1/-\(query)", method: .delete)
                #expect(response.status == .conflict)
                let detail = try response.object()["detail"] as? String
                #expect(detail?.contains("try again when 'state' is 'accepted'") == true)
            }
            #expect(await served.agents[0].commands.isEmpty)
        }
    }

    /// Queries, and the order and the number of registrations that follow from them.
    private static let selections: [(String, RevocationOrder, Int)] = [
        ("bindings?agent=one&all=true", RevocationOrder(role: .homeAgent), 3),
        (
            "bindings?agent=one&homeAddress=10.0.1.2",
            RevocationOrder(role: .homeAgent, homeAddresses: IPv4Prefix("10.0.1.2/32")), 1
        ),
        (
            "bindings?agent=one&homeAddress=10.0.1.0%2F30&text=moved",
            RevocationOrder(role: .homeAgent, homeAddresses: IPv4Prefix("10.0.1.0/30"), text: "moved"), 3
        ),
        (
            "bindings?agent=one&nai=user2%40example.net",
            RevocationOrder(role: .homeAgent, nai: NetworkAccessIdentifier("user2@example.net")), 1
        ),
        (
            "bindings?agent=one&careOfAddress=192.0.2.3&all=false",
            RevocationOrder(role: .homeAgent, careOfAddress: IPv4Address(192, 0, 2, 3)), 1
        ),
        (
            "visitors?agent=one&homeAgent=10.0.0.1", RevocationOrder(role: .foreignAgent, homeAgent: IPv4Address(10, 0, 0, 1)), 2
        ),
    ]

    @Test("A query ends all rows that it selects, and a dry run says how many", arguments: selections.indices)
    func selection(index: Int) async throws {
        let (query, order, count) = Self.selections[index]
        let rows = (1...3).map { StateChange.binding(Samples.binding($0)) } + (1...2).map { .visitor(Samples.visitor($0)) }
        let served = try Served([rows])
        try await served.test(.live) { client in
            let trial = try await client.get("/v1/\(query)&validate=true", method: .delete)
            #expect(trial.status == .ok)
            #expect(try trial.object()["ended"] as? Int == count)
            #expect(await served.agents[0].applied.isEmpty)
            #expect(try await client.list("/v1/events?kind=changed").isEmpty)
            let made = try await client.get("/v1/\(query)", method: .delete)
            #expect(made.status == .ok)
            #expect(try made.object()["ended"] as? Int == count)
            #expect(await served.agents[0].applied == [.revoke(order)])
            let audit = try #require(try await client.list("/v1/events?kind=changed").first?["audit"] as? [String: Any])
            #expect((audit["after"] as? [String: Any])?["agent"] as? String == "one")
            #expect(try await client.get("/v1/\(query)", method: .delete).status == .notFound)
        }
    }

    @Test("Over the Unix socket no token is needed, and the audit records the user and group of the client")
    func unixSocket() async throws {
        let directory = try TemporaryDirectory()
        let agent = ScriptedAgent(socketPath: directory.file("one.sock"), rows: [.binding(Samples.binding(1))])
        try await agent.start()
        let api = directory.file("api.sock")
        let management = try await ManagementProcess(socket: agent.socketPath, api: api)
        let revoked = try await ChildProcess.run(
            "curl", ["-sf", "--unix-socket", api, "-X", "DELETE", "http://localhost\(Self.path)"])
        #expect(revoked.status == 0, "\(revoked)")
        #expect(await agent.applied == [Self.end])
        let events = try await management.get("/v1/events?kind=changed", ["-H", "Accept: application/x-ndjson"]).body
        #expect(events.contains("\"actor\":\"unix:\(NSUserName())\""), "\(events)")
        #expect(events.contains("\"from\":\"uid=\(getuid()) gid=\(getgid())\""), "\(events)")
        try await management.stop()
        await agent.stop()
    }

    @Test(
        "A revocation that is not possible is refused, and nothing changes",
        arguments: [
            ("/v1/bindings/two/10.0.1.1/192.0.2.1", 404), ("/v1/bindings/one/10.0.1.9/192.0.2.1", 404),
            ("/v1/bindings/one/10.0.1/192.0.2.1", 404), ("/v1/bindings/one/10.0.1.1/192.0.2.1?validate=maybe", 400),
            ("/v1/bindings/one/10.0.1.1/192.0.2.1?force=1", 400), ("/v1/bindings/one/10.0.1.1", 405), ("/v1/bindings", 400),
            ("/v1/bindings/one/10.0.1.1/192.0.2.1?text=", 400), ("/v1/bindings/one/10.0.1.1/192.0.2.1?text=a%0Ab", 400),
            ("/v1/bindings?agent=one", 400), ("/v1/bindings?agent=one&all=false", 400), ("/v1/bindings?agent=one&all=yes", 400),
            ("/v1/bindings?agent=one&all=true&homeAddress=10.0.1.1", 400), ("/v1/bindings?agent=one&homeAddress=10.0.1", 400),
            ("/v1/bindings?agent=one&network=10.0.0.0%2F8", 400), ("/v1/bindings?agent=two&all=true", 404),
            ("/v1/bindings?agent=one&homeAddress=10.0.9.9", 404), ("/v1/visitors?agent=one&all=true", 404),
            ("/v1/exchanges?agent=one&all=true", 405),
        ])
    func refused(uri: String, status: Int) async throws {
        let served = try Served([[.binding(Samples.binding(1))]])
        try await served.test { client in
            let response = try await client.get(uri, method: .delete)
            #expect(response.status.code == status)
            #expect(try response.object()["detail"] is String)
            #expect(await served.agents[0].commands.isEmpty)
        }
    }
}
