/// The three entities that send and receive generic notifications (RFC 6098 §3.2), and the codes with which each refuses one
/// (§4.2).
public enum NotificationRole: Hashable, Sendable, CaseIterable {
    case homeAgent, foreignAgent, mobileNode

    /// The first code of the role's range; the ranges have the same reasons in the same places, but for the two authentication
    /// failures.
    private var firstRefusal: UInt8 {
        switch self {
        case .foreignAgent: 64
        case .homeAgent: 128
        case .mobileNode: 192
        }
    }

    private func refusal(_ place: UInt8) -> NotificationCode { NotificationCode(rawValue: firstRefusal + place) }

    /// Refuses a notification for a reason without a code of its own (64, 128, 192).
    public var reasonUnspecified: NotificationCode { refusal(0) }
    /// Refuses a notification that the role's configuration does not permit (65, 129, 193).
    public var administrativelyProhibited: NotificationCode { refusal(1) }
    /// Refuses a notification that the role has no memory to keep, or no means to show (66, 130, 194).
    public var insufficientResources: NotificationCode { refusal(2) }
    /// Refuses a notification whose Identification is not a fresh timestamp (69, 133, 197). The acknowledgment then has the role's
    /// own clock in the high word and repeats the low word (RFC 6098 §7.1.1).
    public var identificationMismatch: NotificationCode { refusal(5) }

    /// Refuses a notification in which an authentication extension of this type is missing, doubled or invalid: the peer that
    /// shares it failed authentication. Nil for a type that the role does not check.
    ///
    /// - Parameter type: 32, 33 or 34.
    public func authenticationFailure(_ type: ExtensionType) -> NotificationCode? {
        switch (self, type) {
        case (.homeAgent, .mobileHomeAuthentication): .haMobileNodeFailedAuthentication
        case (.homeAgent, .foreignHomeAuthentication): .haForeignAgentFailedAuthentication
        case (.foreignAgent, .mobileForeignAuthentication): .faMobileNodeFailedAuthentication
        case (.foreignAgent, .foreignHomeAuthentication): .faHomeAgentFailedAuthentication
        case (.mobileNode, .mobileForeignAuthentication): .mnForeignAgentFailedAuthentication
        case (.mobileNode, .mobileHomeAuthentication): .mnHomeAgentFailedAuthentication
        default: nil
        }
    }
}
