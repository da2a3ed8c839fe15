import AgentControl
import Logging
import NIOConcurrencyHelpers

/// Logs that an agent uses vocabulary that is unknown here, once for each connection and at most once a minute.
final class UnknownVocabularyReport: Sendable {
    /// The least number of milliseconds between two log lines.
    private static let interval: Int64 = 60_000

    private let agent: String
    private let logger: Logger?
    private let state = NIOLockedValueBox<(isReported: Bool, last: Int64?)>((false, nil))

    init(agent: String, logger: Logger?) {
        self.agent = agent
        self.logger = logger
    }

    /// Notes a new connection, which may be to a different version of the agent.
    func connected() { state.withLockedValue { $0.isReported = false } }

    /// Logs the unknown vocabulary so far if a line is due.
    ///
    /// - Parameter now: milliseconds on a clock that never steps.
    func look(at unknown: @autoclosure () -> UnknownVocabulary, at now: Int64) {
        guard let logger, !state.withLockedValue({ $0.isReported }) else { return }
        let unknown = unknown()
        guard !unknown.isEmpty else { return }
        let isDue = state.withLockedValue { state in
            guard state.last.map({ now - $0 >= Self.interval }) ?? true else { return false }
            state = (true, now)
            return true
        }
        guard isDue else { return }
        logger.notice(
            "the agent uses vocabulary that is unknown to this version; it is ignored, and everything else is served",
            metadata: [
                "agent": "\(agent)", "changes": "\(unknown.changes)", "rows": "\(unknown.rows)", "members": "\(unknown.members)",
                "words": "\(unknown.words)", "names": "\(unknown.names.joined(separator: ","))",
            ])
    }
}
