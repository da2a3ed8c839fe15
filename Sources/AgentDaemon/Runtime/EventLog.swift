import AgentModel
import Logging

/// Log lines about events of mobile nodes: limited in number for each kind of event, however many events there are. Many events of one kind
/// keep none of another kind out of the log.
struct EventLog {
    private let logger: Logger
    private var second: Int64 = -1
    private var written: [AgentEventKind: Int] = [:]
    private var suppressed = 0

    /// Maximum number of lines per second about one kind of event. Further lines of level info and above are counted, and the count is
    /// added to the next line.
    static let linesPerSecond = 10

    init(logger: Logger) { self.logger = logger }

    mutating func write(_ event: AgentEvent, uptime: Int64) {
        let level = Logger.Level(event.kind.descriptor.level)
        guard logger.logLevel <= level else { return }
        if uptime / 1_000_000_000 != second {
            second = uptime / 1_000_000_000
            written.removeAll(keepingCapacity: true)
        }
        guard written[event.kind, default: 0] < Self.linesPerSecond || level < .info else {
            suppressed += 1
            return
        }
        written[event.kind, default: 0] += 1
        var metadata: Logger.Metadata = ["event": "\(event.kind.rawValue)", "role": "\(event.role.rawValue)"]
        metadata["homeAddress"] = event.homeAddress.map { "\($0)" }
        metadata["nai"] = event.nai.map { "\($0)" }
        metadata["careOfAddress"] = event.careOfAddress.map { "\($0)" }
        metadata["source"] = event.sourceAddress.map { "\($0)" }
        metadata["code"] = event.code.map { "\($0)" }
        metadata["reason"] = event.violationReason.map { "\($0.rawValue)" }
        metadata["spi"] = event.spi.map { "\($0)" }
        if suppressed > 0 {
            metadata["suppressed"] = "\(suppressed)"
            suppressed = 0
        }
        logger.log(level: level, "\(event.message)", metadata: metadata)
    }

    /// Logs how many lines have been suppressed since the last one, because no further one follows.
    mutating func finish() {
        guard suppressed > 0 else { return }
        logger.log(
            level: max(.info, logger.logLevel), "lines about events were suppressed", metadata: ["suppressed": "\(suppressed)"])
        suppressed = 0
    }
}

extension Logger.Level {
    fileprivate init(_ level: EventDescriptor.Level) {
        switch level {
        case .debug: self = .debug
        case .info: self = .info
        case .notice: self = .notice
        case .warning: self = .warning
        }
    }
}
