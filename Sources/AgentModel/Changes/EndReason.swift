/// Why a binding or a visit ended.
public enum EndReason: String, Hashable, Sendable, CaseIterable, Codable {
    /// The mobile node asked for it.
    case deregistered
    /// Its lifetime ran out.
    case expired
    /// The mobile node registered elsewhere without asking for simultaneous bindings.
    case replaced
    /// An operator ended it.
    case administrativelyRevoked
    /// The home agent refused it (a pending visit).
    case denied
    /// The home agent never answered (a pending visit).
    case timedOut
    /// The row made room for a newer one in a bounded table.
    case evicted
}

extension EndReason {
    /// How good or bad an end is for this reason.
    public var tone: Tone {
        switch self {
        case .deregistered: .good
        case .replaced: .info
        case .administrativelyRevoked, .evicted: .warn
        case .denied, .timedOut: .bad
        case .expired: .plain
        }
    }
}
