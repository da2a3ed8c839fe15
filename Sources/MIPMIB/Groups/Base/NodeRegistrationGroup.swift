import AgentModel
import ManagementCore
import MobileIPv4

/// mnRegistration, 1.3.3.
enum NodeRegistrationGroup {
    static var leaves: [MIBLeaf] { registrations.columns(registrationColumns) }

    // MARK: - mnRegistrationTable

    private static let registrations = MIBTable(
        module: .mip, entry: [1, 3, 3, 1, 1],
        index: [MIBIndexObject("mnRegAgentAddress", .ipAddress), MIBIndexObject("mnRegCOA", .ipAddress)],
        rows: OrderedRows<NodeRegistrationKey, NodeRegistration, NodeRegistration> { $0.state.registrations })

    private static let registrationColumns: [MIBColumn<NodeRegistration>] = [
        MIBColumn(1, "mnRegAgentAddress", .ipAddress, "Where the request was sent.") { row, _ in .ipAddress(row.agentAddress) },
        MIBColumn(2, "mnRegCOA", .ipAddress, "The care-of address.") { row, _ in .ipAddress(row.careOfAddress) },
        MIBColumn(3, "mnRegFlags", .registrationFlags, "Flags of the request.") { row, _ in .octet(row.flags.mibOctet) },
        MIBColumn(4, "mnRegIDLow", .integer32(), "Low half of the identification.") { row, _ in
            .integer(bits: row.identification.low)
        },
        MIBColumn(5, "mnRegIDHigh", .integer32(), "High half of the identification.") { row, _ in
            .integer(bits: row.identification.high)
        },
        MIBColumn(6, "mnRegTimeRequested", .integer32(), "Seconds asked for, once accepted those granted; 65535 never ends.") {
            row, _ in
            .integer(Int32(row.lifetime))
        },
        MIBColumn(7, "mnRegTimeRemaining", .gauge32, "Seconds left once accepted; 65535 never ends.") { row, view in
            .gauge(row.isAccepted ? view.state.secondsRemaining(until: row.expires) : 0)
        },
        MIBColumn(8, "mnRegTimeSent", .timeStamp, "When the request was sent last.") { row, view in view.timeStamp(row.sent) },
        MIBColumn(9, "mnRegIsAccepted", .truthValue, "Whether it was accepted.") { row, _ in .truth(row.isAccepted) },
        MIBColumn(10, "mnCOAIsLocal", .truthValue, "Whether the care-of address is the node's own.") { row, _ in
            .truth(row.isCoLocated)
        },
        MIBColumn(11, "mnRegDeliveryStyle", .deliveryStyle, "How datagrams for a reverse tunnel reach the foreign agent.") {
            row, _ in
            .deliveryStyle(row.reverseTunnel)
        },
    ]
}

extension MIBValue {
    /// MipDeliveryStyle: direct(1) unless datagrams are encapsulated to the foreign agent.
    static func deliveryStyle(_ tunnel: ReverseTunnel) -> MIBValue { .integer(tunnel == .encapsulating ? 2 : 1) }
}
