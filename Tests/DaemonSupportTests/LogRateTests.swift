import Logging
import Synchronization
import Testing

@testable import DaemonSupport

@Suite("The limit of log lines")
struct LogRateTests {
    private final class Clock: Sendable {
        private let time = Mutex(Duration.zero)
        var now: Duration { time.withLock { $0 } }
        func advance(_ duration: Duration) { time.withLock { $0 += duration } }
    }

    private let clock = Clock()
    private let rate: LogRate

    init() {
        let clock = clock
        rate = LogRate { clock.now }
    }

    private func verdict(
        _ line: UInt = 1, level: Logger.Level = .info, event: String? = nil, actor: String? = nil, suppressed: Int? = nil
    ) -> LogRate.Verdict {
        var metadata: Logger.Metadata = [:]
        metadata["event"] = event.map { "\($0)" }
        metadata["actor"] = actor.map { "\($0)" }
        metadata["suppressed"] = suppressed.map { "\($0)" }
        return rate.verdict(
            LogEvent(
                level: level, message: "it happened", metadata: metadata, source: nil, file: "F.swift", function: "f", line: line),
            label: "test")
    }

    private func written(_ count: Int, _ verdict: () -> LogRate.Verdict) -> Int {
        (0..<count).filter { _ in if case .written = verdict() { true } else { false } }.count
    }

    @Test("Of 1,000 lines of one place in a second, 10 are written; another place and another event still write theirs")
    func second() {
        #expect(written(1000) { verdict() } == 10)
        #expect(written(1000) { verdict(2) } == 10)
        #expect(written(1000) { verdict(event: "registered") } == 10)
        #expect(written(1000) { verdict(event: "revoked") } == 10)
    }

    @Test("In a minute, 60 are written")
    func minute() {
        var count = 0
        for _ in 0..<60 {
            count += written(20) { verdict() }
            clock.advance(.seconds(1))
        }
        #expect(count == 60)
        #expect(written(20) { verdict() } == 10)
    }

    @Test("The number of lines left out is on the next line, once")
    func suppressed() {
        #expect(written(25) { verdict() } == 10)
        clock.advance(.seconds(1))
        #expect(verdict() == .written(suppressed: 15))
        #expect(verdict() == .written(suppressed: 0))
        #expect(rate.due().summaries.isEmpty)
    }

    @Test("Lines that the source of a line has left out itself are left out with it")
    func ofSource() {
        #expect(written(10) { verdict() } == 10)
        #expect(verdict(suppressed: 40) == .suppressed(isFirst: true))
        #expect(verdict(suppressed: 2) == .suppressed(isFirst: false))
        clock.advance(.seconds(1))
        #expect(verdict() == .written(suppressed: 44))
    }

    @Test("At the end of the process, all that were left out are due, once")
    func end() {
        #expect(written(12) { verdict() } == 10)
        #expect(written(13) { verdict(2) } == 10)
        #expect(rate.due(all: true).summaries.map(\.suppressed).sorted() == [2, 3])
        #expect(rate.due(all: true).summaries.isEmpty)
        #expect(rate.due().next == nil)
    }

    @Test("If no line follows for a minute, a line of its own is due, once")
    func summary() {
        #expect(rate.due().next == nil)
        #expect(written(12, { verdict() }) == 10)
        #expect(rate.due().next == .seconds(60))
        clock.advance(.seconds(60))
        let due = rate.due()
        #expect(due.summaries == [LogRate.Summary(label: "test", level: .info, message: "it happened", suppressed: 2)])
        #expect(due.next == nil)
        #expect(rate.due().summaries.isEmpty)
    }

    @Test("Only the first line left out wakes the thread that writes")
    func first() {
        for _ in 0..<10 { _ = verdict() }
        #expect(verdict() == .suppressed(isFirst: true))
        #expect(verdict() == .suppressed(isFirst: false))
    }

    @Test(
        "Critical lines, debugging and 100 changes by operators are all written",
        arguments: [Logger.Level.critical, .debug, .trace])
    func exempt(level: Logger.Level) {
        #expect(written(1000) { verdict(level: level) } == 1000)
        #expect(written(1000) { verdict(level: .notice, actor: "alice") } == 100)
    }

    @Test("More kinds than there is room for share one limit")
    func kinds() {
        for line in 0..<UInt(LogRate.maximumKinds) { _ = verdict(line) }
        var count = 0
        for line in 10_000..<UInt(11_000) { count += written(1) { verdict(line) } }
        #expect(count == 10)
        #expect(verdict(3) == .written(suppressed: 0))
    }
}
