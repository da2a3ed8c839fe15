import AgentControl
import MIPTesting
import Testing

@Suite("An agent that closes the connection")
struct ClosedConnectionTests {
    @Test("Calls fail with the error for this, whether it is noticed while sending or while waiting for the reply")
    func closed() async throws {
        let directory = try TemporaryDirectory()
        let agent = try RawAgent(socketPath: directory.file("a.sock")) { _ in [.close] }
        try await AgentControlClient.connect(to: agent.socketPath) { calls in
            for _ in 0..<3 { await #expect(throws: ControlError.closed) { try await calls.setEnabled(true) } }
        }
        #expect(agent.connections == 1)
    }
}
