import MobilityLink

/// Why the daemon cannot start or go on, in words for the operator.
public struct AgentDaemonError: Error, Sendable, CustomStringConvertible {
    /// What happened, to what, and what is expected, in one sentence.
    public let description: String
    /// The error of a socket, a file or the data plane that it comes from; nil when the daemon itself found it.
    public let cause: (any Error)?

    init(_ description: String) {
        self.description = description
        cause = nil
    }

    /// - Parameter action: what failed by it, as the beginning of the sentence; nil when the cause says it all.
    init(_ cause: some Error & CustomStringConvertible, _ action: String? = nil) {
        description = action.map { "\($0): \(cause.description)" } ?? cause.description
        self.cause = cause
    }

    /// Runs `body`; what a socket or a link says is wrong is wrong with the daemon.
    static func wrapping<R>(_ body: () throws(LinkError) -> R) throws(AgentDaemonError) -> R {
        do {
            return try body()
        } catch {
            throw AgentDaemonError(error)
        }
    }
}
