package import AgentModel
package import MobileIPv4

/// How a home agent forwards the datagrams of one mobile node that is away from home.
package struct HomeForwarding: Hashable, Sendable {
    /// One binding: where datagrams go, and whether datagrams may be reverse-tunnelled from there.
    package struct Destination: Hashable, Sendable {
        /// From the home agent's address to the care-of address.
        package var tunnel: MobilityTunnelKey
        /// True when reverse tunnelling was granted (T bit).
        package var acceptsReverse: Bool

        package init(tunnel: MobilityTunnelKey, acceptsReverse: Bool) {
            self.tunnel = tunnel
            self.acceptsReverse = acceptsReverse
        }
    }

    package var homeAddress: IPv4Address
    /// One for each binding; every datagram is sent to all of them (simultaneous bindings).
    package var destinations: [Destination]
    /// The interface to the home network, on which ARP is answered for the node; nil for a home network without a link.
    package var homeInterface: String?

    package init(homeAddress: IPv4Address, destinations: [Destination], homeInterface: String?) {
        self.homeAddress = homeAddress
        self.destinations = destinations
        self.homeInterface = homeInterface
    }
}

/// How a foreign agent forwards the datagrams of one accepted visitor.
package struct VisitorForwarding: Hashable, Sendable {
    package var homeAddress: IPv4Address
    package var homeAgent: IPv4Address
    /// The care-of address of this foreign agent that the visitor uses.
    package var careOfAddress: IPv4Address
    package var encapsulation: Encapsulation
    /// How the datagrams that the visitor sends are forwarded. In encapsulating style only those that it encapsulates to this agent go
    /// into the tunnel; others are routed.
    package var reverse: ReverseTunnel
    /// The interface through which the visitor is reached.
    package var interface: String
    /// Where the visitor's requests came from. If nil, the kernel resolves the address by ARP, which a visitor may not answer.
    package var linkLayerAddress: LinkLayerAddress?

    package init(
        homeAddress: IPv4Address, homeAgent: IPv4Address, careOfAddress: IPv4Address, encapsulation: Encapsulation,
        reverse: ReverseTunnel, interface: String, linkLayerAddress: LinkLayerAddress?
    ) {
        self.homeAddress = homeAddress
        self.homeAgent = homeAgent
        self.careOfAddress = careOfAddress
        self.encapsulation = encapsulation
        self.reverse = reverse
        self.interface = interface
        self.linkLayerAddress = linkLayerAddress
    }

    /// From the care-of address to the home agent.
    package var tunnel: MobilityTunnelKey {
        MobilityTunnelKey(localAddress: careOfAddress, remoteAddress: homeAgent, encapsulation: encapsulation)
    }
}

/// How a mobile node forwards its own datagrams while it has a co-located care-of address, or while it encapsulates to its foreign agent
/// (then `careOfAddress` is the home address and `peer` the foreign agent).
package struct NodeForwarding: Hashable, Sendable {
    package var homeAddress: IPv4Address
    /// The address of this machine at which the tunnel ends.
    package var careOfAddress: IPv4Address
    /// The other end of the tunnel: the home agent.
    package var peer: IPv4Address
    package var encapsulation: Encapsulation
    /// Whether datagrams from the home address go through the tunnel.
    package var reverseTunnel: Bool

    package init(
        homeAddress: IPv4Address, careOfAddress: IPv4Address, peer: IPv4Address, encapsulation: Encapsulation,
        reverseTunnel: Bool
    ) {
        self.homeAddress = homeAddress
        self.careOfAddress = careOfAddress
        self.peer = peer
        self.encapsulation = encapsulation
        self.reverseTunnel = reverseTunnel
    }

    /// From the care-of address to the peer.
    package var tunnel: MobilityTunnelKey {
        MobilityTunnelKey(localAddress: careOfAddress, remoteAddress: peer, encapsulation: encapsulation)
    }
}
