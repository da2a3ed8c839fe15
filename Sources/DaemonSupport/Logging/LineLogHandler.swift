import Foundation
public import Logging

/// Hands each log event as one `LogLine` to `LogOutput`, unless too many of its kind have been logged (`LogRate`).
public struct LineLogHandler: LogHandler {
    /// The lowest level that is written.
    public var logLevel: Logger.Level
    /// Metadata written with each line.
    public var metadata: Logger.Metadata = [:]
    /// Provides additional metadata for each line.
    public var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let format: LogFormat
    private let rate: LogRate
    private let queue: LogQueue

    init(label: String, level: Logger.Level, format: LogFormat, rate: LogRate, queue: LogQueue) {
        self.label = label
        self.format = format
        self.rate = rate
        self.queue = queue
        logLevel = level
    }

    /// Makes this the handler of every `Logger` created from now on. Call at most once per process.
    public static func bootstrap(level: Logger.Level) {
        // The daemon must survive when a reader of the log disconnects.
        signal(SIGPIPE, SIG_IGN)
        LoggingSystem.bootstrap {
            LineLogHandler(label: $0, level: level, format: LogOutput.format, rate: LogOutput.rate, queue: LogOutput.queue)
        }
    }

    /// One value of `metadata`.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Adds one complete line to the log without waiting for it to be written; may be called from any thread.
    public func log(event: LogEvent) {
        let suppressed: UInt64
        switch rate.verdict(event, label: label) {
        case .suppressed(let isFirst):
            if isFirst { queue.nudge() }
            return
        case .written(let count): suppressed = count
        }
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { _, new in new } }
        if let own = event.metadata { all.merge(own) { _, new in new } }
        if let error = event.error { all["error"] = "\(error)" }
        if suppressed > 0 {
            // The source of the event may have left out some itself.
            all["suppressed"] = "\(suppressed &+ LogRate.suppressed(in: all))"
        }
        let pairs = all.sorted { $0.key < $1.key }.map { (name: $0.key, value: "\($0.value)") }
        queue.add(format.text(level: event.level, label: label, "\(event.message)", pairs), level: event.level)
    }
}
