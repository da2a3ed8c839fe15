import AgentModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import MIPTesting
import ManagementAPI
import ManagementCore
import MobileIPv4
import NIOCore
import Testing

@Suite("The event stream")
struct EventStreamTests {
    private static func event(_ number: Int, _ kind: AgentEventKind = .registered) -> StateChange {
        .event(
            AgentEvent(
                time: Samples.start, kind: kind, role: .homeAgent,
                homeAddress: IPv4Address(rawValue: 0x0A00_0000 + UInt32(number)),
                nai: NetworkAccessIdentifier("user\(number)@example.net"), message: "event \(number)"))
    }

    private static func open(_ client: Client, _ query: String = "", headers: [String] = []) async throws -> EventStreamClient {
        let stream = try EventStreamClient(
            port: try #require(client.client.port), path: "/v1/events" + query, headers: headers)
        try await eventually("the first block") {
            stream.read()
            return stream.allEvents.contains { $0.name == "ready" }
        }
        return stream
    }

    @Test("An agent's events arrive immediately, each with an identifier to resume after")
    func live() async throws {
        let served = try Served([[]])
        try await served.test(.live) { client in
            let stream = try await Self.open(client)
            #expect(stream.text.hasPrefix("HTTP/1.1 200 "))
            #expect(stream.text.contains("text/event-stream"))
            #expect(stream.text.lowercased().contains("\r\nx-accel-buffering: no\r\n"))
            await served.agents[0].publish([Self.event(1), Self.event(2, .expired)])
            let events = try await stream.events(2)
            #expect(events.map(\.name) == ["registered", "expired"])
            let first = events[0].object
            #expect(first["agent"] as? String == "one")
            #expect(first["kind"] as? String == "registered")
            #expect(first["homeAddress"] as? String == "10.0.0.1")
            #expect(first["message"] as? String == "event 1")
            #expect(first["id"] as? String == events[0].id)
            #expect(events[0].id != events[1].id)
        }
    }

    @Test(
        "Filters select events",
        arguments: [
            ("?kind=expired", ["2"]), ("?kind=expired,revoked", ["2", "3"]), ("?homeAddress=10.0.0.1", ["1"]),
            ("?homeAddress=10.0.0.2/31", ["2", "3"]), ("?nai=user3@example.net", ["3"]), ("?agent=one&kind=registered", ["1"]),
            ("?agent=two", []),
        ])
    func filters(query: String, expected: [String]) async throws {
        let served = try Served([[], []])
        try await served.test(.live) { client in
            let all = try await Self.open(client, "?agent=one")
            let stream = try await Self.open(client, query)
            await served.agents[0].publish([Self.event(1), Self.event(2, .expired), Self.event(3, .revoked)])
            _ = try await all.events(3)
            let events = try await stream.events(expected.count)
            #expect(events.compactMap { $0.object["message"] as? String } == expected.map { "event \($0)" })
        }
    }

    @Test("A stream that reconnects resumes where it was")
    func resumption() async throws {
        let served = try Served([[]])
        try await served.test(.live) { client in
            let stream = try await Self.open(client)
            await served.agents[0].publish((1...5).map { Self.event($0) })
            let id = try #require(try await stream.events(5)[1].id)
            let again = try await Self.open(client, headers: ["Last-Event-ID: \(id)"])
            #expect(try await again.events(3).map { $0.object["message"] as? String } == ["event 3", "event 4", "event 5"])
            let byQuery = try await Self.open(client, "?lastEventID=\(id)")
            #expect(try await byQuery.events(3).count == 3)
        }
    }

    @Test("A stream that reconnects too late learns how many events it missed")
    func missed() async throws {
        let served = try Served([[]])
        try await served.test(.live, configure: { $0.eventsKept = 4 }) { client in
            let stream = try await Self.open(client)
            await served.agents[0].publish([Self.event(1)])
            let id = try #require(try await stream.events(1).first?.id)
            await served.agents[0].publish((2...10).map { Self.event($0) })
            try await eventually("the last event in the journal") {
                try await client.list("/v1/events").last?["message"] as? String == "event 10"
            }
            let again = try await Self.open(client, headers: ["Last-Event-ID: \(id)"])
            let events = try await again.events(5)
            #expect(events[0].name == "missed")
            #expect(events[0].object["missed"] as? Int == 5)
            #expect(events.dropFirst().map { $0.object["message"] as? String } == (7...10).map { "event \($0)" })
        }
    }

    @Test(
        "An identifier from another run is answered with a missed event, followed by the stored events",
        arguments: ["abc-7", "nonsense", "-", "1-99999999999999999999"])
    func otherRun(id: String) async throws {
        let served = try Served([[]])
        try await served.test(.live) { client in
            let stream = try await Self.open(client)
            await served.agents[0].publish([Self.event(1)])
            _ = try await stream.events(1)
            let again = try await Self.open(client, headers: ["Last-Event-ID: \(id)"])
            try await eventually("the event") {
                again.read()
                return again.events.contains { $0.object["message"] as? String == "event 1" }
            }
            #expect(again.events.first?.name == "missed")
            #expect(again.events.first?.object["missed"] == nil)
        }
    }

    @Test("An idle stream sends heartbeats with its current place")
    func heartbeat() async throws {
        try await Served([[]]).test(.live, configure: { $0.heartbeat = .milliseconds(30) }) { client in
            let stream = try await Self.open(client, "?kind=revoked")
            try await eventually("two heartbeats") {
                stream.read()
                return stream.text.matches(of: /: alive\nid: [0-9a-z]+-\d+\n\n/).count >= 2
            }
        }
    }

    @Test("The loss and return of an agent are reported, with a warning that events may have been missed")
    func connection() async throws {
        let served = try Served([[]])
        try await served.test(.live) { client in
            let stream = try await Self.open(client, "?kind=agentConnected,agentLost,agentRestarted,eventsMissed")
            await served.agents[0].stop()
            #expect(try await stream.events(1).last?.name == "agentLost")
            try await served.agents[0].start()
            #expect(try await stream.events(3).map(\.name) == ["agentLost", "agentConnected", "eventsMissed"])
        }
    }

    @Test("The stored events are available as a list and as lines")
    func list() async throws {
        let served = try Served([[]])
        try await served.test { client in
            // Events published before the journal follows the agent are not in it.
            try await eventually("the journal") {
                await served.agents[0].publish([Self.event(0, .expired)])
                return try await !client.list("/v1/events?kind=expired", accept: "application/json").isEmpty
            }
            await served.agents[0].publish([Self.event(1), Self.event(2, .revoked)])
            try await eventually("the events") {
                try await client.list("/v1/events?kind=registered,revoked", accept: "application/json").count == 2
            }
            let one = try await client.list("/v1/events?kind=revoked", accept: "application/json")
            #expect(one.compactMap { $0["message"] as? String } == ["event 2"])
            let lines = try await client.get(
                "/v1/events?kind=registered,revoked", headers: [.accept: "application/x-ndjson"])
            #expect(lines.headers[.contentType] == "application/x-ndjson")
            #expect(String(buffer: lines.body).split(separator: "\n").count == 2)
        }
    }

    @Test(
        "An invalid filter is refused",
        arguments: [
            ("?kind=nothing", "kind 'nothing' is invalid; expected some of"),
            ("?agent=none", "no such agent: none; expected one of one"),
            ("?homeAddress=x", "homeAddress 'x' is invalid; expected an address"),
        ])
    func refused(query: String, detail: String) async throws {
        try await Served([[]]).test { client in
            let response = try await client.get("/v1/events" + query)
            #expect(response.status == .badRequest)
            #expect((try response.object()["detail"] as? String)?.hasPrefix(detail) == true)
        }
    }
}
