public import AgentModel
import MobileIPv4

/// How many bindings and visits use each tunnel (`mipExtTunnelUsers`).
public struct TunnelUsers: Sendable {
    private var counts = OrderedTable<MobilityTunnelKey, Int>()

    init() {}

    /// Bindings and visits that currently use the tunnel.
    public subscript(tunnel: MobilityTunnelKey) -> Int { counts[tunnel] ?? 0 }

    /// Updates the counts for a row that was added, changed or removed.
    mutating func follow(_ old: MobilityTunnelKey?, _ new: MobilityTunnelKey?) {
        // A renewal changes nothing, and must not copy a path of the tree while a snapshot exists.
        guard old != new else { return }
        if let old { counts[old] = counts[old].flatMap { $0 > 1 ? $0 - 1 : nil } }
        if let new { counts[new] = (counts[new] ?? 0) + 1 }
    }
}

extension Binding {
    /// The tunnel from the home agent to the care-of address.
    var tunnel: MobilityTunnelKey {
        MobilityTunnelKey(localAddress: homeAgent, remoteAddress: careOfAddress, encapsulation: encapsulation)
    }
}

extension Visitor {
    /// The tunnel from the home agent that ends here; nil while the visit is pending, and for a node that is itself the end of the tunnel.
    var tunnel: MobilityTunnelKey? {
        guard state == .accepted, !flags.contains(.decapsulationByMN) else { return nil }
        return MobilityTunnelKey(localAddress: careOfAddress, remoteAddress: homeAgent, encapsulation: flags.encapsulation)
    }
}
