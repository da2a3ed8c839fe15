import AgentModel
import Foundation
import Logging
import MIPTesting
import Synchronization
import Testing

@testable import AgentDaemon
@testable import DaemonSupport

@Suite("Log lines about events")
struct EventLogTests {
    private final class Clock: Sendable {
        private let time = Mutex(Duration.zero)
        var now: Duration { time.withLock { $0 } }
        func set(_ now: Duration) { time.withLock { $0 = now } }
    }

    @Test("Those that are written, and those that are counted as suppressed, are together as many as there were events")
    func sum() throws {
        let directory = try TemporaryDirectory()
        let file = directory.file("log")
        let descriptor = open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        try #require(descriptor >= 0)
        let clock = Clock()
        let rate = LogRate { clock.now }
        let format = LogFormat(isJournal: false)
        let queue = LogQueue(descriptor: descriptor, report: { "lost \($0)\n" })
        let logger = Logger(label: "test") { label in
            LineLogHandler(label: label, level: .info, format: format, rate: rate, queue: queue)
        }
        var log = EventLog(logger: logger)
        // More a second than the agent lets through, and more a minute than the log takes.
        for second in 0..<10 {
            clock.set(.seconds(second))
            for _ in 0..<100 {
                for kind in [AgentEventKind.registrationDenied, .securityViolation] {
                    let event = AgentEvent(
                        time: Timestamp(milliseconds: 0), kind: kind, role: .homeAgent, message: "it happened")
                    log.write(event, uptime: Int64(second) * 1_000_000_000)
                }
            }
        }
        log.finish()
        LogOutput.finish(queue, rate, format, within: .seconds(60))
        close(descriptor)
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        let written = lines.filter { $0.contains("event=") }.count
        let suppressed = lines.flatMap { $0.split(separator: " ") }.filter { $0.hasPrefix("suppressed=") }
            .compactMap { Int($0.dropFirst(11)) }
        #expect(written == 120)
        #expect(written + suppressed.reduce(0, +) == 2000, "\(lines.joined(separator: "\n"))")
    }
}
