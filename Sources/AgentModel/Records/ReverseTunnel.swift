public import MobileIPv4

/// How a mobile node's datagrams reach its home agent through a reverse tunnel (RFC 3024 §3, `MipDeliveryStyle`).
public enum ReverseTunnel: String, Hashable, Sendable, CaseIterable, Codable {
    /// No reverse tunnel: datagrams are routed normally.
    case none
    /// The mobile node uses its foreign agent as default router, or has a co-located care-of address and builds the tunnel itself.
    case direct
    /// The mobile node tunnels datagrams to the foreign agent, which thereby knows which ones to send to the home agent.
    case encapsulating

    /// What a request asks for.
    ///
    /// - Parameter encapsulatingDelivery: Whether the request carries an Encapsulating Delivery Style extension (130).
    public init(flags: RegistrationFlags, encapsulatingDelivery: Bool) {
        if !flags.contains(.reverseTunnel) {
            self = .none
        } else {
            self = encapsulatingDelivery ? .encapsulating : .direct
        }
    }
}
