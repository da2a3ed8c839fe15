public import MobileIPv4

/// How datagrams of a mobile node reach its home agent through a reverse tunnel (RFC 3024 §3, `MipDeliveryStyle`).
public enum ReverseTunnel: String, Hashable, Sendable, CaseIterable, Codable {
    /// There is none: datagrams take the common route.
    case none
    /// The mobile node uses its foreign agent as default router, or has a care-of address of its own and makes the tunnel itself.
    case direct
    /// The mobile node sends its datagrams in a tunnel to the foreign agent, which knows by that what is to go to the home agent.
    case encapsulating

    /// What a request asks for.
    ///
    /// - Parameter encapsulatingDelivery: whether the request carries an Encapsulating Delivery Style extension (130).
    public init(flags: RegistrationFlags, encapsulatingDelivery: Bool) {
        if !flags.contains(.reverseTunnel) {
            self = .none
        } else {
            self = encapsulatingDelivery ? .encapsulating : .direct
        }
    }
}
