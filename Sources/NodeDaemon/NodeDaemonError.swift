/// Why the node cannot start or continue, in words for the operator.
public struct NodeDaemonError: Error, Sendable, CustomStringConvertible {
    /// What failed, on what, and what to do, in one sentence.
    public let description: String
    /// The underlying error of a socket, a file or the data plane; nil when the node itself detected the problem.
    public let cause: (any Error)?

    init(_ description: String) {
        self.description = description
        cause = nil
    }

    /// - Parameter action: what failed because of it, as the beginning of the sentence; nil when the cause is sufficient.
    init(_ cause: some Error & CustomStringConvertible, _ action: String? = nil) {
        description = action.map { "\($0): \(cause.description)" } ?? cause.description
        self.cause = cause
    }
}
