/// What an operator would want to hear of. A new kind stands at the end.
public enum AgentEventKind: String, Hashable, Sendable, CaseIterable, Codable {
    case registered, careOfAddressChanged, deregistered, expired, revoked
    case registrationDenied, securityViolation, registrationTimedOut
    case capacityReached, enabled, disabled
}

extension AgentEventKind {
    /// What readers need to know of it. A kind for which the usual values are right needs no line here.
    public var descriptor: EventDescriptor {
        switch self {
        case .registered: EventDescriptor(tone: .good)
        case .deregistered, .expired: EventDescriptor(tone: .plain)
        case .revoked: EventDescriptor(level: .notice, tone: .warn)
        case .registrationDenied: EventDescriptor(level: .info, tone: .bad)
        // Its notifications are mipAuthFailure and mipAuthFailure2.
        case .securityViolation: EventDescriptor(level: .warning, tone: .bad, isNotified: false)
        case .registrationTimedOut: EventDescriptor(level: .info, tone: .bad, isNotified: false)
        case .capacityReached: EventDescriptor(level: .warning, tone: .warn, isNotified: false)
        case .enabled: EventDescriptor(level: .notice, tone: .good, isNotified: false)
        case .disabled: EventDescriptor(level: .notice, tone: .warn, isNotified: false)
        default: EventDescriptor()
        }
    }

    /// The version of the control interface's vocabulary that has it first.
    public var introducedIn: Int {
        guard let place = Self.allCases.firstIndex(of: self) else { return 1 }
        return 1 + Self.lastOfVersion.count { last in Self.allCases.firstIndex(of: last).map { $0 < place } ?? false }
    }

    /// The last kind of each version of the vocabulary that is released, from version 1 on. What stands behind it came later.
    private static let lastOfVersion: [AgentEventKind] = [.disabled]
}
