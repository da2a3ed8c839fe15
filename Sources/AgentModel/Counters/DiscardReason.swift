/// Why a datagram was dropped without an answer. Every silent discard has exactly one.
public enum DiscardReason: String, Hashable, Sendable, CaseIterable, Codable {
    /// Shorter than its fixed part, or an extension runs past the end, and no answer could be authenticated.
    case malformed
    /// A first byte that is no message type served here.
    case unknownMessageType
    /// An unknown extension of types 0 to 127 (RFC 5944 §1.8).
    case unknownExtension
    /// No security association with the mobile node.
    case noSecurityAssociation
    /// Neither a Mobile-Home nor an MN-AAA authentication extension.
    case noAuthorizationExtension
    /// A wrong authenticator that policy does not answer.
    case authenticationFailed
    /// A Foreign-Home authentication extension from a foreign agent without an association.
    case noForeignHomeAssociation
    /// A denial to this mobile node was sent less than a second ago (RFC 5944 §3.7.2.3).
    case rateLimited
    /// A reply that matches no pending request, by home address or NAI and low identification.
    case unmatchedReply
    /// A reply from an address that the request was not sent to.
    case wrongReplySource
    /// A role that this address does not have, such as a request at a mobile node.
    case notServed
}
