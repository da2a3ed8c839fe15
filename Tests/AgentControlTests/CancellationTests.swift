import AgentControl
import MIPTesting
import NIOConcurrencyHelpers
import Testing

@Suite("A cancelled subscription")
struct CancellationTests {
    private static func frame(_ phase: String) -> String {
        #"{"parameters":{"phase":"\#(phase)","firstSequence":1,"sequence":0,"#
            + #""time":"2023-11-14T22:13:20.000Z","changes":[]},"continues":true}"#
    }

    @Test("Updates that have already arrived are not delivered after the task is cancelled")
    func buffered() async throws {
        let directory = try TemporaryDirectory()
        let agent = try RawAgent(socketPath: directory.file("a.sock")) { _ in
            [.send(Self.frame("synced"))] + (0..<50).map { _ in .send(Self.frame("live")) }
        }
        let updates = NIOLockedValueBox(0)
        let task = Task {
            try await AgentControlClient.connect(to: agent.socketPath) { calls in
                try await calls.subscribe(to: nil) { _ in
                    updates.withLockedValue { $0 += 1 }
                    // The rest arrives while this update is being processed.
                    try? await Task.sleep(for: .milliseconds(200))
                    withUnsafeCurrentTask { $0?.cancel() }
                    return true
                }
            }
        }
        await #expect(throws: (any Error).self) { try await task.value }
        #expect(updates.withLockedValue { $0 } == 1)
    }
}
