import AgentModel
import ManagementCore
import MobileIPv4

/// mnRegistration, 1.3.3.
enum NodeRegistrationGroup {
    static var leaves: [MIBLeaf] { registrations.columns(registrationColumns) }

    // MARK: - mnRegistrationTable

    private static let registrations = MIBTable(
        .mnRegistrationEntry,
        rows: OrderedRows<NodeRegistrationKey, NodeRegistration, NodeRegistration> { $0.state.registrations })

    private static let registrationColumns: [MIBColumn<NodeRegistration>] = [
        MIBColumn(.mnRegAgentAddress, "agentAddress", "The address to which the request was sent.") { row, _ in
            .ipAddress(row.agentAddress)
        },
        MIBColumn(.mnRegCOA, "careOfAddress", "The care-of address.") { row, _ in .ipAddress(row.careOfAddress) },
        MIBColumn(.mnRegFlags, "flags", "Flags of the request.") { row, _ in .octet(row.flags.mibOctet) },
        MIBColumn(.mnRegIDLow, .low("identification"), "Low half of the identification.") { row, _ in
            .integer(bits: row.identification.low)
        },
        MIBColumn(.mnRegIDHigh, .high("identification"), "High half of the identification.") { row, _ in
            .integer(bits: row.identification.high)
        },
        MIBColumn(
            .mnRegTimeRequested, "lifetime", "Lifetime requested or, once accepted, granted, in seconds; 65535 never expires."
        ) {
            row, _ in
            .integer(Int32(row.lifetime))
        },
        MIBColumn(
            .mnRegTimeRemaining, MIBMember("timeRemaining", .only(.mnRegIsAccepted)),
            "Lifetime remaining once accepted, in seconds; 65535 never expires."
        ) { row, view in
            .gauge(row.isAccepted ? view.state.secondsRemaining(until: row.expires) : 0)
        },
        MIBColumn(.mnRegTimeSent, "sent", "When the request was last sent.") { row, view in view.timeStamp(row.sent) },
        MIBColumn(.mnRegIsAccepted, "isAccepted", "Whether the registration was accepted.") { row, _ in .truth(row.isAccepted) },
        MIBColumn(.mnCOAIsLocal, "isCoLocated", "Whether the care-of address is the node's own.") { row, _ in
            .truth(row.isCoLocated)
        },
        MIBColumn(.mnRegDeliveryStyle, nil, "How datagrams for a reverse tunnel reach the foreign agent.") {
            row, _ in
            .deliveryStyle(row.reverseTunnel)
        },
    ]
}

extension MIBValue {
    /// MipDeliveryStyle: direct(1) unless datagrams are encapsulated to the foreign agent.
    static func deliveryStyle(_ tunnel: ReverseTunnel) -> MIBValue { .integer(tunnel == .encapsulating ? 2 : 1) }
}
