import MobilityLink

/// Why the daemon cannot start or continue, worded for the operator.
public struct AgentDaemonError: Error, Sendable, CustomStringConvertible {
    /// One sentence: what happened, to what, and what is expected.
    public let description: String
    /// The underlying error of a socket, a file or the data plane; nil if the daemon itself detected the problem.
    public let cause: (any Error)?

    init(_ description: String) {
        self.description = description
        cause = nil
    }

    /// - Parameter action: What failed because of it, as the beginning of the sentence; nil if the cause alone is enough.
    init(_ cause: some Error & CustomStringConvertible, _ action: String? = nil) {
        description = action.map { "\($0): \(cause.description)" } ?? cause.description
        self.cause = cause
    }

    /// Runs `body` and rethrows errors of sockets and links as errors of the daemon.
    static func wrapping<R>(_ body: () throws(LinkError) -> R) throws(AgentDaemonError) -> R {
        do {
            return try body()
        } catch {
            throw AgentDaemonError(error)
        }
    }
}
