public import MobileIPv4

/// A visitor to be informed that its registration was revoked: by an advertisement to it alone whose sequence number is 0, as after a
/// restart of the agent (RFC 3543 §4.2).
public struct VisitorNotice: Hashable, Sendable {
    /// The visitor's home address.
    public var homeAddress: IPv4Address
    /// The source address of its last accepted request.
    public var sourceAddress: IPv4Address
    /// Its Ethernet address in the lower 48 bits; nil when unknown.
    public var linkLayer: UInt64?
    /// Identification of its last accepted request.
    public var identification: Identification
}
