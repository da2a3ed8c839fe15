/// Why a binding or a visit ended.
public enum EndReason: String, Hashable, Sendable, CaseIterable, Codable {
    /// The mobile node requested it.
    case deregistered
    /// Its lifetime expired.
    case expired
    /// The mobile node registered elsewhere without requesting simultaneous bindings.
    case replaced
    /// An operator ended it.
    case administrativelyRevoked
    /// The home agent refused it: a pending visit, or a service for which the node has asked instead.
    case denied
    /// The home agent did not answer (a pending visit).
    case timedOut
    /// The row was removed from a bounded table to make room for a newer one.
    case evicted
    /// The other agent of the registration revoked it.
    case peerRevoked
    /// The home agent moves its nodes to other home agents by order of an operator.
    case drained
}

extension EndReason {
    /// How good or bad ending for this reason is.
    public var tone: Tone {
        switch self {
        case .deregistered: .good
        case .replaced, .drained: .info
        case .administrativelyRevoked, .evicted, .peerRevoked: .warn
        case .denied, .timedOut: .bad
        case .expired: .plain
        }
    }
}
