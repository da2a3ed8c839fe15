/// The first octet of a Mobile IP message on UDP port 434 (IANA "Mobile IPv4 Numbers").
public struct MessageType: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let registrationRequest = MessageType(rawValue: 1)
    public static let registrationReply = MessageType(rawValue: 3)
}
