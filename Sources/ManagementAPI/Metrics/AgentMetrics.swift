import AgentModel
import ManagementCore

/// How an agent and its snapshot fare, and how full its tables are.
enum AgentMetrics {
    static let families: [MetricFamily] = [
        .single(.gauge, "mip_agent_up", "Whether the snapshot of the agent is complete and follows it.") {
            .flag($0.health.connection == .synchronized)
        },
        .states("mip_agent_connection", "How management stands with the agent.", of: AgentHealth.Connection.self) {
            $0.health.connection == $1
        },
        .single(.gauge, "mip_agent_data_age_seconds", "Time since the agent was last heard.") {
            $0.health.age.map(MetricValue.real)
        },
        .single(.counter, "mip_agent_connections", "Connections to the agent that were made.") {
            .integer($0.health.connections)
        },
        .single(.counter, "mip_agent_restarts", "Restarts of the agent that were noticed.") { .integer($0.health.restarts) },
        MetricFamily(name: "mip_agent", kind: .info, help: "What the agent says of itself.") { state in
            state.information.map { information in
                [
                    MetricSample(
                        [
                            ("name", information.name), ("version", information.version), ("instance_id", information.instance),
                            ("data_plane", information.dataPlane ?? "none"),
                        ], .flag(true))
                ]
            } ?? []
        },
        .states("mip_agent_role", "The roles the agent plays (mipEntities).", of: AgentRole.self) { state, role in
            state.information.map { $0.roles.contains(role) }
        },
        .single(.gauge, "mip_agent_start_time_seconds", "When the agent started, since the epoch; its counters count from there.")
        {
            $0.information.map { .real(Double($0.startTime.milliseconds) / 1000) }
        },
        .single(.gauge, "mip_agent_enabled", "Whether registration is switched on (mipEnable).") {
            $0.information.map { .flag($0.enabled) }
        },
        .single(.gauge, "mip_home_agent_bindings", "Mobility bindings.") {
            $0.plays(.homeAgent) ? .integer($0.bindings.count) : nil
        },
        .single(.gauge, "mip_home_agent_bindings_limit", "Most mobility bindings that the home agent holds.") { state in
            state.plays(.homeAgent) ? state.information.map { .integer($0.maximumBindings) } : nil
        },
        .single(.gauge, "mip_foreign_agent_visitors", "Entries of the visitor list, pending ones included.") {
            $0.plays(.foreignAgent) ? .integer($0.visitors.count) : nil
        },
        .single(.gauge, "mip_foreign_agent_visitors_limit", "Most visitors that the foreign agent holds.") { state in
            state.plays(.foreignAgent) ? state.information.map { .integer($0.maximumVisitors) } : nil
        },
        .single(.gauge, "mip_foreign_agent_busy", "Whether the foreign agent takes no more visitors (faIsBusy).") { state in
            state.plays(.foreignAgent) ? state.information.map { .flag($0.busy) } : nil
        },
        .states("mip_mobile_node_state", "Where the mobile node thinks it is (mnState).", of: MobileNodeState.self) {
            state, one in
            state.mobileNodeStatus.map { $0.state == one }
        },
        .single(.gauge, "mip_mobile_node_registrations", "Registrations of the mobile node, accepted and under way.") {
            $0.plays(.mobileNode) ? .integer($0.registrations.count) : nil
        },
        .single(.gauge, "mip_mobile_node_foreign_agents", "Care-of addresses on offer by the agents that the mobile node hears.")
        {
            $0.plays(.mobileNode) ? .integer($0.foreignAgents.count) : nil
        },
        .single(.gauge, "mip_security_associations", "Mobility security associations.") { state in
            state.information.map { _ in .integer(state.associations.count) }
        },
        .single(.gauge, "mip_security_violators", "Offenders in the table of security violations.") { state in
            state.information.map { _ in .integer(state.violations.count) }
        },
        .single(.gauge, "mip_tunnels", "Tunnels in use.") { state in
            state.information.map { _ in .integer(state.tunnels.count) }
        },
        .single(.gauge, "mip_advertising_interfaces", "Interfaces on which the agent advertises itself.") { state in
            state.information.map { _ in .integer(state.advertisements.count) }
        },
    ]
}
