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
            ("/v1/bindings/one/10.0.1.1/192.0.2.1?force=1", 400), ("/v1/bindings/one/10.0.1.1", 405), ("/v1/bindings", 405),
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
