import AgentModel
import ManagementCore
import MobileIPv4

/// The visitor lists of faRegistration: by source address (RFC 2006) and by identity.
enum VisitorGroup {
    static var leaves: [MIBLeaf] {
        bySource.columns(bySourceColumns) + byIdentity.columns(byIdentityColumns) + [
            .scalar(.faRegVisitorCount, nil, "Current number of visitors, including pending ones.") {
                view in
                view.foreignAgentInformation == nil ? nil : .gauge(clamping: view.state.visitors.count)
            }
        ]
    }

    /// Seconds left; 0 for a visit that is waiting for its first reply.
    private static func remaining(_ row: Visitor, _ view: MIBView) -> MIBValue {
        .gauge(row.state == .accepted ? view.state.secondsRemaining(until: row.expires) : 0)
    }

    // MARK: - faVisitorTable

    /// If several visitors have one source address, the one with the lowest home address is shown.
    private static let bySource = MIBTable(
        .faVisitorEntry,
        rows: SharedRows<VisitorKey, Visitor, Visitor> { $0.state.visitors })

    private static let bySourceColumns: [MIBColumn<Visitor>] = [
        MIBColumn(.faVisitorIPAddress, "sourceAddress", "Source address of the request.") { row, _ in
            .ipAddress(row.sourceAddress)
        },
        MIBColumn(.faVisitorHomeAddress, "homeAddress", "The home address.") { row, _ in .ipAddress(row.homeAddress) },
        MIBColumn(.faVisitorHomeAgentAddress, "homeAgent", "The home agent.") { row, _ in .ipAddress(row.homeAgent) },
        MIBColumn(.faVisitorTimeGranted, "lifetimeGranted", "Lifetime granted, in seconds; 0 while pending.") { row, _ in
            .integer(Int32(row.lifetimeGranted))
        },
        MIBColumn(
            .faVisitorTimeRemaining, MIBMember("timeRemaining", .only(.faVisitorRegIsAccepted)),
            "Lifetime remaining, in seconds; 65535 never expires."
        ) { row, view in remaining(row, view)
        },
        MIBColumn(.faVisitorRegFlags, "flags", "Flags of the request.") { row, _ in .octet(row.flags.mibOctet)
        },
        MIBColumn(.faVisitorRegIDLow, .low("identification"), "Low half of the identification.") { row, _ in
            .integer(bits: row.identification.low)
        },
        MIBColumn(.faVisitorRegIDHigh, .high("identification"), "High half of the identification.") { row, _ in
            .integer(bits: row.identification.high)
        },
        MIBColumn(
            .faVisitorRegIsAccepted, MIBMember("state", .words(yes: "accepted", no: "pending")),
            "Whether the home agent has accepted the visitor."
        ) { row, _ in
            .truth(row.state == .accepted)
        },
    ]

    // MARK: - faRegVisitorTable

    /// If one identity has several visits, the one with the lowest home address is shown.
    static let identityRows = SharedRows<IdentityKey<VisitorPlace>, Void, Visitor>(
        table: { $0.state.identities.visitors }, resolve: { view, place, _ in view.state.visitors[place.rest.key] })

    private static let byIdentity = MIBTable(.faRegVisitorEntry, rows: identityRows)

    private static let byIdentityColumns: [MIBColumn<Visitor>] = [
        MIBColumn(.faRegVisitorHomeAddress, "homeAddress", "The home address.") { row, _ in .ipAddress(row.homeAddress) },
        MIBColumn(.faRegVisitorHomeAgentAddress, "homeAgent", "The home agent.") { row, _ in .ipAddress(row.homeAgent) },
        MIBColumn(.faRegVisitorTimeGranted, "lifetimeGranted", "Lifetime granted, in seconds; 0 while pending.") { row, _ in
            .integer(Int32(row.lifetimeGranted))
        },
        MIBColumn(
            .faRegVisitorTimeRemaining, MIBMember("timeRemaining", .only(.faRegVisitorRegIsAccepted)),
            "Lifetime remaining, in seconds; 65535 never expires."
        ) { row, view in
            remaining(row, view)
        },
        MIBColumn(.faRegVisitorRegFlags, "flags", "Flags of the request.") { row, _ in
            .octet(row.flags.mibOctet)
        },
        MIBColumn(.faRegVisitorRegIDLow, .low("identification"), "Low half of the identification.") { row, _ in
            .unsigned(row.identification.low)
        },
        MIBColumn(.faRegVisitorRegIDHigh, .high("identification"), "High half of the identification.") { row, _ in
            .unsigned(row.identification.high)
        },
        MIBColumn(
            .faRegVisitorRegIsAccepted, MIBMember("state", .words(yes: "accepted", no: "pending")),
            "Whether the home agent has accepted the visitor."
        ) { row, _ in
            .truth(row.state == .accepted)
        },
        MIBColumn(.faRegVisitorDeliveryStyle, nil, "How datagrams for a reverse tunnel reach this agent.") {
            row, _ in
            .deliveryStyle(row.reverseTunnel)
        },
        MIBColumn(.faRegVisitorNAI, "nai", "The full network access identifier, or empty.") { row, _ in
            .nai(row.nai)
        },
        traffic(.faRegVisitorInPkts, "Datagrams received from the visitor for its reverse tunnel.") { $0.packetsFromNode },
        traffic(.faRegVisitorInOctets, "Octets received from the visitor for its reverse tunnel.") { $0.octetsFromNode },
        traffic(.faRegVisitorOutPkts, "Datagrams forwarded to the visitor.") { $0.packetsToNode },
        traffic(.faRegVisitorOutOctets, "Octets forwarded to the visitor.") { $0.octetsToNode },
    ]

    private static func traffic(
        _ node: MIBNode, _ summary: String, _ value: @escaping @Sendable (ForwardedTraffic) -> UInt64
    ) -> MIBColumn<Visitor> {
        MIBColumn(node, nil, summary) { row, view in
            .counter(low: view.traffic(.foreignAgent, row.homeAddress).map(value) ?? 0)
        }
    }
}
