package import AgentModel
import MobileIPv4

/// The rows of tunnels and traffic as last published, in an order that allows a snapshot to be continued.
package struct ForwardingRows {
    package private(set) var tunnels: [MobilityTunnelKey: TunnelTraffic] = [:]
    package private(set) var traffic: [ForwardedTrafficKey: NodeTraffic] = [:]
    /// When each tunnel came into use.
    private var since: [MobilityTunnelKey: Timestamp] = [:]
    /// All rows in ascending order of their numbers; nil when rows have changed since.
    private var order: [Row]?

    private enum Key {
        case tunnel(MobilityTunnelKey)
        case traffic(ForwardedTrafficKey)
    }

    private struct Row {
        let number: UInt64
        let key: Key
    }

    package init() {}

    /// Takes the data plane's counters; returns the rows that are new, have changed, or were removed.
    package mutating func update(_ counters: DataPlaneCounters, at time: Timestamp) -> [StateChange] {
        var changes: [StateChange] = []
        for (tunnel, row) in counters.tunnels where tunnels[tunnel] != row {
            if tunnels[tunnel] == nil { since[tunnel] = time }
            changes.append(.tunnel(record(tunnel, row)))
        }
        for tunnel in tunnels.keys where counters.tunnels[tunnel] == nil {
            since[tunnel] = nil
            changes.append(.tunnelRemoved(tunnel))
        }
        var new: [ForwardedTrafficKey: NodeTraffic] = [:]
        new.reserveCapacity(traffic.count)
        for (role, rows) in [
            (AgentRole.homeAgent, counters.homes), (.foreignAgent, counters.visitors), (.mobileNode, counters.nodes),
        ] {
            for (homeAddress, row) in rows { new[ForwardedTrafficKey(role: role, homeAddress: homeAddress)] = row }
        }
        for (key, row) in new where traffic[key] != row { changes.append(.traffic(ForwardedTraffic(key, row))) }
        for key in traffic.keys where new[key] == nil { changes.append(.trafficRemoved(key)) }
        if !changes.isEmpty { order = nil }
        tunnels = counters.tunnels
        traffic = new
        return changes
    }

    /// At most `limit` rows after a number, with the number to continue from; nil when those were the last.
    package mutating func page(after number: UInt64, limit: Int) -> (changes: [StateChange], next: UInt64?) {
        let all = order ?? makeOrder()
        order = all
        var low = 0
        var high = all.count
        while low < high {
            let middle = (low + high) / 2
            if all[middle].number <= number { low = middle + 1 } else { high = middle }
        }
        let rows = all[low..<min(all.count, low + limit)]
        let changes = rows.compactMap { row -> StateChange? in
            switch row.key {
            case .tunnel(let key): tunnels[key].map { .tunnel(record(key, $0)) }
            case .traffic(let key): traffic[key].map { .traffic(ForwardedTraffic(key, $0)) }
            }
        }
        return (changes, rows.endIndex < all.count ? rows.last?.number : nil)
    }

    /// The clock was set: shifts every time by this many milliseconds.
    package mutating func shiftTimes(by milliseconds: Int64) {
        since = since.mapValues { $0.adding(milliseconds: milliseconds) }
    }

    private func record(_ tunnel: MobilityTunnelKey, _ row: TunnelTraffic) -> MobilityTunnel {
        var record = MobilityTunnel(tunnel, row)
        record.since = since[tunnel]
        return record
    }

    /// Numbers are derived from the keys, so that a row keeps its number when others are added or removed. A tunnel's number consists of
    /// the remote end, the position of the local address among the few that exist, and the encapsulation; a traffic row's number consists
    /// of the home address and the role.
    private func makeOrder() -> [Row] {
        let locals = Array(Set(tunnels.keys.map(\.localAddress)).sorted().prefix(1 << 20))
        let places = Dictionary(uniqueKeysWithValues: zip(locals, UInt64(0)...))
        var rows: [Row] = []
        rows.reserveCapacity(tunnels.count + traffic.count)
        for tunnel in tunnels.keys {
            let kind: UInt64 =
                switch tunnel.encapsulation {
                case .ipInIp: 1
                case .gre: 2
                case .minEnc: 3
                }
            rows.append(
                Row(
                    number: UInt64(tunnel.remoteAddress.rawValue) << 22 | (places[tunnel.localAddress] ?? 0) << 2 | kind,
                    key: .tunnel(tunnel)))
        }
        for key in traffic.keys {
            let role: UInt64 =
                switch key.role {
                case .mobileNode: 1
                case .foreignAgent: 2
                case .homeAgent: 3
                }
            rows.append(Row(number: 1 << 60 | UInt64(key.homeAddress.rawValue) << 2 | role, key: .traffic(key)))
        }
        rows.sort { $0.number < $1.number }
        return rows
    }
}
