import AgentModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import MIPTesting
import MobileIPv4
import Testing

@Suite("Sending a text through the API")
struct SendingTests {
    private static let rows: [StateChange] = [
        .binding(Samples.binding(1)), .binding(Samples.binding(2)), .exchange(Samples.exchange(7)),
    ]

    @Test("Each receiver is an exchange, which the answer's Location lists, and the audit records the text")
    func sent() async throws {
        let served = try Served([Self.rows])
        try await served.test(.live) { client in
            let changes = ChangeClient(client: client.client)
            let answer = try await changes.send(
                .post, "/v1/exchanges", #"{"agent": "one", "text": "Maintenance at 22:00", "homeAddresses": "10.0.0.0/8"}"#)
            #expect(answer.status == .accepted)
            #expect(
                await served.agents[0].applied == [
                    .notify(
                        NotificationOrder(
                            to: .mobileNode, homeAddresses: IPv4Prefix("10.0.0.0/8"), text: "Maintenance at 22:00"))
                ])
            let location = try #require(answer.headers[.location])
            #expect(location == "/v1/exchanges?agent=one&kind=notification&after=7")
            let exchanges = try await client.list(location)
            #expect(exchanges.map { $0["homeAddress"] as? String } == ["10.0.1.1", "10.0.1.2"])
            #expect(exchanges.allSatisfy { $0["text"] as? String == "Maintenance at 22:00" })
            let audit = try #require(try await client.list("/v1/events?kind=changed").first?["audit"] as? [String: Any])
            #expect(audit["request"] as? String == "POST /v1/exchanges")
            #expect(audit["before"] == nil)
            #expect((audit["after"] as? [String: Any])?["text"] as? String == "Maintenance at 22:00")
        }
    }

    @Test("Every member of the body reaches the agent")
    func members() async throws {
        let served = try Served([Self.rows])
        try await served.test(.live) { client in
            let body =
                #"{"agent": "one", "text": "é", "to": "foreignAgent", "homeAddresses": "10.0.1.2", "nai": "user2@example.net", "#
                + #""acknowledged": false}"#
            let answer = try await ChangeClient(client: client.client).send(.post, "/v1/exchanges", body)
            #expect(answer.status == .accepted)
            let order = NotificationOrder(
                to: .foreignAgent, homeAddresses: IPv4Prefix("10.0.1.2/32"), nai: NetworkAccessIdentifier("user2@example.net"),
                text: "é", acknowledged: false)
            #expect(await served.agents[0].applied == [.notify(order)])
        }
    }

    @Test("A dry run sends nothing and has the answer of the change itself")
    func dryRun() async throws {
        let served = try Served([Self.rows])
        try await served.test(.live) { client in
            let body = #"{"agent": "one", "text": "x"}"#
            let answer = try await ChangeClient(client: client.client).send(.post, "/v1/exchanges?validate=true", body)
            #expect(answer.status == .accepted)
            #expect(await served.agents[0].applied.isEmpty)
            #expect(try await client.list("/v1/events?kind=changed").isEmpty)
        }
    }

    @Test(
        "A text that cannot be sent is refused, and nothing is sent",
        arguments: [
            (#"{"agent": "one"}"#, 422, "text"), (#"{"agent": "one", "text": ""}"#, 422, "text"),
            (#"{"agent": "one", "text": "a\nb"}"#, 422, "text"),
            (#"{"agent": "one", "text": "\#(String(repeating: "é", count: 128))"}"#, 422, "text"),
            (#"{"agent": "one", "text": "x", "to": "everyone"}"#, 422, "to"),
            (#"{"agent": "one", "text": "x", "homeAddresses": "10.0.0.1/8"}"#, 422, "homeAddresses"),
            (#"{"agent": "one", "text": "x", "number": 3}"#, 422, "number"),
            (#"{"agent": "two", "text": "x"}"#, 404, nil),
            (#"{"agent": "one", "text": "x", "homeAddresses": "10.9.0.0/16"}"#, 404, nil),
        ] as [(String, Int, String?)])
    func refused(body: String, status: Int, field: String?) async throws {
        let served = try Served([Self.rows])
        try await served.test(.live) { client in
            let answer = try await ChangeClient(client: client.client).send(.post, "/v1/exchanges", body)
            #expect(answer.status.code == status)
            #expect(try answer.object()["field"] as? String == field)
            #expect(await served.agents[0].applied.isEmpty)
        }
    }
}
