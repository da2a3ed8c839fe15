import Foundation
import HummingbirdTesting
import MIPTesting
import ManagementAPI
import Testing

@Suite("Connections without a request", .serialized)
struct IdleConnectionTests {
    @Test("A client that connects and sends nothing is disconnected after the time that a request may take")
    func first() async throws {
        try await Served([[]]).test(
            .live,
            configure: {
                $0.requestTimeout = .milliseconds(500)
                $0.idleTimeout = .seconds(600)
            }
        ) { client in
            let idle = try RawClient(port: try #require(client.client.port))
            try await eventually("the end of the connection") {
                idle.read()
                return idle.isClosed
            }
            #expect(idle.bytes.isEmpty)
        }
    }

    @Test("With 256 descriptors, 200 connections that send nothing lock nobody out")
    func lockOut() async throws {
        let directory = try TemporaryDirectory()
        let agent = ScriptedAgent(socketPath: directory.file("one.sock"))
        try await agent.start()
        let management = try await ManagementProcess(socket: agent.socketPath, descriptors: 256)
        let idle = try (0..<200).map { _ in try RawClient(port: Int(management.port)) }
        #expect(try await management.get("/healthz").status == 200)
        // They were there all the time.
        #expect(idle.count == 200)
        try await management.stop()
        await agent.stop()
    }
}
