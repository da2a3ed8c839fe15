/// The kinds of event an operator wants to hear about. Add new kinds at the end.
public enum AgentEventKind: String, Hashable, Sendable, CaseIterable, Codable {
    case registered, careOfAddressChanged, deregistered, expired, revoked
    case registrationDenied, securityViolation, registrationTimedOut
    case capacityReached, enabled, disabled
    case clockStepped, stateNotSaved, stateSaved
    case revocationUnacknowledged, notificationReceived, notificationUnacknowledged
    case messageReceived
    case drainStarted, drainCompleted, drainEnded
}

extension AgentEventKind {
    /// How readers treat the kind. A kind that uses all the defaults needs no line here.
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
        case .clockStepped: EventDescriptor(level: .warning, tone: .warn, isLimited: false)
        case .stateNotSaved: EventDescriptor(level: .warning, tone: .bad, isLimited: false)
        case .stateSaved: EventDescriptor(level: .notice, tone: .good, isLimited: false)
        case .revocationUnacknowledged, .notificationUnacknowledged: EventDescriptor(level: .notice, tone: .bad)
        case .notificationReceived: EventDescriptor(level: .info)
        case .messageReceived: EventDescriptor(level: .info, isNotified: false)
        case .drainStarted: EventDescriptor(level: .notice, tone: .warn, isLimited: false)
        case .drainCompleted, .drainEnded: EventDescriptor(level: .notice, tone: .good, isLimited: false)
        default: EventDescriptor()
        }
    }

    /// The first version of the control interface's vocabulary that includes it.
    public var introducedIn: Int {
        guard let place = Self.allCases.firstIndex(of: self) else { return 1 }
        return 1 + Self.lastOfVersion.count { last in Self.allCases.firstIndex(of: last).map { $0 < place } ?? false }
    }

    /// The last kind in each released version of the vocabulary, from version 1 on. Kinds after it were added later.
    private static let lastOfVersion: [AgentEventKind] = [.disabled, .stateSaved]
}
