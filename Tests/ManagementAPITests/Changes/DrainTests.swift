import AgentModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import MIPTesting
import MobileIPv4
import NIOCore
import Testing

@Suite("Moving the nodes of a home agent through the API")
struct DrainTests {
    private static let path = "/v1/drain/one"
    private static let body = #"{"homeAgents": ["192.0.2.53", "192.0.2.54"], "text": "Maintenance"}"#
    private static let order = DrainOrder(
        homeAgents: [IPv4Address(192, 0, 2, 53), IPv4Address(192, 0, 2, 54)], text: "Maintenance")

    /// Two bindings, one of which can be moved.
    private static var rows: [StateChange] {
        var bindings = [Samples.binding(1), Samples.binding(2)]
        bindings[0].revocation = .none
        bindings[1].revocation = .agreed
        return bindings.map { .binding($0) }
    }

    @Test("PUT begins it, GET shows it with the bindings that are left, DELETE ends it, and the audit records who did")
    func whole() async throws {
        let served = try Served([Self.rows])
        try await served.test(.live) { client in
            let changes = ChangeClient(client: client.client)
            #expect(try await client.list("/v1/drain").isEmpty)
            let made = try await changes.send(.put, Self.path, Self.body)
            #expect(made.status == .created)
            #expect(made.headers[.location] == Self.path)
            #expect(await served.agents[0].applied == [.drain(Self.order)])
            let row = try await client.object(Self.path)
            #expect(row["homeAgents"] as? [String] == ["192.0.2.53", "192.0.2.54"])
            #expect(row["redirected"] as? Int == 0)
            #expect(row["bindings"] as? Int == 2)
            #expect(row["movableBindings"] as? Int == 1)
            #expect(row["text"] as? String == "Maintenance")
            #expect(row["agent"] as? String == "one")
            #expect(row["since"] is String)
            #expect(try await changes.send(.delete, Self.path).status == .noContent)
            #expect(await served.agents[0].applied.last == .endDrain)
            #expect(try await client.get(Self.path).status == .notFound)
            #expect(try await changes.send(.delete, Self.path).status == .notFound)
            let audits = try await client.list("/v1/events?kind=changed").compactMap { $0["audit"] as? [String: Any] }
            #expect(audits.map { $0["request"] as? String } == ["PUT \(Self.path)", "DELETE \(Self.path)"])
            #expect(audits.allSatisfy { $0["actor"] as? String == ManagementToken.name })
        }
    }

    @Test("Another PUT replaces the order; how far it has got does not change the ETag")
    func replaced() async throws {
        let served = try Served([Self.rows])
        try await served.test(.live) { client in
            let changes = ChangeClient(client: client.client)
            #expect(try await changes.send(.put, Self.path, Self.body).status == .created)
            let tag = try await changes.tag(Self.path)
            await served.agents[0].publish([.bindingRemoved(Samples.binding(2).key, .drained)])
            try await eventually("the binding to go") { try await client.object(Self.path)["bindings"] as? Int == 1 }
            #expect(try await changes.tag(Self.path) == tag)
            let other = #"{"homeAgents": ["192.0.2.55"]}"#
            #expect(try await changes.send(.put, Self.path, other, [.ifMatch: tag]).status == .noContent)
            let order = DrainOrder(homeAgents: [IPv4Address(192, 0, 2, 55)])
            #expect(await served.agents[0].applied.last == .drain(order))
            #expect(try await client.object(Self.path)["homeAgents"] as? [String] == ["192.0.2.55"])
            #expect(try await changes.send(.delete, Self.path, nil, [.ifMatch: tag]).status == .preconditionFailed)
        }
    }

    @Test("A PUT is answered with the ETag of the new order, and audited with it, although the snapshot shows it late")
    func late() async throws {
        let served = try Served([Self.rows])
        try await served.test(.live) { client in
            let changes = ChangeClient(client: client.client)
            #expect(try await changes.send(.put, Self.path, Self.body).status == .created)
            await served.agents[0].publishLate(by: .milliseconds(200))
            let homeAgents = #""homeAgents": ["192.0.2.54", "192.0.2.53"]"#
            for (body, text) in [("{\(homeAgents), \"text\": \"Again\"}", "Again"), ("{\(homeAgents)}", "")] {
                let answer = try await changes.send(.put, Self.path, body)
                #expect(answer.status == .noContent)
                #expect(try await changes.tag(Self.path) == answer.headers[.eTag])
                let audit = try await client.list("/v1/events?kind=changed").compactMap { $0["audit"] as? [String: Any] }.last
                let after = try #require(audit?["after"] as? [String: Any])
                #expect(after["homeAgents"] as? [String] == ["192.0.2.54", "192.0.2.53"])
                #expect(after["text"] as? String == text)
            }
        }
    }

