/// The Code field of a generic notification acknowledgment (RFC 6098 §4.2). Any octet is a value; `meaning` describes the assigned
/// ones. The numbers are a space of their own: 69 in a Registration Reply means something else.
public struct NotificationCode: RawRepresentable, Hashable, Sendable, Comparable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    /// 0: the receiver has accepted the notification.
    public static let accepted = NotificationCode(rawValue: 0)

    /// 64: the foreign agent refuses for a reason without a code of its own.
    public static let faReasonUnspecified = NotificationCode(rawValue: 64)
    /// 65: the foreign agent's configuration does not permit the notification.
    public static let faAdministrativelyProhibited = NotificationCode(rawValue: 65)
    /// 66: the foreign agent lacks the resources.
    public static let faInsufficientResources = NotificationCode(rawValue: 66)
    /// 67: the Mobile-Foreign authentication is missing, doubled or invalid.
    public static let faMobileNodeFailedAuthentication = NotificationCode(rawValue: 67)
    /// 68: the Foreign-Home authentication is missing, doubled or invalid.
    public static let faHomeAgentFailedAuthentication = NotificationCode(rawValue: 68)
    /// 69: the Identification is not a fresh timestamp by the foreign agent's clock.
    public static let faIdentificationMismatch = NotificationCode(rawValue: 69)

    /// 128: the home agent refuses for a reason without a code of its own.
    public static let haReasonUnspecified = NotificationCode(rawValue: 128)
    /// 129: the home agent's configuration does not permit the notification.
    public static let haAdministrativelyProhibited = NotificationCode(rawValue: 129)
    /// 130: the home agent lacks the resources.
    public static let haInsufficientResources = NotificationCode(rawValue: 130)
    /// 131: the Mobile-Home authentication is missing, doubled or invalid.
    public static let haMobileNodeFailedAuthentication = NotificationCode(rawValue: 131)
    /// 132: the Foreign-Home authentication is missing though required, doubled or invalid.
    public static let haForeignAgentFailedAuthentication = NotificationCode(rawValue: 132)
    /// 133: the Identification is not a fresh timestamp by the home agent's clock.
    public static let haIdentificationMismatch = NotificationCode(rawValue: 133)

    /// 192: the mobile node refuses for a reason without a code of its own.
    public static let mnReasonUnspecified = NotificationCode(rawValue: 192)
    /// 193: the mobile node's configuration does not permit the notification.
    public static let mnAdministrativelyProhibited = NotificationCode(rawValue: 193)
    /// 194: the mobile node lacks the resources, or cannot show the notification.
    public static let mnInsufficientResources = NotificationCode(rawValue: 194)
    /// 195: the Mobile-Foreign authentication is missing, doubled or invalid.
    public static let mnForeignAgentFailedAuthentication = NotificationCode(rawValue: 195)
    /// 196: the Mobile-Home authentication is missing, doubled or invalid.
    public static let mnHomeAgentFailedAuthentication = NotificationCode(rawValue: 196)
    /// 197: the Identification is not a fresh timestamp by the mobile node's clock.
    public static let mnIdentificationMismatch = NotificationCode(rawValue: 197)

    /// Code 0; every other code is a refusal.
    public var isAccepted: Bool { self == .accepted }

    /// True for a refusal after which another try may be accepted: the receiver is busy, or what failed the authentication was a forged
    /// copy, which anyone can send.
    public var isPassing: Bool { Self.passing.contains(self) }

    private static let passing: Set<NotificationCode> = [
        .faInsufficientResources, .faMobileNodeFailedAuthentication, .faHomeAgentFailedAuthentication,
        .haInsufficientResources, .haMobileNodeFailedAuthentication, .haForeignAgentFailedAuthentication,
        .mnInsufficientResources, .mnForeignAgentFailedAuthentication, .mnHomeAgentFailedAuthentication,
    ]
}

extension NotificationCode: CustomStringConvertible {
    /// Every assigned code, in ascending order.
    public static let all: [NotificationCode] = declarations.map(\.code)

    /// The role that refuses with this code; nil for 0 and for an unassigned code.
    public var giver: NotificationRole? { declaration?.giver }

    /// The meaning of the code in words; nil when it is unassigned.
    public var meaning: String? { declaration?.meaning }

    /// The name of the code in this project's vocabulary, for example `haIdentificationMismatch`; `code<N>` when unassigned.
    public var label: String { declaration?.label ?? "code\(rawValue)" }

    /// For example `133 notification identification mismatch (home agent)`.
    public var description: String { "\(rawValue) \(meaning ?? "unassigned")" }

    private typealias Declaration = (code: NotificationCode, giver: NotificationRole?, label: String, meaning: String)

    private var declaration: Declaration? { Self.declarations.first { $0.code == self } }

    private static let declarations: [Declaration] = [
        (.accepted, nil, "accepted", "notification accepted"),
        (.faReasonUnspecified, .foreignAgent, "faReasonUnspecified", "reason unspecified (foreign agent)"),
        (
            .faAdministrativelyProhibited, .foreignAgent, "faAdministrativelyProhibited",
            "administratively prohibited (foreign agent)"
        ),
        (.faInsufficientResources, .foreignAgent, "faInsufficientResources", "insufficient resources (foreign agent)"),
        (
            .faMobileNodeFailedAuthentication, .foreignAgent, "faMobileNodeFailedAuthentication",
            "mobile node failed authentication (foreign agent)"
        ),
        (
            .faHomeAgentFailedAuthentication, .foreignAgent, "faHomeAgentFailedAuthentication",
            "home agent failed authentication (foreign agent)"
        ),
        (
            .faIdentificationMismatch, .foreignAgent, "faIdentificationMismatch",
            "notification identification mismatch (foreign agent)"
        ),
        (.haReasonUnspecified, .homeAgent, "haReasonUnspecified", "reason unspecified (home agent)"),
        (.haAdministrativelyProhibited, .homeAgent, "haAdministrativelyProhibited", "administratively prohibited (home agent)"),
        (.haInsufficientResources, .homeAgent, "haInsufficientResources", "insufficient resources (home agent)"),
        (
            .haMobileNodeFailedAuthentication, .homeAgent, "haMobileNodeFailedAuthentication",
            "mobile node failed authentication (home agent)"
        ),
        (
            .haForeignAgentFailedAuthentication, .homeAgent, "haForeignAgentFailedAuthentication",
            "foreign agent failed authentication (home agent)"
        ),
        (.haIdentificationMismatch, .homeAgent, "haIdentificationMismatch", "notification identification mismatch (home agent)"),
        (.mnReasonUnspecified, .mobileNode, "mnReasonUnspecified", "reason unspecified (mobile node)"),
        (.mnAdministrativelyProhibited, .mobileNode, "mnAdministrativelyProhibited", "administratively prohibited (mobile node)"),
        (.mnInsufficientResources, .mobileNode, "mnInsufficientResources", "insufficient resources (mobile node)"),
        (
            .mnForeignAgentFailedAuthentication, .mobileNode, "mnForeignAgentFailedAuthentication",
            "foreign agent failed authentication (mobile node)"
        ),
        (
            .mnHomeAgentFailedAuthentication, .mobileNode, "mnHomeAgentFailedAuthentication",
            "home agent failed authentication (mobile node)"
        ),
        (
            .mnIdentificationMismatch, .mobileNode, "mnIdentificationMismatch",
            "notification identification mismatch (mobile node)"
        ),
    ]
}
