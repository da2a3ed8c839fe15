package import AgentModel

extension MobilityTunnel {
    /// Makes the row of a tunnel.
    package init(_ tunnel: MobilityTunnelKey, _ traffic: TunnelTraffic) {
        self.init(
            localAddress: tunnel.localAddress, remoteAddress: tunnel.remoteAddress, encapsulation: tunnel.encapsulation,
            packetsSent: traffic.sent.packets, octetsSent: traffic.sent.octets, packetsReceived: traffic.received.packets,
            octetsReceived: traffic.received.octets)
    }
}

extension ForwardedTraffic {
    /// Makes the row of the traffic carried for a node.
    package init(_ key: ForwardedTrafficKey, _ traffic: NodeTraffic) {
        self.init(
            role: key.role, homeAddress: key.homeAddress, packetsToNode: traffic.toNode.packets,
            octetsToNode: traffic.toNode.octets, packetsFromNode: traffic.fromNode.packets,
            octetsFromNode: traffic.fromNode.octets)
    }
}

extension ForwardingCounters {
    /// Takes the counters that belong to no single node or tunnel.
    package init(_ counters: DataPlaneCounters) {
        self.init()
        for reason in DropReason.allCases where counters.drops[reason] > 0 { drops[reason] = counters.drops[reason] }
        icmpErrorsSent = counters.icmpErrorsSent
        pathMTUErrorsAccepted = counters.pathMTUErrorsAccepted
        pathMTUErrorsIgnored = counters.pathMTUErrorsIgnored
        fragmentsSent = counters.fragmentsSent
    }
}
