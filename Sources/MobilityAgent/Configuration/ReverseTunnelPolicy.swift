/// How an agent treats the T flag (RFC 3024 §4.2, §4.3).
public enum ReverseTunnelPolicy: String, Hashable, Sendable, CaseIterable, Codable {
    /// A request with T set is refused: 74 by a foreign agent, 137 by a home agent.
    case unavailable
    /// With T set the node gets a reverse tunnel; without T it gets none.
    case available
    /// A request without T is refused: 75 by a foreign agent, 138 by a home agent.
    case mandatory
}
