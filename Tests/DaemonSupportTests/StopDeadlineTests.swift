import Foundation
import Synchronization
import Testing

@testable import DaemonSupport

@Suite("The time that stopping may take")
struct StopDeadlineTests {
    /// The statuses with which the process would have ended.
    final class Ends: Sendable {
        private let all = Mutex<[Int32]>([])
        var statuses: [Int32] { all.withLock { $0 } }
        func add(_ status: Int32) { all.withLock { $0.append(status) } }
    }

    @Test("When it is over, the process ends once, with the status of the first cause")
    func over() async throws {
        let ends = Ends()
        let deadline = StopDeadline(limit: .milliseconds(30)) { ends.add($0) }
        deadline.start(status: 7)
        deadline.start(status: 8)
        for _ in 0..<200 where ends.statuses.isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        try await Task.sleep(for: .milliseconds(100))
        #expect(ends.statuses == [7])
    }

    @Test("A process that stopped in time, or was never to stop, goes on")
    func disarmed() async throws {
        let ends = Ends()
        let stopped = StopDeadline(limit: .milliseconds(30)) { ends.add($0) }
        let running = StopDeadline(limit: .milliseconds(30)) { ends.add($0) }
        stopped.start(status: 0)
        stopped.disarm()
        try await Task.sleep(for: .milliseconds(150))
        #expect(ends.statuses.isEmpty)
        #expect(!running.isSignalled)
    }
}
