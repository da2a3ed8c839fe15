/// Says that the sender takes part in registration revocation (137, RFC 3543 §3.2).
public struct RevocationSupport: Hashable, Sendable {
    /// I: the mobile node is to be told of a revocation.
    public var informsMobileNode: Bool
    /// The sender's clock, in a form of its own choice.
    public var timestamp: UInt32

    public init(informsMobileNode: Bool, timestamp: UInt32) {
        self.informsMobileNode = informsMobileNode
        self.timestamp = timestamp
    }
}
