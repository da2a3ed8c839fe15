/// The MD field of generic notifications and their acknowledgments: from whom to whom the message goes (RFC 6098 §4.1). Any octet
/// is a value; `path` describes the six that are defined.
public struct NotificationDirection: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// 0; through the foreign agent if the care-of address is the foreign agent's.
    public static let homeAgentToMobileNode = NotificationDirection(rawValue: 0)
    /// 1.
    public static let homeAgentToForeignAgent = NotificationDirection(rawValue: 1)
    /// 2; through the foreign agent if the care-of address is the foreign agent's.
    public static let mobileNodeToHomeAgent = NotificationDirection(rawValue: 2)
    /// 3.
    public static let mobileNodeToForeignAgent = NotificationDirection(rawValue: 3)
    /// 4.
    public static let foreignAgentToMobileNode = NotificationDirection(rawValue: 4)
    /// 5.
    public static let foreignAgentToHomeAgent = NotificationDirection(rawValue: 5)

    /// What the direction means; nil for 6…255, which no RFC defines: the message is discarded.
    public var path: Path? { rawValue < Self.paths.count ? Self.paths[Int(rawValue)] : nil }

    /// Indexed by direction.
    private static let paths = [
        Path(from: .homeAgent, to: .mobileNode, .mobileHomeAuthentication, acknowledgment: .mobileNodeToHomeAgent),
        Path(from: .homeAgent, to: .foreignAgent, .foreignHomeAuthentication, acknowledgment: .foreignAgentToHomeAgent),
        Path(from: .mobileNode, to: .homeAgent, .mobileHomeAuthentication, acknowledgment: .homeAgentToMobileNode),
        Path(from: .mobileNode, to: .foreignAgent, .mobileForeignAuthentication, acknowledgment: .foreignAgentToMobileNode),
        Path(from: .foreignAgent, to: .mobileNode, .mobileForeignAuthentication, acknowledgment: .mobileNodeToForeignAgent),
        Path(from: .foreignAgent, to: .homeAgent, .foreignHomeAuthentication, acknowledgment: .homeAgentToForeignAgent),
    ]
}

extension NotificationDirection {
    /// What follows from a direction (RFC 6098 §4.5 to §4.7).
    public struct Path: Hashable, Sendable {
        /// Who made the message, not who relayed it.
        public let sender: NotificationRole
        /// To whom the message is addressed, not who relays it.
        public let receiver: NotificationRole
        /// The authentication extension that sender and receiver share: the message must have exactly one of this type (32, 33 or
        /// 34).
        public let requiredAuthentication: ExtensionType
        /// The direction of the acknowledgment, from the receiver to the sender.
        public let acknowledgment: NotificationDirection

        fileprivate init(
            from sender: NotificationRole, to receiver: NotificationRole, _ requiredAuthentication: ExtensionType,
            acknowledgment: NotificationDirection
        ) {
            self.sender = sender
            self.receiver = receiver
            self.requiredAuthentication = requiredAuthentication
            self.acknowledgment = acknowledgment
        }

        /// Whether a foreign agent that receives such a message relays it, notification or acknowledgment: it is neither the sender
        /// nor the receiver. A co-located mobile node and its home agent send these messages to each other directly.
        public var isRelayedByForeignAgent: Bool { sender != .foreignAgent && receiver != .foreignAgent }

        /// The code with which the receiver refuses a notification whose `requiredAuthentication` is missing, doubled or invalid.
        /// What is wrong with the extension of a relaying hop has another code (`NotificationRole.authenticationFailure`).
        public var authenticationFailure: NotificationCode {
            receiver.authenticationFailure(requiredAuthentication) ?? receiver.reasonUnspecified
        }

        /// The code with which the receiver refuses a notification whose Identification is not a fresh timestamp.
        public var identificationMismatch: NotificationCode { receiver.identificationMismatch }
    }
}

extension NotificationDirection: CustomStringConvertible {
    /// For example `0 homeAgent to mobileNode`.
    public var description: String {
        guard let path else { return "\(rawValue) undefined" }
        return "\(rawValue) \(path.sender) to \(path.receiver)"
    }
}