    @Test("The order that an agent has, given again, changes nothing")
    func again() async throws {
        let served = try Served([Self.rows])
        try await served.test(.live) { client in
            let changes = ChangeClient(client: client.client)
            #expect(try await changes.send(.put, Self.path, Self.body).status == .created)
            let tag = try await changes.tag(Self.path)
            let answer = try await changes.send(.put, Self.path, Self.body)
            #expect(answer.status == .noContent && answer.headers[.eTag] == tag)
            #expect(await served.agents[0].applied == [.drain(Self.order)])
            let audits = try await client.list("/v1/events?kind=changed")
            #expect(audits.count == 1)
        }
    }

    @Test("The ETag of an agent does not change with the progress of its drain")
    func agent() async throws {
        let served = try Served([Self.rows])
        try await served.test(.live) { client in
            let changes = ChangeClient(client: client.client)
            #expect(try await changes.send(.put, Self.path, Self.body).status == .created)
            let tag = try await changes.tag("/v1/agents/one")
            await served.agents[0].publish([.bindingRemoved(Samples.binding(2).key, .drained)])
            try await eventually("the binding to go") { try await client.object(Self.path)["bindings"] as? Int == 1 }
            #expect(try await changes.tag("/v1/agents/one") == tag)
        }
    }

    @Test("A dry run has the answer of the change itself, and changes nothing")
    func dryRun() async throws {
        let served = try Served([Self.rows])
        try await served.test(.live) { client in
            let changes = ChangeClient(client: client.client)
            #expect(try await changes.send(.put, Self.path + "?validate=true", Self.body).status == .created)
            let (drains, events) = (try await client.list("/v1/drain"), try await client.list("/v1/events?kind=changed"))
            #expect(drains.isEmpty && events.isEmpty)
            #expect(await served.agents[0].applied.isEmpty)
        }
    }

    @Test(
        "An order that makes no sense is refused, and nothing changes",
        arguments: [
            ("{}", 422, "homeAgents"), (#"{"homeAgents": []}"#, 422, "homeAgents"),
            (#"{"homeAgents": "192.0.2.53"}"#, 422, "homeAgents"), (#"{"homeAgents": [3]}"#, 422, "homeAgents"),
            (#"{"homeAgents": ["192.0.2.53", "192.0.2.53"]}"#, 422, "homeAgents"),
            (#"{"homeAgents": ["224.0.0.1"]}"#, 422, "homeAgents"), (#"{"homeAgents": ["0.0.0.0"]}"#, 422, "homeAgents"),
            (#"{"homeAgents": ["192.0.2.0/24"]}"#, 422, "homeAgents"),
            (#"{"homeAgents": ["192.0.2.53"], "text": ""}"#, 422, "text"),
            (#"{"homeAgents": ["192.0.2.53"], "text": "a\nb"}"#, 422, "text"),
            (#"{"homeAgents": ["192.0.2.53"], "agent": "one"}"#, 422, "agent"),
        ])
    func refused(body: String, status: Int, field: String) async throws {
        let served = try Served([Self.rows])
        try await served.test(.live) { client in
            let answer = try await ChangeClient(client: client.client).send(.put, Self.path, body)
            #expect(answer.status.code == status)
            #expect(try answer.object()["field"] as? String == field)
            #expect(await served.agents[0].applied.isEmpty)
        }
    }

    @Test("At most 16 home agents can be named")
    func many() async throws {
        let served = try Served([Self.rows])
        try await served.test(.live) { client in
            let changes = ChangeClient(client: client.client)
            func body(_ count: Int) -> String {
                #"{"homeAgents": [\#((1...count).map { "\"192.0.2.\($0)\"" }.joined(separator: ", "))]}"#
            }
            for (count, status) in [(17, HTTPResponse.Status.unprocessableContent), (16, .created)] {
                let answer = try await changes.send(.put, Self.path, body(count))
                #expect(answer.status == status)
            }
        }
    }

    @Test("A metric shows whether and since when a home agent drains")
    func metric() async throws {
        try await Served([Self.rows]).test(.live) { client in
            func lines() async throws -> [String] {
                String(buffer: try await client.get("/metrics").body).split(separator: "\n").map(String.init)
            }
            #expect(try await lines().contains("mip_home_agent_draining{agent=\"one\"} 0"))
            #expect(try await ChangeClient(client: client.client).send(.put, Self.path, Self.body).status == .created)
            let after = try await lines()
            #expect(after.contains("mip_home_agent_draining{agent=\"one\"} 1"))
            #expect(after.contains { $0.hasPrefix("mip_home_agent_drain_start_time_seconds{agent=\"one\"} ") })
            #expect(after.contains("mip_home_agent_drain_movable_bindings{agent=\"one\"} 1"))
        }
    }
}
