import AgentControl
import Logging
import NIOConcurrencyHelpers

/// Tells the log, once for each connection and at most once a minute, that an agent uses words that are not known here.
final class UnknownVocabularyReport: Sendable {
    /// Least milliseconds between two lines.
    private static let interval: Int64 = 60_000

    private let agent: String
    private let logger: Logger?
    private let state = NIOLockedValueBox<(isReported: Bool, last: Int64?)>((false, nil))

    init(agent: String, logger: Logger?) {
        self.agent = agent
        self.logger = logger
    }

    /// A new connection, which may be to another version of the agent.
    func connected() { state.withLockedValue { $0.isReported = false } }

    /// Looks at what is not known so far.
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
            "the agent uses words that this management does not know; they are ignored, everything else is served",
            metadata: [
                "agent": "\(agent)", "changes": "\(unknown.changes)", "rows": "\(unknown.rows)", "members": "\(unknown.members)",
                "words": "\(unknown.words)", "names": "\(unknown.names.joined(separator: ","))",
            ])
    }
}
