/// What a role acts on as it is configured: kinds of messages, and in each of them extensions.
///
/// An extension that is understood in one kind of message is not thereby understood in another: a UDP Tunnel Reply (44) in a request is
/// treated as an undefined type.
public struct RoleUnderstanding: Sendable {
    private let messages: [(type: MessageType, extensions: ExtensionUnderstanding)]

    /// Acts on these kinds of messages, and in each on these extensions.
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
    /// The three authentication extensions of the base protocol, which every role recognises in every message (RFC 5944 §3.5), and what a
    /// vendor marks as critical, which has a rule of its own (RFC 3115).
    public static var base: [ExtensionUnderstanding.Entry] {
        [
            .all(MobileHomeAuthentication.self), .all(MobileForeignAuthentication.self), .all(ForeignHomeAuthentication.self),
            .all(MobileNodeNAI.self), .all(CriticalVendorSpecific.self), .all(NormalVendorSpecific.self),
        ]
    }
}
