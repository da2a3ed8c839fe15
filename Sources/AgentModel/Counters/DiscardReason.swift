/// Why a datagram was dropped without an answer. Each silent discard has exactly one reason.
public enum DiscardReason: String, Hashable, Sendable, CaseIterable, Codable {
    /// Shorter than its fixed part, or with an extension that runs past the end, and no answer could be authenticated.
    case malformed
    /// The first byte is not a message type served here.
    case unknownMessageType
    /// An unknown extension of types 0 to 127 (RFC 5944 §1.8).
    case unknownExtension
    /// No security association with the mobile node.
    case noSecurityAssociation
    /// Neither a Mobile-Home nor an MN-AAA authentication extension.
    case noAuthorizationExtension
    /// A wrong authenticator that, by policy, is not answered.
    case authenticationFailed
    /// A Foreign-Home authentication extension from a foreign agent without an association.
    case noForeignHomeAssociation
    /// A denial to this mobile node was sent less than a second ago (RFC 5944 §3.7.2.3).
    case rateLimited
    /// A reply that matches no pending request by home address or NAI and low identification.
    case unmatchedReply
    /// A reply from an address other than the one the request was sent to.
    case wrongReplySource
    /// A message for a role that this address does not have, such as a request at a mobile node.
    case notServed
    /// Longer than any registration message that is read.
    case tooLong
    /// A request that names an accepted visitor but comes from elsewhere while that visitor's own request waits for its home agent.
    case conflictingRequest
    /// A message of this agent that came back to it: its direction is that of this agent's own messages.
    case reflected
    /// A revocation or notification whose timestamp is before that of the registration or of one that was accepted, or not within the
    /// tolerance; a reply that accepts a registration which its home agent has revoked since.
    case replayed
    /// A notification about a home address without a registration here, or a revocation that names no home address or home agent.
    case unknownRegistration
    /// A revocation of a registration whose ends have not agreed on that.
    case notAgreed
    /// An acknowledgment that matches no message of this agent.
    case unmatchedAcknowledgment
}
