import AgentModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import MIPTesting
import ManagementAPI
import ManagementCore
import MobileIPv4
import Testing

/// Serialized, because these tests hold thousands of descriptors. `BadClientTests` measures the memory a stream uses.
@Suite("Many and slow event streams", .serialized)
struct ManyStreamsTests {
    private static func event(_ number: Int) -> StateChange {
        .event(
            AgentEvent(
                time: Samples.start, kind: .registered, role: .homeAgent,
                homeAddress: IPv4Address(rawValue: 0x0A00_0000 + UInt32(number)), message: "event \(number)"))
    }

    @Test("A thousand open streams all receive an event, and requests are answered meanwhile")
    func thousand() async throws {
        let served = try Served([[.binding(Samples.binding(1))]])
        try await served.test(.live) { client in
            let port = try #require(client.client.port)
            var streams: [EventStreamClient] = []
            for _ in 0..<1000 { streams.append(try EventStreamClient(port: port)) }
            try await eventually("the first blocks", within: .seconds(60)) {
                for stream in streams where stream.text.isEmpty { stream.read() }
                return streams.allSatisfy { !$0.text.isEmpty }
            }
            #expect(try await client.list("/v1/bindings").count == 1)
            await served.agents[0].publish([Self.event(7)])
            try await eventually("the event on every stream", within: .seconds(60)) {
                for stream in streams where !stream.text.contains("event 7") { stream.read() }
                return streams.allSatisfy { $0.text.contains("event 7") }
            }
            #expect(try await client.list("/v1/bindings").count == 1)
        }
    }

    @Test("A stream beyond the maximum is refused with a Retry-After")
    func tooMany() async throws {
        try await Served([[]]).test(.live, configure: { $0.maximumEventStreams = 2 }) { client in
            let port = try #require(client.client.port)
            let streams = try (0..<2).map { _ in try EventStreamClient(port: port) }
            try await eventually("two streams") {
                streams.forEach { $0.read() }
                return streams.allSatisfy { $0.text.contains("event: ready") }
            }
            let response = try await client.get("/v1/events", headers: [.accept: "text/event-stream"])
            #expect(response.status == .serviceUnavailable)
            #expect(response.headers[.retryAfter] == "10")
        }
    }

    @Test("With 256 descriptors, 300 streams leave requests answered, and their places become free again")
    func fewDescriptors() async throws {
        let directory = try TemporaryDirectory()
        let agent = ScriptedAgent(socketPath: directory.file("one.sock"))
        try await agent.start()
        let management = try await ManagementProcess(socket: agent.socketPath, descriptors: 256)
        var streams: [EventStreamClient] = []
        for _ in 0..<300 { streams.append(try EventStreamClient(port: Int(management.port))) }
        try await eventually("an answer to every stream") {
            for stream in streams { stream.read() }
            return streams.allSatisfy { $0.text.contains("event: ready") || $0.isClosed }
        }
        let open = streams.count { $0.text.contains("event: ready") }
        #expect(open > 50 && streams.count { $0.text.hasPrefix("HTTP/1.1 503 ") } == 300 - open)
        let start = ContinuousClock.now
        #expect(try await management.get("/v1/status").status == 200)
        #expect(try await management.get("/readyz").status == 200)
        #expect(ContinuousClock.now - start < .seconds(30))
        streams = []
        try await eventually("a place") {
            let next = try EventStreamClient(port: Int(management.port))
            try await Task.sleep(for: .milliseconds(50))
            next.read()
            return next.text.contains("event: ready")
        }
        try await management.stop()
        await agent.stop()
    }

    @Test("A stalled reader delays nobody, and learns how much it missed when it reads again")
    func slow() async throws {
        let served = try Served([[]])
        // The timeout is long, so that the slow reader is not disconnected however long writing takes.
        try await served.test(
            .live,
            configure: {
                $0.eventsKept = 1000
                $0.idleTimeout = .seconds(600)
            }
        ) { client in
            // A connection without a request would be closed while the events are written.
            #expect(try await client.get("/healthz").status == .ok)
            let port = try #require(client.client.port)
            let slow = try EventStreamClient(port: port, receiveBuffer: 4096)
            let quick = try EventStreamClient(port: port)
            try await eventually("the first block") {
                quick.read()
                return quick.text.contains("event: ready")
            }
            // More data than the buffers of a connection can hold, so that its writer has to wait.
            for start in stride(from: 0, to: 30_000, by: 500) {
                await served.agents[0].publish((start..<start + 500).map(Self.event))
                try await eventually("the events at the quick reader") {
                    quick.read()
                    return quick.text.contains("event \(start + 499)\"")
                }
            }
            #expect(try await client.get("/v1/status").status == .ok)
            try await eventually("the last event at the slow reader") {
                slow.read()
                return slow.text.contains("event 29999\"")
            }
            let missed = try #require(slow.events.first { $0.name == "missed" })
            #expect((missed.object["missed"] as? Int).map { $0 > 0 } == true)
        }
    }
}
