public import MobileIPv4

/// A registration that the home agent has revoked (RFC 3543 §3.3).
public struct RevokedRegistration: Hashable, Sendable {
    /// The number of the exchange among those of the node.
    public let number: UInt32
    /// The home address that was registered.
    public let homeAddress: IPv4Address
    /// The node's NAI, if it has one.
    public let nai: NetworkAccessIdentifier?
    /// The home agent, which has revoked it.
    public let homeAgent: IPv4Address
    /// The co-located care-of address that was registered.
    public let careOfAddress: IPv4Address
    /// I of the first message.
    public let informsNode: Bool
    /// What the home agent says about it, without control characters; empty if it says nothing.
    public let text: String
    /// Uptime in nanoseconds when the registration was revoked.
    public let received: Int64
    /// Uptime in nanoseconds when it would have ended by itself; nil for never.
    let expires: Int64?
    /// The newest identifier of the messages about it.
    var identifier: UInt32
    /// How many messages about it were acknowledged.
    public internal(set) var copies: UInt32 = 1

    /// Whether it is the registration that a message is about.
    func isTarget(of revocation: RegistrationRevocation) -> Bool {
        revocation.homeAddress == homeAddress && revocation.homeDomain == homeAgent && revocation.foreignDomain == careOfAddress
    }
}
