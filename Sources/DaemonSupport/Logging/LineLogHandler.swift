import Foundation
public import Logging

/// Writes each log event as one `LogLine` to standard error, in a single system call, so that lines from several threads never mix.
///
/// Under systemd, whose journal records the time itself, the priority prefix of sd-daemon(3) replaces the time.
public struct LineLogHandler: LogHandler {
    /// The lowest level that is written.
    public var logLevel: Logger.Level
    /// Metadata written with each line.
    public var metadata: Logger.Metadata = [:]
    /// Provides additional metadata for each line.
    public var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let isJournal: Bool

    init(label: String, level: Logger.Level, isJournal: Bool) {
        self.label = label
        self.isJournal = isJournal
        logLevel = level
    }

    /// Makes this the handler of every `Logger` created from now on. Call at most once per process.
    public static func bootstrap(level: Logger.Level) {
        // The daemon must survive when a reader of the log disconnects.
        signal(SIGPIPE, SIG_IGN)
        let isJournal = isConnectedToJournal
        LoggingSystem.bootstrap { LineLogHandler(label: $0, level: level, isJournal: isJournal) }
    }

    /// One value of `metadata`.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes one complete line to standard error; may be called from any thread.
    public func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { _, new in new } }
        if let own = event.metadata { all.merge(own) { _, new in new } }
        if let error = event.error { all["error"] = "\(error)" }
        let pairs = all.sorted { $0.key < $1.key }.map { (name: $0.key, value: "\($0.value)") }
        let time = isJournal ? nil : Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let line = LogLine(time: time, level: event.level, label: label, message: "\(event.message)", metadata: pairs)
        let prefix = isJournal ? "<\(event.level.journalPriority)>" : ""
        var text = prefix + line.text + "\n"
        text.withUTF8 { octets in
            // Failing to write a log line is no reason to stop.
            _ = write(STDERR_FILENO, octets.baseAddress, octets.count)
        }
    }

    /// Whether standard error is the journal: systemd passes the device and inode of the journal's stream, and a redirected standard error
    /// has different ones (systemd.exec(5)).
    private static var isConnectedToJournal: Bool {
        guard let stream = ProcessInfo.processInfo.environment["JOURNAL_STREAM"] else { return false }
        var status = stat()
        return fstat(STDERR_FILENO, &status) == 0 && stream == "\(status.st_dev):\(status.st_ino)"
    }
}

extension Logger.Level {
    /// The priority as defined in syslog(3).
    var journalPriority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}
