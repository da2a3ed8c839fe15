/// Why the node cannot start or go on, in words for the operator.
public struct NodeDaemonError: Error, Sendable, CustomStringConvertible {
    /// What happened, to what, and what is expected, in one sentence.
    public let description: String
    /// The error of a socket, a file or the data plane that it comes from; nil when the node itself found it.
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
}
