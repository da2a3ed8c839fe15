import Foundation
public import Logging

/// Writes each log event as one `LogLine` to standard error, in one system call, so that lines of several threads never mix.
///
/// Under systemd, whose journal keeps the time itself, the time is replaced by the priority prefix of sd-daemon(3).
public struct LineLogHandler: LogHandler {
    /// The least level that is written.
    public var logLevel: Logger.Level
    /// Written with each line.
    public var metadata: Logger.Metadata = [:]
    /// Gives more metadata for each line.
    public var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let isJournal: Bool

    init(label: String, level: Logger.Level, isJournal: Bool) {
        self.label = label
        self.isJournal = isJournal
        logLevel = level
    }

    /// Makes this the handler of every `Logger` made from now on. At most once in a process.
    public static func bootstrap(level: Logger.Level) {
        // A reader of the log that goes away must not end the daemon.
        signal(SIGPIPE, SIG_IGN)
        let isJournal = isConnectedToJournal
        LoggingSystem.bootstrap { LineLogHandler(label: $0, level: level, isJournal: isJournal) }
    }

    /// One value of `metadata`.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes one line to standard error, whole, from any thread.
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
            // A log that cannot be written is no reason to stop.
            _ = write(STDERR_FILENO, octets.baseAddress, octets.count)
        }
    }

    /// systemd names the device and inode of the journal's stream; a redirected standard error has others (systemd.exec(5)).
    private static var isConnectedToJournal: Bool {
        guard let stream = ProcessInfo.processInfo.environment["JOURNAL_STREAM"] else { return false }
        var status = stat()
        return fstat(STDERR_FILENO, &status) == 0 && stream == "\(status.st_dev):\(status.st_ino)"
    }
}

extension Logger.Level {
    /// The priority of syslog(3).
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
