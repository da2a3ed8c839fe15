import AgentModel
import ManagementCore

/// The state of an agent and of its snapshot, and how full its tables are.
enum AgentMetrics {
    static let families: [MetricFamily] = [
        .single(.gauge, "mip_agent_up", "Whether the snapshot of the agent is complete and kept up to date.") {
            .flag($0.health.connection == .synchronized)
        },
        .states("mip_agent_connection", "State of the connection to the agent.", of: AgentHealth.Connection.self) {
            $0.health.connection == $1
        },
        .single(.gauge, "mip_agent_data_age_seconds", "Time since the agent was last heard.") {
            $0.health.age.map(MetricValue.real)
        },
        .single(.counter, "mip_agent_connections", "Connections established to the agent.") {
            .integer($0.health.connections)
        },
        .single(.counter, "mip_agent_restarts", "Restarts of the agent that were detected.") { .integer($0.health.restarts) },
        MetricFamily(name: "mip_agent", kind: .info, help: "What the agent reports about itself.") { state in
            state.information.map { information in
                [
                    MetricSample(
                        [
                            ("name", information.name), ("version", information.version), ("instance_id", information.instance),
                            ("data_plane", information.dataPlane ?? "none"), ("durability", information.durability ?? "none"),
                        ], .flag(true))
                ]
            } ?? []
        },
        .states("mip_agent_role", "The roles the agent plays (mipEntities).", of: AgentRole.self) { state, role in
            state.information.map { $0.roles.contains(role) }
        },
        .single(
            .gauge, "mip_agent_start_time_seconds",
            "When the agent started, since the epoch and by its present clock; its counters count from then."
        ) {
            $0.information.map { .real(Double($0.startTime.milliseconds) / 1000) }
        },
        .single(.gauge, "mip_agent_starts", "Starts of the agent with its state store, this one included; 0 without a store.") {
            $0.information.map { .integer($0.starts) }
        },
        .single(
            .gauge, "mip_agent_state_unsaved",
            "Whether the agent can currently not save its state, so that a restart may lose bindings or changes."
        ) {
            $0.information.map { .flag(!$0.stateError.isEmpty) }
        },
        .single(.gauge, "mip_agent_enabled", "Whether registration is switched on (mipEnable).") {
            $0.information.map { .flag($0.enabled) }
        },
        .single(.gauge, "mip_home_agent_bindings", "Mobility bindings.") {
            $0.plays(.homeAgent) ? .integer($0.bindings.count) : nil
        },
        .single(.gauge, "mip_home_agent_bindings_limit", "Maximum number of mobility bindings of the home agent.") { state in
            state.plays(.homeAgent) ? state.information.map { .integer($0.maximumBindings) } : nil
        },
        .single(.gauge, "mip_home_agent_draining", "Whether the home agent moves its nodes to other home agents (RFC 4433).") {
            state in
            state.plays(.homeAgent) ? state.information.map { .flag($0.drain != nil) } : nil
        },
        .single(
            .gauge, "mip_home_agent_drain_start_time_seconds",
            "When the home agent began to move its nodes to other home agents, since the epoch; absent while it does not."
        ) {
            $0.information?.drain.map { MetricValue.real(Double($0.since.milliseconds) / 1000) }
        },
        .single(
            .gauge, "mip_home_agent_drain_movable_bindings",
            "Bindings that the home agent has yet to move to other home agents: their nodes asked for any home agent, and the other end "
                + "can be informed; absent while it moves none."
        ) {
            $0.information?.drain.map { MetricValue.count($0.movableBindings) }
        },
        .single(.gauge, "mip_foreign_agent_visitors", "Entries in the visitor list, including pending ones.") {
            $0.plays(.foreignAgent) ? .integer($0.visitors.count) : nil
        },
        .single(.gauge, "mip_foreign_agent_visitors_limit", "Maximum number of visitors of the foreign agent.") { state in
            state.plays(.foreignAgent) ? state.information.map { .integer($0.maximumVisitors) } : nil
        },
        .single(.gauge, "mip_foreign_agent_busy", "Whether the foreign agent accepts no more visitors (faIsBusy).") { state in
            state.plays(.foreignAgent) ? state.information.map { .flag($0.busy) } : nil
        },
        .states("mip_mobile_node_state", "Where the mobile node believes it is (mnState).", of: MobileNodeState.self) {
            state, one in
            state.mobileNodeStatus.map { $0.state == one }
        },
        .states(
            "mip_mobile_node_home_agent_search", "How far the mobile node has got with its search for a home agent (RFC 4433).",
            of: HomeAgentSearchState.self
        ) { state, one in
            state.mobileNodeStatus?.homeAgentSearch.map { $0.state == one }
        },
        .single(
            .gauge, "mip_mobile_node_host_configuration_applied",
            "Whether the machine of the mobile node uses the name servers and the domain that its home agent gave the node (RFC 4332); "
                + "absent without any."
        ) {
            $0.mobileNodeStatus?.hostConfiguration.flatMap { $0.hasResolverSettings ? MetricValue.flag($0.isApplied) : nil }
        },
        .single(.gauge, "mip_mobile_node_registrations", "Registrations of the mobile node, accepted and pending.") {
            $0.plays(.mobileNode) ? .integer($0.registrations.count) : nil
        },
        .single(.gauge, "mip_mobile_node_foreign_agents", "Care-of addresses offered by the agents that the mobile node hears.") {
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
