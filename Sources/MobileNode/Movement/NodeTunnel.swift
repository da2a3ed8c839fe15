public import AgentModel
public import MobileIPv4

/// A tunnel with the mobile node itself as one end.
public struct NodeTunnel: Hashable, Sendable {
    /// The address that datagrams in the tunnel are sent to or from.
    public var homeAddress: IPv4Address
    /// The local address at which the tunnel ends.
    public var careOfAddress: IPv4Address
    /// The other end.
    public var peer: IPv4Address
    /// How datagrams are encapsulated.
    public var encapsulation: Encapsulation
    /// True when datagrams from the home address go through the tunnel.
    public var reverseTunnel: Bool
}

extension MobileNode {
    /// The tunnel that an accepted registration requires: to the home agent with a co-located care-of address, to the foreign agent with
    /// encapsulating delivery style (RFC 3024 §4). In other cases datagrams travel without a tunnel.
    func tunnel(of accepted: SentRequest) -> NodeTunnel? {
        let encapsulation = configuration.flags.encapsulation
        switch attachment {
        case .coLocated(let careOfAddress, _):
            return NodeTunnel(
                homeAddress: configuration.homeAddress, careOfAddress: careOfAddress, peer: accepted.homeAgent,
                encapsulation: encapsulation, reverseTunnel: accepted.reverseTunnel != .none)
        case .foreignAgent(let agent, _) where accepted.reverseTunnel == .encapsulating:
            return NodeTunnel(
                homeAddress: configuration.homeAddress, careOfAddress: configuration.homeAddress, peer: agent.address,
                encapsulation: encapsulation, reverseTunnel: true)
        case .foreignAgent, .home, nil: return nil
        }
    }
}
