import Foundation
import Logging

/// The log of this process on standard error, written by a thread of its own, so that a reader that hangs stops nobody who logs.
///
/// At most 1 MiB waits to be written; beyond that, lines are counted instead of kept.
public enum LogOutput {
    static let format = LogFormat.ofProcess
    static let rate = LogRate()
    static let queue = LogQueue(
        descriptor: STDERR_FILENO,
        report: { format.text(level: .warning, label: "log", "lines were lost", [("lines", "\($0)")]) },
        due: {
            let (summaries, next) = rate.due()
            return (summaries.map { format.text($0) }, next)
        })

    /// The number of lines that were not written since the start, because nobody read the log or because it could not be written.
    public static var lost: UInt64 { queue.lost }

    /// Waits until everything logged so far has been written, with the numbers of lines that were suppressed. Call before the process ends.
    ///
    /// - Parameter limit: How long to wait for a reader that hangs.
    public static func finish(within limit: Duration) { finish(queue, rate, format, within: limit) }

    static func finish(_ queue: LogQueue, _ rate: LogRate, _ format: LogFormat, within limit: Duration) {
        for summary in rate.due(all: true).summaries { queue.add(format.text(summary), level: summary.level) }
        queue.finish(within: limit)
    }
}
