public import AgentModel

/// A kind of notification (MipNotifyKind of MIPV4-EXT-MIB): a kind of event of an agent, or something the management daemon itself
/// observes.
public enum NotificationKind: Hashable, Sendable {
    /// An event of an agent. Only kinds that cause notifications (`EventDescriptor.isNotified`) are in `allCases`.
    case event(AgentEventKind)
    case capacityRising, capacityFalling, agentUnreachable, agentReachable
    /// `mipAuthFailure` of RFC 2006, for old managers.
    case authFailure
    /// `mipAuthFailure2`
    case authFailure2
}

extension NotificationKind {
    /// How it is presented and handled.
    public var descriptor: NotificationDescriptor {
        switch self {
        case .event(let kind): NotificationDescriptor(tone: kind.descriptor.tone, isLimited: kind.descriptor.isLimited)
        case .capacityRising: NotificationDescriptor(tone: .warn, isLimited: false)
        case .capacityFalling: NotificationDescriptor(tone: .good, isLimited: false)
        case .agentUnreachable: NotificationDescriptor(tone: .bad, isLimited: false)
        case .agentReachable: NotificationDescriptor(tone: .good, isLimited: false)
        case .authFailure: NotificationDescriptor(tone: .bad, isEnabledAtFirst: false)
        case .authFailure2: NotificationDescriptor(tone: .bad)
        }
    }

    /// The name of its NOTIFICATION-TYPE: `mipExtRegistered` for `registered`.
    public var name: String {
        let word = rawValue.prefix(1).uppercased() + rawValue.dropFirst()
        return switch self {
        case .event, .agentUnreachable, .agentReachable: "mipExt\(word)"
        case .capacityRising, .capacityFalling: "mipExt\(word)Alarm"
        case .authFailure, .authFailure2: "mip\(word)"
        }
    }
}

extension NotificationKind: CaseIterable {
    /// The kinds that are sent, in the order of their numbers in MipNotifyKind. The daemon's own kinds come after the agents' first events
    /// and before events introduced later.
    public static let allCases: [NotificationKind] = {
        let events = AgentEventKind.allCases.filter(\.descriptor.isNotified)
        return events.filter { $0.introducedIn == 1 }.map(NotificationKind.event)
            + [.capacityRising, .capacityFalling, .agentUnreachable, .agentReachable, .authFailure, .authFailure2]
            + events.filter { $0.introducedIn > 1 }.map(NotificationKind.event)
    }()
}

extension NotificationKind: RawRepresentable, Codable {
    private static let byWord = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

    /// The kind with this label in MipNotifyKind; nil for any other word.
    public init?(rawValue: String) {
        guard let kind = Self.byWord[rawValue] else { return nil }
        self = kind
    }

    /// The label in MipNotifyKind.
    public var rawValue: String {
        switch self {
        case .event(let kind): kind.rawValue
        case .capacityRising: "capacityRising"
        case .capacityFalling: "capacityFalling"
        case .agentUnreachable: "agentUnreachable"
        case .agentReachable: "agentReachable"
        case .authFailure: "authFailure"
        case .authFailure2: "authFailure2"
        }
    }
}
