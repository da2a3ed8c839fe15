import Logging
import Synchronization

/// Limits the lines of each kind, so that nobody fills the log by repeating what causes one. A kind is a place in the source, together with
/// the value of `event` where a place logs several kinds of events.
///
/// What is left out is counted. The number is on the next line of the kind as `suppressed`, or, if none follows within a minute, on a line
/// of its own. Critical lines are never left out, nor are those of level debug and trace, which somebody asked for.
final class LogRate: Sendable {
    /// The maximum number of lines in a second and in a minute.
    struct Limit {
        var second: Int
        var minute: Int

        static let usual = Limit(second: 10, minute: 60)
        /// Changes by operators, who rarely make more and want each of them on record. Such events name the `actor`.
        static let audit = Limit(second: 100, minute: 6000)
    }

    /// Maximum number of kinds with a limit of their own; further ones share one.
    static let maximumKinds = 512

    private struct Kind: Hashable {
        var file = ""
        var line: UInt = 0
        var event: String?
    }

    private struct Record {
        let label: String
        /// Of the last line that was written.
        var message: String
        var level: Logger.Level
        var second = -1
        var inSecond = 0
        var minute = -1
        var inMinute = 0
        var suppressed: UInt64 = 0
        /// When the number of suppressed lines is written on a line of its own.
        var due = Duration.zero
    }

    private struct State {
        var records: [Kind: Record] = [:]
        /// Number of kinds with suppressed lines.
        var pending = 0
    }

    enum Verdict: Equatable {
        /// Write it; so many of its kind were left out before it.
        case written(suppressed: UInt64)
        /// Leave it out. `isFirst` if none of its kind has been left out since the last line.
        case suppressed(isFirst: Bool)
    }

    /// The time since any fixed moment.
    private let now: @Sendable () -> Duration
    private let state = Mutex(State())

    init(now: @escaping @Sendable () -> Duration) { self.now = now }

    convenience init() {
        let start = ContinuousClock.now
        self.init { ContinuousClock.now - start }
    }

    /// Whether to write the line of an event.
    func verdict(_ event: LogEvent, label: String) -> Verdict {
        guard event.level >= .info, event.level < .critical else { return .written(suppressed: 0) }
        let limit = event.metadata?["actor"] == nil ? Limit.usual : .audit
        let now = now()
        let (second, minute) = (Int(clamping: now.components.seconds), Int(clamping: now.components.seconds / 60))
        var kind = Kind(file: event.file, line: event.line, event: event.metadata?["event"].map { "\($0)" })
        return state.withLock { state in
            if state.records.count >= Self.maximumKinds, state.records[kind] == nil { kind = Kind() }
            var record = state.records[kind] ?? Record(label: label, message: "", level: event.level)
            if record.second != second { (record.second, record.inSecond) = (second, 0) }
            if record.minute != minute { (record.minute, record.inMinute) = (minute, 0) }
            defer { state.records[kind] = record }
            guard record.inSecond < limit.second, record.inMinute < limit.minute else {
                let isFirst = record.suppressed == 0
                // With this line, those that its source has left out are left out too.
                record.suppressed &+= 1 &+ Self.suppressed(in: event.metadata)
                guard isFirst else { return .suppressed(isFirst: false) }
                state.pending += 1
                record.due = now + .seconds(60)
                return .suppressed(isFirst: true)
            }
            record.inSecond += 1
            record.inMinute += 1
            (record.message, record.level) = ("\(event.message)", event.level)
            if record.suppressed > 0 { state.pending -= 1 }
            defer { record.suppressed = 0 }
            return .written(suppressed: record.suppressed)
        }
    }

    /// A kind of which lines were left out, and none has been written for a minute.
    struct Summary: Equatable {
        let label: String
        let level: Logger.Level
        let message: String
        let suppressed: UInt64
    }

    /// How many lines the source of an event says that it has left out itself.
    static func suppressed(in metadata: Logger.Metadata?) -> UInt64 {
        metadata?["suppressed"].flatMap { UInt64("\($0)") } ?? 0
    }

    /// The kinds that are due, and in how long the next one is; nil if no lines have been left out.
    ///
    /// - Parameter all: Whether all kinds with suppressed lines are due now, because the process ends.
    func due(all: Bool = false) -> (summaries: [Summary], next: Duration?) {
        let now = now()
        return state.withLock { state in
            guard state.pending > 0 else { return ([], nil) }
            var summaries: [Summary] = []
            var next: Duration?
            for (kind, record) in state.records where record.suppressed > 0 {
                guard all || record.due <= now else {
                    next = min(next ?? record.due, record.due)
                    continue
                }
                summaries.append(
                    Summary(label: record.label, level: record.level, message: record.message, suppressed: record.suppressed))
                state.records[kind]?.suppressed = 0
                state.pending -= 1
            }
            return (summaries, next.map { $0 - now })
        }
    }
}
