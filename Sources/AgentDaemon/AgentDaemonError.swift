import MobilityLink

/// Why the daemon cannot start or go on, in words for the operator.
public struct AgentDaemonError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What happened, to what, and what would be right, in one sentence.
    public let description: String

    init(_ description: String) { self.description = description }

    /// Runs `body`; what a socket or a link says is wrong is wrong with the daemon.
    static func wrapping<R>(_ body: () throws(LinkError) -> R) throws(AgentDaemonError) -> R {
        do {
            return try body()
        } catch {
            throw AgentDaemonError(error.description)
        }
    }
}
