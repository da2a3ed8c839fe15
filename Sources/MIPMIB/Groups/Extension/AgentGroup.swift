import AgentModel
import ManagementCore
import MobileIPv4

/// mipExtAgent, 1.1 of MIPV4-EXT-MIB: the agent, and the link to it.
enum AgentGroup {
    static var leaves: [MIBLeaf] { addresses.columns(addressColumns) + identity + source }

    private static func text(
        _ node: MIBNode, _ member: MIBMember?, _ summary: String, _ value: @escaping @Sendable (MIBView) -> String?
    ) -> MIBLeaf {
        .scalar(node, member, summary) { value($0).map { .text($0) } }
    }

    private static var identity: [MIBLeaf] {
        [
            text(.mipExtAgentName, nil, "The agent's name, which is also its SNMP context.") { $0.state.name },
            text(.mipExtAgentVersion, "information.version", "The agent's program and its version.") {
                $0.state.information?.version
            },
            text(.mipExtAgentInstance, "information.instance", "A text that differs at each start of the agent.") {
                $0.state.information?.instance
            },
            .scalar(.mipExtAgentProcessID, "information.processID", "The process identifier of the agent.") { view in
                view.state.information.map { .unsigned(UInt32(clamping: $0.processID)) }
            },
            .scalar(.mipExtAgentStartTime, "information.startTime", "When the agent started.") { view in
                view.state.information.map { .dateAndTime($0.startTime) }
            },
            .scalar(.mipExtAgentTime, nil, "What the agent's clock shows.") { view in
                view.state.information == nil ? nil : view.state.agentTime.map { .dateAndTime($0) }
            },
            .scalar(
                .mipExtAgentDataPlane, MIBMember("information.dataPlane", .except("none")), "How the agent forwards datagrams."
            ) { view in
                view.state.information.map { information in
                    switch information.dataPlane {
                    case "kernel": .integer(2)
                    case "userSpace": .integer(3)
                    default: .integer(1)
                    }
                }
            },
        ]
    }

    // MARK: - The link. These answer in any case.

    private static var source: [MIBLeaf] {
        [
            .scalar(.mipExtSourceStatus, "connection", "How this management stands with the agent.") { view in
                .integer(view.state.health.connection.number)
            },
            .scalar(.mipExtSourceAge, nil, "Milliseconds since the agent was last heard.") { view in
                // An age is never negative; one beyond the range shows as its end.
                view.state.health.age.map { .gauge(UInt32(min($0 * 1000, Double(UInt32.max)))) }
            },
            text(.mipExtSourceLastError, "lastError", "Why the connection ended or failed last.") {
                $0.state.health.lastError ?? ""
            },
            .scalar(.mipExtSourceConnections, "connections", "Connections made to the agent.") { view in
                .counter(low: view.state.health.connections)
            },
            .scalar(.mipExtSourceRestarts, "restarts", "Restarts of the agent that were noticed.") { view in
                .counter(low: view.state.health.restarts)
            },
            .scalar(.mipExtCounterDiscontinuity, nil, "When the agent's counters last began at zero.") {
                view in
                view.state.information == nil ? nil : view.timeStamp(view.state.health.discontinuity)
            },
        ]
    }

    // MARK: - mipExtAddressTable

    private static let addresses = MIBTable(
        .mipExtAddressEntry,
        rows: FewRows<ListeningAddress, ListeningAddress> { $0.state.information?.addresses.map(ListeningAddress.init) ?? [] })

    private static let addressColumns: [MIBColumn<ListeningAddress>] = [
        MIBColumn(.mipExtAddressPort, nil, "The UDP port there.") { row, _ in
            .unsigned(UInt32(row.address.port))
        }
    ]
}

/// An address that the agent listens at, in the order of role and address.
private struct ListeningAddress: MIBIndexed, Comparable, Sendable {
    let address: AgentAddress

    init(_ address: AgentAddress) { self.address = address }

    func appendIndex(to listener: inout some IndexListener) {
        listener.append(address.role.number)
        listener.append(address.address)
    }

    static func < (a: Self, b: Self) -> Bool {
        (a.address.role.number, a.address.address) < (b.address.role.number, b.address.address)
    }
}

extension AgentHealth.Connection: MIBNumbered {}
