import Foundation
import Logging

/// How lines begin: with the time, or, under systemd, whose journal records the time itself, with the priority prefix of sd-daemon(3).
struct LogFormat: Sendable {
    let isJournal: Bool

    /// The format for standard error of this process.
    static var ofProcess: Self { Self(isJournal: isConnectedToJournal) }

    /// A line with its newline.
    func text(
        level: Logger.Level, label: String, _ message: String, _ metadata: [(name: String, value: String)]
    ) -> String {
        let time = isJournal ? nil : Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let line = LogLine(time: time, level: level, label: label, message: message, metadata: metadata)
        return (isJournal ? "<\(level.journalPriority)>" : "") + line.text + "\n"
    }

    /// The line about a kind of which no line has been written for a minute.
    func text(_ summary: LogRate.Summary) -> String {
        text(
            level: summary.level, label: summary.label, "similar lines were suppressed",
            [("like", String(summary.message.prefix(120))), ("suppressed", "\(summary.suppressed)")])
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
