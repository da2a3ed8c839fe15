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
    /// The home agent refused it (a pending visit).
    case denied
    /// The home agent did not answer (a pending visit).
    case timedOut
    /// The row was removed from a bounded table to make room for a newer one.
    case evicted
    /// The other agent of the registration revoked it.
    case peerRevoked
}

extension EndReason {
    /// How good or bad ending for this reason is.
    public var tone: Tone {
        switch self {
        case .deregistered: .good
        case .replaced: .info
        case .administrativelyRevoked, .evicted, .peerRevoked: .warn
        case .denied, .timedOut: .bad
        case .expired: .plain
        }
    }
}
