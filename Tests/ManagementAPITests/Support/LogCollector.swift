import Logging
import NIOConcurrencyHelpers

/// Collects log messages with their metadata, for tests that check what must not be logged.
struct LogCollector: LogHandler {
    private let lines = NIOLockedValueBox<[String]>([])
    var logLevel = Logger.Level.trace
    var metadata = Logger.Metadata()

    /// Everything logged so far.
    var text: String { lines.withLockedValue { $0.joined(separator: "\n") } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.withLockedValue { $0.append("\(event.level) \(event.message) \(event.metadata ?? [:])") }
    }
}
