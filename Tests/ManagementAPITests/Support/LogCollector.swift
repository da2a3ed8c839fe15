import Logging
import NIOConcurrencyHelpers

/// Keeps what is logged, with its metadata, for tests that look for what must not be there.
struct LogCollector: LogHandler {
    private let lines = NIOLockedValueBox<[String]>([])
    var logLevel = Logger.Level.trace
    var metadata = Logger.Metadata()

    /// Everything so far.
    var text: String { lines.withLockedValue { $0.joined(separator: "\n") } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.withLockedValue { $0.append("\(event.level) \(event.message) \(event.metadata ?? [:])") }
    }
}
