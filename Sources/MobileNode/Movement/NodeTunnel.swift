public import AgentModel
public import MobileIPv4

/// The tunnel that a mobile node is itself an end of.
public struct NodeTunnel: Hashable, Sendable {
    /// The address that datagrams in the tunnel are for or from.
    public var homeAddress: IPv4Address
    /// The address of this machine at which the tunnel ends.
    public var careOfAddress: IPv4Address
    /// The other end.
    public var peer: IPv4Address
    /// How datagrams are carried.
    public var encapsulation: Encapsulation
    /// True when datagrams from the home address go through the tunnel.
    public var reverseTunnel: Bool
}

extension MobileNode {
    /// The tunnel that an accepted registration asks of the node: to its home agent with a care-of address of its own, to its foreign
    /// agent in encapsulating delivery style (RFC 3024 §4). Otherwise datagrams come and go without one.
    func tunnel(of accepted: SentRequest) -> NodeTunnel? {
        let encapsulation = configuration.flags.encapsulation
        switch attachment {
        case .coLocated(let careOfAddress, _):
            return NodeTunnel(
                homeAddress: configuration.homeAddress, careOfAddress: careOfAddress, peer: configuration.homeAgent.address,
                encapsulation: encapsulation, reverseTunnel: accepted.reverseTunnel != .none)
        case .foreignAgent(let agent, _) where accepted.reverseTunnel == .encapsulating:
            return NodeTunnel(
                homeAddress: configuration.homeAddress, careOfAddress: configuration.homeAddress, peer: agent.address,
                encapsulation: encapsulation, reverseTunnel: true)
        case .foreignAgent, .home, nil: return nil
        }
    }
}
