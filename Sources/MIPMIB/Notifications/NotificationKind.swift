/// A kind of notification (MipNotifyKind); the raw value is its number.
public enum NotificationKind: Int32, Hashable, Sendable, CaseIterable, Comparable {
    case registered = 1
    case careOfAddressChanged = 2
    case deregistered = 3
    case expired = 4
    case revoked = 5
    case registrationDenied = 6
    case capacityRising = 7
    case capacityFalling = 8
    case agentUnreachable = 9
    case agentReachable = 10
    /// mipAuthFailure of RFC 2006, for managers that do not know its successor.
    case authFailure = 11
    case authFailure2 = 12

    /// The word of the kind, as MipNotifyKind spells it.
    public var name: String { "\(self)" }

    /// The kind of this name; nil when there is none.
    public init?(name: String) {
        guard let kind = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = kind
    }

    /// True for what a mobile node or an offender can cause as often as it likes: held back by interval and rate.
    public var isLimited: Bool {
        switch self {
        case .capacityRising, .capacityFalling, .agentUnreachable, .agentReachable: false
        default: true
        }
    }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}
