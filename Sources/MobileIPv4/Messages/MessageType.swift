/// The first octet of a Mobile IP message on UDP port 434 (IANA "Mobile IPv4 Numbers").
public struct MessageType: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// RFC 5944 §3.3.
    public static let registrationRequest = MessageType(rawValue: 1)
    /// RFC 5944 §3.4.
    public static let registrationReply = MessageType(rawValue: 3)
    /// RFC 3519 §3.2.
    public static let tunnelData = MessageType(rawValue: 4)
    /// RFC 3543 §3.3.
    public static let registrationRevocation = MessageType(rawValue: 7)
    /// RFC 3543 §3.4.
    public static let revocationAcknowledgment = MessageType(rawValue: 15)
    /// RFC 6098 §4.1.
    public static let genericNotification = MessageType(rawValue: 22)
    /// RFC 6098 §4.2.
    public static let genericNotificationAcknowledgment = MessageType(rawValue: 23)
    /// RFC 4064 §3.
    public static let experimental = MessageType(rawValue: 255)

    /// IANA's name; nil when the number is unassigned.
    public var name: String? { Self.names[rawValue] }

    private static let names: [UInt8: String] = [
        1: "Registration Request", 3: "Registration Reply", 4: "Tunnel Data", 7: "Registration Revocation",
        15: "Registration Revocation Acknowledgment", 16: "Handoff Request", 17: "Handoff Reply",
        18: "Regional Registration Request", 19: "Regional Registration Reply", 20: "Fast Binding Update",
        21: "Fast Binding Acknowledgment", 22: "Generic Notification", 23: "Generic Notification Acknowledgment",
        24: "Home Test Init", 25: "Care-of Test Init", 26: "Home Test", 27: "Care-of Test", 255: "Experimental",
    ]
}

extension MessageType: CustomStringConvertible {
    /// For example `1 Registration Request`.
    public var description: String { "\(rawValue) \(name ?? "unassigned")" }
}
