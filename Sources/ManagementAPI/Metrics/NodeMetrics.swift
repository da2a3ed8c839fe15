import AgentModel
import ManagementCore
import MobileIPv4

/// Series for single bindings, mobile nodes, tunnels and kinds of extensions: only when enabled, and at most a limited number of each.
struct NodeMetrics: Sendable {
    /// Maximum number of rows of each table that are shown; 0 for none.
    let limit: Int

    var families: [MetricFamily] {
        guard limit > 0 else { return [] }
        let limit = self.limit
        return [
            rows("mip_binding", .info, "A mobility binding.", \.bindings) { _, row in
                let labels =
                    Self.labels(row) + [
                        ("home_agent", "\(row.homeAgent)"), ("nai", row.nai?.value ?? ""),
                        ("encapsulation", row.encapsulation.rawValue),
                    ]
                return [MetricSample(labels, .flag(true))]
            },
            rows(
                "mip_binding_time_remaining_seconds", .gauge, "Seconds until the binding expires; 65535 when it never expires.",
                \.bindings
            ) {
                state, row in
                [MetricSample(Self.labels(row), .integer(state.secondsRemaining(until: row.expires)))]
            },
            rows("mip_binding_renewals", .counter, "Requests accepted for the binding after the first one.", \.bindings) {
                _, row in
                [MetricSample(Self.labels(row), .integer(row.renewals))]
            },
            rows("mip_node_forwarded_datagrams", .counter, "Datagrams forwarded for a mobile node.", \.traffic) { _, row in
                Self.traffic(row, row.packetsToNode, row.packetsFromNode)
            },
            rows("mip_node_forwarded_bytes", .counter, "Bytes forwarded for a mobile node.", \.traffic) { _, row in
                Self.traffic(row, row.octetsToNode, row.octetsFromNode)
            },
            rows("mip_tunnel_datagrams", .counter, "Datagrams through a tunnel.", \.tunnels) { _, row in
                Self.tunnel(row, row.packetsSent, row.packetsReceived)
            },
            rows("mip_tunnel_bytes", .counter, "Bytes of the datagrams inside a tunnel.", \.tunnels) { _, row in
                Self.tunnel(row, row.octetsSent, row.octetsReceived)
            },
            rows(
                "mip_extension_uses", .counter,
                "Vendor and experimental extensions of one kind, by what the agent did with them.",
                \.extensionUses
            ) { _, row in
                Self.uses(row)
            },
            MetricFamily(
                name: "mip_series_omitted", kind: .gauge,
                help: "Rows without series of their own because of the limit, by table."
            ) { state in
                [
                    ("bindings", state.bindings.count), ("traffic", state.traffic.count), ("tunnels", state.tunnels.count),
                    ("extensionUses", state.extensionUses.count),
                ]
                .map { table, count in MetricSample([("table", table)], .integer(max(0, count - limit))) }
            },
        ]
    }

    private func rows<Key: Comparable & Sendable, Row: Sendable>(
        _ name: String, _ kind: MetricFamily.Kind, _ help: String,
        _ table: any KeyPath<AgentState, OrderedTable<Key, Row>> & Sendable,
        _ samples: @escaping @Sendable (AgentState, Row) -> [MetricSample]
    ) -> MetricFamily {
        let limit = self.limit
        return MetricFamily(name: name, kind: kind, help: help) { state in
            state[keyPath: table].lazy.prefix(limit).flatMap { samples(state, $0.row) }
        }
    }

    private static func labels(_ row: Binding) -> [(name: String, value: String)] {
        [("home_address", "\(row.homeAddress)"), ("care_of_address", "\(row.careOfAddress)")]
    }

    private static func traffic(_ row: ForwardedTraffic, _ toNode: UInt64, _ fromNode: UInt64) -> [MetricSample] {
        [("to_node", toNode), ("from_node", fromNode)].map { direction, count in
            MetricSample(
                [("role", row.role.rawValue), ("home_address", "\(row.homeAddress)"), ("direction", direction)], .integer(count))
        }
    }

    private static func uses(_ row: ExtensionUse) -> [MetricSample] {
        [("accepted", row.accepted), ("skipped", row.skipped), ("refused", row.refused)].map { outcome, count in
            MetricSample(
                [
                    ("role", row.role.rawValue), ("type", "\(row.type)"), ("vendor", "\(row.vendor)"),
                    ("number", "\(row.number)"), ("outcome", outcome),
                ], .integer(count))
        }
    }

    private static func tunnel(_ row: MobilityTunnel, _ sent: UInt64, _ received: UInt64) -> [MetricSample] {
        [("sent", sent), ("received", received)].map { direction, count in
            MetricSample(
                [
                    ("local_address", "\(row.localAddress)"), ("remote_address", "\(row.remoteAddress)"),
                    ("encapsulation", row.encapsulation.rawValue), ("direction", direction),
                ], .integer(count))
        }
    }
}
