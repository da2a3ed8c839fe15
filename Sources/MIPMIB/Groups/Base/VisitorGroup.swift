import AgentModel
import ManagementCore
import MobileIPv4

/// The visitor lists of faRegistration: by source address (RFC 2006) and by identity.
enum VisitorGroup {
    static var leaves: [MIBLeaf] {
        bySource.columns(bySourceColumns) + byIdentity.columns(byIdentityColumns) + [
            .scalar(.mip, [1, 5, 3, 29], "faRegVisitorCount", .gauge32, "Visitors at this moment, pending ones included.") {
                view in
                view.foreignAgentInformation == nil ? nil : .gauge(clamping: view.state.visitors.count)
            }
        ]
    }

    /// Seconds left; a visit that waits for its first answer has none.
    private static func remaining(_ row: Visitor, _ view: MIBView) -> MIBValue {
        .gauge(row.state == .accepted ? view.state.secondsRemaining(until: row.expires) : 0)
    }

    // MARK: - faVisitorTable

    private static let bySource = MIBTable(
        module: .mip, entry: [1, 5, 3, 1, 1], index: [MIBIndexObject("faVisitorIPAddress", .ipAddress)], status: .deprecated,
        rows: OrderedRows<VisitorKey, Visitor, Visitor> { $0.state.visitors })

    private static let bySourceColumns: [MIBColumn<Visitor>] = [
        MIBColumn(1, "faVisitorIPAddress", .ipAddress, "Source address of the request.") { row, _ in .ipAddress(row.sourceAddress)
        },
        MIBColumn(2, "faVisitorHomeAddress", .ipAddress, "The home address.") { row, _ in .ipAddress(row.homeAddress) },
        MIBColumn(3, "faVisitorHomeAgentAddress", .ipAddress, "The home agent.") { row, _ in .ipAddress(row.homeAgent) },
        MIBColumn(4, "faVisitorTimeGranted", .integer32(), "Seconds granted; 0 while pending.") { row, _ in
            .integer(Int32(row.lifetimeGranted))
        },
        MIBColumn(5, "faVisitorTimeRemaining", .gauge32, "Seconds left; 65535 never expires.") { row, view in remaining(row, view)
        },
        MIBColumn(6, "faVisitorRegFlags", .registrationFlags, "Flags of the request.") { row, _ in .octet(row.flags.mibOctet)
        },
        MIBColumn(7, "faVisitorRegIDLow", .integer32(), "Low half of the identification.") { row, _ in
            .integer(bits: row.identification.low)
        },
        MIBColumn(8, "faVisitorRegIDHigh", .integer32(), "High half of the identification.") { row, _ in
            .integer(bits: row.identification.high)
        },
        MIBColumn(9, "faVisitorRegIsAccepted", .truthValue, "Whether the home agent has accepted.") { row, _ in
            .truth(row.state == .accepted)
        },
    ]

    // MARK: - faRegVisitorTable

    static let identityIndex = [
        MIBIndexObject("faRegVisitorIdType", .identifierType), MIBIndexObject("faRegVisitorId", .identifier),
    ]

    /// Of several visits of one identity the one with the lowest home address shows.
    static let identityRows = OrderedRows<IdentityKey<IdentityIndexes.AddressPair>, VisitorKey, Visitor>(
        table: { $0.state.identities.visitors }, resolve: { view, _, key in view.state.visitors[key] })

    private static let byIdentity = MIBTable(module: .mip, entry: [1, 5, 3, 30, 1], index: identityIndex, rows: identityRows)

    private static let byIdentityColumns: [MIBColumn<Visitor>] = [
        MIBColumn(3, "faRegVisitorHomeAddress", .ipAddress, "The home address.") { row, _ in .ipAddress(row.homeAddress) },
        MIBColumn(4, "faRegVisitorHomeAgentAddress", .ipAddress, "The home agent.") { row, _ in .ipAddress(row.homeAgent) },
        MIBColumn(5, "faRegVisitorTimeGranted", .integer32(), "Seconds granted; 0 while pending.") { row, _ in
            .integer(Int32(row.lifetimeGranted))
        },
        MIBColumn(6, "faRegVisitorTimeRemaining", .gauge32, "Seconds left; 65535 never expires.") { row, view in
            remaining(row, view)
        },
        MIBColumn(7, "faRegVisitorRegFlags", .registrationFlags, "Flags of the request.") { row, _ in
            .octet(row.flags.mibOctet)
        },
        MIBColumn(8, "faRegVisitorRegIDLow", .unsigned32(0...0xFFFF_FFFF), "Low half of the identification.") { row, _ in
            .unsigned(row.identification.low)
        },
        MIBColumn(9, "faRegVisitorRegIDHigh", .unsigned32(0...0xFFFF_FFFF), "High half of the identification.") { row, _ in
            .unsigned(row.identification.high)
        },
        MIBColumn(10, "faRegVisitorRegIsAccepted", .truthValue, "Whether the home agent has accepted.") { row, _ in
            .truth(row.state == .accepted)
        },
        MIBColumn(11, "faRegVisitorDeliveryStyle", .deliveryStyle, "How datagrams for a reverse tunnel reach this agent.") {
            row, _ in
            .deliveryStyle(row.reverseTunnel)
        },
        MIBColumn(12, "faRegVisitorNAI", .identifierNAI, "The network access identifier in full, or nothing.") { row, _ in
            .nai(row.nai)
        },
        traffic(13, "faRegVisitorInPkts", "Datagrams taken from the visitor for its reverse tunnel.") { $0.packetsFromNode },
        traffic(14, "faRegVisitorInOctets", "Octets taken from the visitor for its reverse tunnel.") { $0.octetsFromNode },
        traffic(15, "faRegVisitorOutPkts", "Datagrams forwarded to the visitor.") { $0.packetsToNode },
        traffic(16, "faRegVisitorOutOctets", "Octets forwarded to the visitor.") { $0.octetsToNode },
    ]

    private static func traffic(
        _ number: UInt, _ name: String, _ summary: String, _ value: @escaping @Sendable (ForwardedTraffic) -> UInt64
    ) -> MIBColumn<Visitor> {
        MIBColumn(number, name, .counter32, summary) { row, view in
            .counter(low: view.traffic(.foreignAgent, row.homeAddress).map(value) ?? 0)
        }
    }
}
