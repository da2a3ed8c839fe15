import AgentModel

/// How good or bad a word is, so that every program colours it alike.
enum Tone: String, Encodable, Sendable, CaseIterable {
    case good, info, warn, bad, plain
}

// The switches have no default: a new word does not compile until somebody has said how it looks.

extension AgentEventKind {
    var tone: Tone {
        switch self {
        case .registered, .enabled: .good
        case .careOfAddressChanged: .info
        case .revoked, .capacityReached, .disabled: .warn
        case .registrationDenied, .securityViolation, .registrationTimedOut: .bad
        case .deregistered, .expired: .plain
        }
    }
}

extension ManagementEvent.Kind {
    var tone: Tone {
        switch self {
        case .agentConnected: .good
        case .changed: .info
        case .agentRestarted, .eventsMissed: .warn
        case .agentLost: .bad
        }
    }
}

extension EndReason {
    var tone: Tone {
        switch self {
        case .deregistered: .good
        case .replaced: .info
        case .administrativelyRevoked, .evicted: .warn
        case .denied, .timedOut: .bad
        case .expired: .plain
        }
    }
}
