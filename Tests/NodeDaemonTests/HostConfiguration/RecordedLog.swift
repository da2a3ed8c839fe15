import Logging
import Synchronization

/// Keeps log lines with their metadata.
struct RecordedLog: LogHandler {
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    private let recorded = Lines()
    var logLevel = Logger.Level.trace
    var metadata = Logger.Metadata()

    /// A logger whose lines come here.
    var logger: Logger { Logger(label: "test") { _ in self } }

    /// The lines of this level so far.
    func lines(_ level: Logger.Level = .warning) -> [String] {
        recorded.all.withLock { lines in lines.filter { $0.hasPrefix("\(level.rawValue) ") } }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        recorded.all.withLock { $0.append("\(event.level.rawValue) \(event.message) \(event.metadata ?? [:])") }
    }
}
