public import JSON

/// How a security association has been used since the agent got it (`mipExtAssocTable`).
public struct AssociationUse: Hashable, Sendable, Codable {
    /// When a message was last authenticated with it, successfully or not; nil before the first.
    public var lastUsed: Timestamp?
    /// Messages received with a valid authenticator and identification.
    public var accepted: UInt64 = 0
    /// Messages received with a wrong authenticator.
    public var authenticationFailures: UInt64 = 0
    /// Messages received with a valid authenticator but an invalid identification (RFC 5944 §5.7).
    public var replayFailures: UInt64 = 0
    /// The timestamp of the latest authenticated message minus the agent's clock at that moment, in milliseconds: above 0 if the peer's
    /// clock is ahead. Nil before the first such message, and with nonces.
    public var clockOffset: Int32?

    public init() {}
}

extension AssociationUse: Record {
    public static var blank: AssociationUse { AssociationUse() }

    @inlinable public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("lastUsed", &lastUsed)
        try visitor.member("accepted", &accepted)
        try visitor.member("authenticationFailures", &authenticationFailures)
        try visitor.member("replayFailures", &replayFailures)
        try visitor.member("clockOffset", &clockOffset)
    }
}
