import AgentModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import MIPTesting
import ManagementAPI
import ManagementCore
import MobileIPv4
import Testing

/// Each test runs its own `mip-mibd`, so that the cost of a client can be measured. Serialized, because they hold a thousand connections.
@Suite("Misbehaving clients", .serialized)
struct BadClientTests {
    /// What such clients send, how many there are, and how much memory each may use in a debug build, including the allocator's overhead.
    struct Kind: Sendable, CustomTestStringConvertible {
        let name: String
        let request: String
        let count: Int
        let kibibytes: Int
        /// Whether the client waits for an answer that it then does not read.
        var isAnswered = false

        var testDescription: String { name }
    }

    private static let kinds = [
        Kind(
            name: "event streams that nobody reads",
            request: "GET /v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n", count: 1000,
            kibibytes: 96,
            isAnswered: true),
        Kind(name: "half a head", request: "GET /v1/bindings HTTP/1.1\r\nHost: loc", count: 1000, kibibytes: 64),
        Kind(
            name: "half a body",
            request: "PATCH /v1/settings/one HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Authorization: \(ManagementToken.authorization)\r\nContent-Length: 60000\r\n\r\n{\"enabled\": ", count: 1000,
            kibibytes: 96),
        Kind(name: "nothing at all", request: "", count: 1000, kibibytes: 64),
        Kind(
            name: "whole lists that nobody reads",
            request: "GET /v1/bindings HTTP/1.1\r\nHost: localhost\r\nAccept: application/x-ndjson\r\n\r\n", count: 50,
            kibibytes: 1024, isAnswered: true),
    ]

    private static let rows = 20_000

    private static func binding(_ number: Int, renewals: UInt32 = 0) -> StateChange {
        var binding = Samples.binding(number)
        binding.renewals = renewals
        return .binding(binding)
    }

    /// Runs `body` with a daemon over an agent with many bindings.
    private static func serving(
        _ rows: Int = rows, _ body: (ManagementProcess, ScriptedAgent) async throws -> Void
    ) async throws {
        let directory = try TemporaryDirectory()
        let agent = ScriptedAgent(socketPath: directory.file("one.sock"), rows: (0..<rows).map { binding($0) })
        try await agent.start()
        let management = try await ManagementProcess(socket: directory.file("one.sock"))
        try await body(management, agent)
        try await management.stop()
        await agent.stop()
    }

    @Test(
        "Other clients are served meanwhile; each misbehaving client uses a bounded amount of memory and leaves nothing behind",
        arguments: kinds)
    func others(kind: Kind) async throws {
        try await Self.serving { management, _ in
            for path in ["/v1/bindings", "/metrics", "/v1/status"] { #expect(try await management.get(path).status == 200) }
            let (memory, descriptors) = (try management.memory(), try management.descriptors())
            var clients: [RawClient] = []
            for _ in 0..<kind.count { clients.append(try RawClient(port: Int(management.port), sending: kind.request)) }
            // The connections of the three requests before may have been open when descriptors were counted, and close meanwhile.
            try await eventually("the connections") { try management.descriptors() >= descriptors + kind.count - 3 }
            if kind.isAnswered { try await eventually("the answers") { clients.allSatisfy(\.hasArrived) } }
            for path in ["/v1/bindings?limit=100", "/v1/bindings", "/v1/status", "/metrics", "/healthz"] {
                #expect(try await management.get(path).status == 200)
            }
            let each = Double(try management.memory() - memory) / 1024 / Double(kind.count)
            #expect(each < Double(kind.kibibytes), "\(each) KiB for each of \(kind.count)")
            clients = []
            try await eventually("their end") { try management.descriptors() <= descriptors + 3 }
            #expect(try await management.get("/v1/bindings?limit=1").status == 200)
        }
    }

    @Test("Clients that stop reading a list keep no old table alive, however often it changes meanwhile")
    func noOldTables() async throws {
        try await Self.serving { management, agent in
            var clients: [RawClient] = []
            func change(_ renewals: UInt32) async throws {
                for start in stride(from: 0, to: Self.rows, by: 1000) {
                    await agent.publish((start..<start + 1000).map { Self.binding($0, renewals: renewals) })
                }
                let last = Samples.binding(Self.rows - 1)
                try await eventually("the change") {
                    try await management.get("/v1/bindings/one/\(last.homeAddress)/\(last.careOfAddress)?fields=renewals").body
                        .contains("\(renewals)}")
                }
            }
            for round in 1...4 { try await change(UInt32(round)) }
            let memory = try management.memory()
            for round in 5...16 {
                for _ in 0..<2 { clients.append(try RawClient(port: Int(management.port), sending: Self.kinds[4].request)) }
                try await eventually("the answers") { clients.allSatisfy(\.hasArrived) }
                try await change(UInt32(round))
            }
            // 12 old tables would take 12 times 20,000 rows of 200 bytes.
            let growth = try management.memory() - memory
            #expect(growth < 24 << 20, "\(growth >> 10) KiB")
            #expect(clients.count == 24)
        }
    }

    @Test("A client that reads nothing of its answer is disconnected in time; one that reads gets all of it, however slowly")
    func disconnected() async throws {
        try await Served([(0..<Self.rows).map { Self.binding($0) }]).test(.live, configure: { $0.idleTimeout = .seconds(5) }) {
            client in
            let port = try #require(client.client.port)
            let request = Self.kinds[4].request.replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n")
            let stuck = try RawClient(port: port, sending: request)
            let reading = try RawClient(port: port, sending: request, receiveBuffer: 65_536)
            #expect(try await client.get("/v1/status").status == .ok)
            try await eventually("the end of the reading client") {
                reading.read()
                return reading.isClosed
            }
            #expect(reading.text.hasSuffix("\r\n0\r\n\r\n"))
            #expect(reading.text.matches(of: /"homeAddress"/).count >= Self.rows - 200)
            try await eventually("the end of the stuck client") { try await stuck.isDisconnected() }
            try await eventually("the data in transit") {
                stuck.read()
                return stuck.isClosed
            }
            #expect(!stuck.text.hasSuffix("\r\n0\r\n\r\n"))
        }
    }

    @Test("A list whose agent disconnects during the export ends early and does not look complete")
    func interrupted() async throws {
        let served = try Served([(0..<Self.rows).map { Self.binding($0) }], grace: .milliseconds(50))
        try await served.test(.live) { client in
            let port = try #require(client.client.port)
            let reader = try RawClient(
                port: port, sending: Self.kinds[4].request.replacing("\r\n\r\n", with: "\r\nConnection: close\r\n\r\n"))
            try await eventually("the beginning") { reader.hasArrived }
            await served.agents[0].stop()
            try await eventually("the withdrawal") {
                let agents = try await client.object("/v1/status")["agents"] as? [[String: Any]]
                return agents?.first?["connection"] as? String == "down"
            }
            try await eventually("the end") {
                reader.read()
                return reader.isClosed
            }
            #expect(reader.text.hasPrefix("HTTP/1.1 200 "))
            #expect(!reader.text.hasSuffix("\r\n0\r\n\r\n"))
        }
    }
}
