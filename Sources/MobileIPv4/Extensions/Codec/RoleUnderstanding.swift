/// What a role, as configured, acts on: kinds of messages, and the extensions in each of them.
///
/// An extension that is understood in one kind of message is not automatically understood in another: a UDP Tunnel Reply (44) in a request
/// is treated as an undefined type.
public struct RoleUnderstanding: Sendable {
    private let messages: [(type: MessageType, extensions: ExtensionUnderstanding)]

    /// Acts on these kinds of messages, and in each of them on these extensions.
    public init(_ messages: [(MessageType, [ExtensionUnderstanding.Entry])]) {
        self.messages = messages.map { (type: $0.0, extensions: ExtensionUnderstanding($0.1)) }
    }

    /// The extensions that are understood in this kind of message; nil when the role does not act on such messages.
    public subscript(type: MessageType) -> ExtensionUnderstanding? {
        for message in messages where message.type == type { return message.extensions }
        return nil
    }
}

extension [ExtensionUnderstanding.Entry] {
    /// The three authentication extensions of the base protocol, which every role recognises in every message (RFC 5944 §3.5), and the
    /// extensions that a vendor marks as critical, which have their own rule (RFC 3115).
    public static var base: [ExtensionUnderstanding.Entry] {
        [
            .all(MobileHomeAuthentication.self), .all(MobileForeignAuthentication.self), .all(ForeignHomeAuthentication.self),
            .all(MobileNodeNAI.self), .all(CriticalVendorSpecific.self), .all(NormalVendorSpecific.self),
        ]
    }
}
