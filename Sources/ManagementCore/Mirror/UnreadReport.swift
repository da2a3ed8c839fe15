import AgentControl
import AgentModel
import Logging
import NIOConcurrencyHelpers

/// Logs that an agent uses vocabulary that is unknown here, and that it sends rows that cannot be read: each once for each connection and
/// at most once a minute.
final class UnreadReport: Sendable {
    /// The least number of milliseconds between two lines of one kind.
    private static let interval: Int64 = 60_000

    private struct Line {
        var isWritten = false
        var last: Int64?

        mutating func isDue(at now: Int64) -> Bool {
            guard !isWritten, last.map({ now - $0 >= UnreadReport.interval }) ?? true else { return false }
            (isWritten, last) = (true, now)
            return true
        }
    }

    private let agent: String
    private let logger: Logger?
    private let lines = NIOLockedValueBox<(unknown: Line, faults: Line)>((Line(), Line()))

    init(agent: String, logger: Logger?) {
        self.agent = agent
        self.logger = logger
    }

    /// Notes a new connection, which may be to a different version of the agent.
    func connected() {
        lines.withLockedValue { lines in
            lines.unknown.isWritten = false
            lines.faults.isWritten = false
        }
    }

    /// Logs what could not be read so far if a line is due.
    ///
    /// - Parameter now: milliseconds on a clock that never steps.
    func look(at state: @autoclosure () -> AgentState, at now: Int64) {
        guard let logger, lines.withLockedValue({ !$0.unknown.isWritten || !$0.faults.isWritten }) else { return }
        let state = state()
        let (unknown, faults) = (state.health.unknown, state.health.faults)
        if !unknown.isEmpty, lines.withLockedValue({ $0.unknown.isDue(at: now) }) {
            logger.notice(
                "the agent uses vocabulary that is unknown to this version; it is ignored, and everything else is served",
                metadata: [
                    "agent": "\(agent)", "changes": "\(unknown.changes)", "rows": "\(unknown.rows)",
                    "members": "\(unknown.members)", "words": "\(unknown.words)",
                    "names": "\(unknown.names.joined(separator: ","))",
                ])
        }
        if let first = faults.first.first, lines.withLockedValue({ $0.faults.isDue(at: now) }) {
            logger.warning(
                "rows of the agent cannot be read and are left out; everything else is served",
                metadata: [
                    "agent": "\(agent)", "program": "\(state.information?.version ?? "unknown")", "rows": "\(faults.count)",
                    "first": "\(first)",
                ])
        }
    }
}
