/// A network that moves with its mobile router (148, RFC 5177 §4.1, §4.2).
public struct MobileNetwork: Hashable, Sendable {
    /// Whether it asks or answers.
    public enum Kind: Hashable, Sendable {
        case request
        /// Answers a request that named the network: 0 accepted, 1 bad prefix length, 2 unauthorized, 3 forwarding failed, 4 unassigned.
        case explicitAcknowledgment(code: UInt8)
        /// Tells of a network that the request did not name; codes as above.
        case implicitAcknowledgment(code: UInt8)
    }

    /// Whether it asks or answers.
    public var kind: Kind
    /// As it travels: 0…255, though only 0…32 makes a prefix.
    public var prefixLength: UInt8
    /// The network's first address.
    public var prefix: IPv4Address

    public init(kind: Kind, prefixLength: UInt8, prefix: IPv4Address) {
        self.kind = kind
        self.prefixLength = prefixLength
        self.prefix = prefix
    }
}
