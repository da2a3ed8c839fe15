import AgentModel
import ManagementCore
import MobileIPv4

/// mipExtAgent, 1.1 of MIPV4-EXT-MIB: the agent and the connection to it.
enum AgentGroup {
    static var leaves: [MIBLeaf] { addresses.columns(addressColumns) + identity + source }

    private static func text(
        _ node: MIBNode, _ member: MIBMember?, _ summary: String, _ value: @escaping @Sendable (MIBView) -> String?
    ) -> MIBLeaf {
        .scalar(node, member, summary) { value($0).map { .text($0) } }
    }

    private static var identity: [MIBLeaf] {
        [
            text(.mipExtAgentName, nil, "The agent's name, which is also the name of its SNMP context.") { $0.state.name },
            text(.mipExtAgentVersion, "information.version", "The agent's program and its version.") {
                $0.state.information?.version
            },
            text(.mipExtAgentInstance, "information.instance", "A text that is different each time the agent starts.") {
                $0.state.information?.instance
            },
            .scalar(.mipExtAgentProcessID, "information.processID", "The process identifier of the agent.") { view in
                view.state.information.map { .unsigned(UInt32(clamping: $0.processID)) }
            },
            .scalar(.mipExtAgentStartTime, "information.startTime", "When the agent started.") { view in
                view.state.information.map { .dateAndTime($0.startTime) }
            },
            .scalar(.mipExtAgentTime, nil, "The current time of the agent's clock.") { view in
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
            .scalar(
                .mipExtAgentKeepsChanges, "information.keepsChanges",
                "Whether changes survive a restart of the agent, because it has a state store or file."
            ) { view in
                view.state.information.map { .truth($0.keepsChanges) }
            },
            text(
                .mipExtAgentStateError, "information.stateError", "Why the agent can currently not save its state."
            ) { $0.state.information?.stateError },
            .scalar(
                .mipExtAgentDurability, MIBMember("information.durability", .except("none")),
                "How safe the agent's state is when a reply leaves."
            ) { view in
                view.state.information.map { information in
                    switch information.durability {
                    case "memory": .integer(2)
                    case "process": .integer(3)
                    case "disk": .integer(4)
                    default: .integer(1)
                    }
                }
            },
            .scalar(
                .mipExtAgentStarts, "information.starts", "How often the agent has been started with its state store."
            ) { view in
                view.state.information.map { .unsigned(UInt32(clamping: $0.starts)) }
            },
        ]
    }

    // MARK: - The connection. These objects are always available.

    private static var source: [MIBLeaf] {
        [
            .scalar(.mipExtSourceStatus, "connection", "The state of the connection to the agent.") { view in
                .integer(view.state.health.connection.number)
            },
            .scalar(.mipExtSourceAge, nil, "Milliseconds since the agent was last heard from.") { view in
                // An age is never negative; one above the range is shown as its maximum.
                view.state.health.age.map { .gauge(UInt32(min($0 * 1000, Double(UInt32.max)))) }
            },
            text(.mipExtSourceLastError, "lastError", "Why the connection last ended or failed.") {
                $0.state.health.lastError ?? ""
            },
            .scalar(.mipExtSourceConnections, "connections", "Connections made to the agent.") { view in
                .counter(low: view.state.health.connections)
            },
            .scalar(.mipExtSourceRestarts, "restarts", "Restarts of the agent that were detected.") { view in
                .counter(low: view.state.health.restarts)
            },
            .scalar(.mipExtCounterDiscontinuity, nil, "When the agent's counters last started at zero.") {
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
        MIBColumn(.mipExtAddressPort, nil, "The UDP port at the address.") { row, _ in
            .unsigned(UInt32(row.address.port))
        }
    ]
}

/// An address on which the agent listens, ordered by role and address.
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
