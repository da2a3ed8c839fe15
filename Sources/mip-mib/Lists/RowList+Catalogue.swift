import AgentControl
import AgentModel
import JSON
import ManagementCore
import MobileIPv4

/// Every table there is to list.
extension RowList {
    static let all = [
        bindings, visitors, pending, associations, violations, mobileNodes, tunnels, traffic, advertisements, node, registrations,
        foreignAgents, history,
    ]

    static let bindings = RowList(
        "bindings", row: "binding", of: Binding.self, topic: .bindings, order: ["homeAddress", "careOfAddress"],
        columns: [
            Column("homeAddress"), Column("careOfAddress", "CARE-OF ADDRESS"), Column("nai"), .registrationFlags("flags"),
            .duration("timeRemaining", "LEFT"), .duration("lifetimeGranted", "GRANTED", level: .wide),
            .endpoint("sourceAddress", port: "sourcePort", "SOURCE", level: .wide), Column("homeAgent", level: .wide),
            Column("encapsulation", level: .wide), Column("reverseTunnel", level: .wide), Column("spi", level: .wide),
            Column("renewals", level: .wide), Column("handoffs", level: .wide), .time("created", level: .wide),
            .time("renewed", level: .wide),
            Column("expires", level: .never), Column("identification", level: .never), Column("sourcePort", level: .never),
        ]
    ) { state in try state.bindings.map { try Row(encoding: state.resource($0.row)) } }

    private static let visitorColumns = [
        Column("sourceAddress", "SOURCE"), Column("homeAddress"), Column("homeAgent"),
        Column("nai"), Column("state"), .duration("timeRemaining", "LEFT"),
        Column("careOfAddress", "CARE-OF ADDRESS", level: .wide),
        Column("lifetimeGranted", "GRANTED", level: .wide) { row in
            row.text("state") == "pending" ? "-" : row.count("lifetimeGranted").map { duration(UInt32(clamping: $0)) } ?? "-"
        },
        .registrationFlags("flags", level: .wide), Column("reverseTunnel", level: .wide),
        .duration("lifetimeRequested", "REQUESTED", level: .wide), .time("created", level: .wide),
        Column("expires", level: .never), Column("identification", level: .never), Column("sourcePort", level: .never),
    ]

    static let visitors = RowList(
        "visitors", row: "visitor", of: Visitor.self, topic: .visitors, order: ["sourceAddress", "homeAddress", "nai"],
        columns: visitorColumns
    ) { state in try state.visitors.map { try Row(encoding: state.resource($0.row)) } }

    static let pending = RowList(
        "pending", row: "pending registration", of: PendingRegistration.self, topic: .pendingRegistrations,
        order: ["homeAddress", "nai"],
        columns: [
            Column("homeAddress"), Column("nai"), Column("homeAgent"), Column("kind"),
            Column("retransmissions", "REPEATED"), .duration("timeRemaining", "LEFT"), .time("sent", level: .wide),
            Column("expires", level: .never),
        ]
    ) { state in try state.pendingRegistrations.map { try Row(encoding: state.resource($0.row)) } }

    static let associations = RowList(
        "associations", row: "security association", of: SecurityAssociation.self, topic: .associations, order: ["peer", "spi"],
        columns: [
            Column("peer"), .role("peerRole"), Column("spi"), Column("algorithm"), Column("replayMethod", "REPLAY"),
            Column("replayTolerance", "TOLERANCE") { row in row.count("replayTolerance").map { "\($0)s" } ?? "-" },
            Column("storage", level: .wide), .time("use.lastUsed", "LAST USED", level: .wide),
            Column("use.accepted", "ACCEPTED", level: .wide),
            Column("use.authenticationFailures", "AUTHENTICATION FAILURES", level: .wide),
            Column("use.replayFailures", "REPLAY FAILURES", level: .wide),
            Column("use.clockOffset", "CLOCK OFFSET", level: .wide) { row in
                row.member(at: "use.clockOffset").map { "\($0.plainText)ms" } ?? "-"
            },
            Column("use", level: .never),
        ]
    ) { state in try state.associations.map { try Row(encoding: state.resource($0.row)) } }

    static let violations = RowList(
        "violations", row: "security violation", of: SecurityViolation.self, topic: .violations, order: ["violator"],
        columns: [
            Column("violator"), Column("count"), .time("recentTime", "LAST TIME"), Column("recentReason", "REASON"),
            Column("recentCode", "CODE"), Column("recentSPI", "SPI", level: .wide),
            Column("recentIdentification", "IDENTIFICATION", level: .wide),
        ]
    ) { state in try state.violations.map { try Row(encoding: state.resource($0.row)) } }

    static let mobileNodes = RowList(
        "mobile-nodes", row: "mobile node", of: MobileNodeService.self, topic: .mobileNodes, order: ["homeAddress"],
        columns: [
            Column("homeAddress"), Column("nai"), Column("requestsReceived", "REQUESTS"), Column("accepted"), Column("denied"),
            Column("recentDeniedCode", "DENIED WITH"), Column("serviceTime", level: .wide), .time("servingSince", level: .wide),
            .time("recentAccepted", level: .wide), .time("recentDenied", level: .wide),
        ]
    ) { state in try state.mobileNodes.map { try Row(encoding: Resource(agent: state.name, record: $0.row)) } }

    static let tunnels = RowList(
        "tunnels", row: "tunnel", of: MobilityTunnel.self, topic: .tunnels,
        order: ["localAddress", "remoteAddress", "encapsulation"],
        columns: [
            Column("localAddress", "LOCAL"), Column("remoteAddress", "REMOTE"), Column("encapsulation", "TYPE"),
            Column("octetsSent", "OCTETS OUT"), Column("octetsReceived", "OCTETS IN"),
            Column("packetsSent", "PACKETS OUT", level: .wide), Column("packetsReceived", "PACKETS IN", level: .wide),
            .time("since", level: .wide),
        ]
    ) { state in try state.tunnels.map { try Row(encoding: state.resource($0.row)) } }

    static let traffic = RowList(
        "traffic", row: "traffic", of: ForwardedTraffic.self, topic: .traffic, order: ["homeAddress", "role"],
        columns: [
            .role("role"), Column("homeAddress"), Column("packetsToNode", "PACKETS TO"), Column("octetsToNode", "OCTETS TO"),
            Column("packetsFromNode", "PACKETS FROM"), Column("octetsFromNode", "OCTETS FROM"),
        ]
    ) { state in try state.traffic.map { try Row(encoding: state.resource($0.row)) } }

    static let advertisements = RowList(
        "advertisements", row: "advertising interface", of: AdvertisingInterface.self, topic: .advertisements, order: ["address"],
        columns: [
            Column("name", "INTERFACE"),
            Column("address") { row in Column.text(row["address"]) + (row.count("prefixLength").map { "/\($0)" } ?? "") },
            Column("flags") { row in Column.letters("RBHFMGVTUXI", AdvertisementFlags.labels.map(\.label), row["flags"]) },
            Column("maximumInterval", "EVERY") { row in
                guard row["onlyOnSolicitation"]?.isTrue != true else { return "asked" }
                return Column.text(row["minimumInterval"]) + "-" + Column.text(row["maximumInterval"]) + "s"
            },
            .duration("advertisementLifetime", "LIFETIME"), Column("advertisementsSent", "SENT"),
            Column("advertisementsSentForSolicitation", "SOLICITED"),
            Column("careOfAddresses", "CARE-OF ADDRESSES", level: .wide), Column("sequence", level: .wide),
            .time("recent", level: .wide), Column("nai", level: .wide), Column("storage", level: .wide),
            Column("interfaceIndex", level: .never),
            Column("destination", level: .wide),
            .duration("maximumRegistrationLifetime", "REGISTRATION LIFETIME", level: .wide),
            Column("challengeLength", level: .wide),
            Column("solicitationsReceived", level: .wide), Column("includesPrefixLength", level: .never),
            Column("minimumInterval", level: .never), Column("onlyOnSolicitation", level: .never),
            Column("prefixLength", level: .never),
        ]
    ) { state in try state.advertisements.map { try Row(encoding: state.resource($0.row)) } }

    static let node = RowList(
        "node", row: "mobile node", of: MobileNodeStatus.self, topic: .mobileNodeStatus, order: [],
        columns: [
            Column("state"), Column("homeAddress"), Column("nai"),
            Column("homeAgents", "HOME AGENT") { row in
                Column.text(row["homeAgents"]?.array?.compactMap(\.object).first { $0["isCurrent"]?.isTrue == true }?["address"])
            },
            Column("recentAdvertisement", "LAST HEARD") { row in Column.text(row.member(at: "recentAdvertisement.sourceAddress"))
            },
        ], isSingle: true, isServed: false
    ) { state in try state.mobileNodeStatus.map { [try Row(encoding: state.resource($0))] } ?? [] }

    static let registrations = RowList(
        "registrations", row: "registration", of: NodeRegistration.self, topic: .registrations,
        order: ["agentAddress", "careOfAddress"],
        columns: [
            Column("agentAddress", "VIA"), Column("careOfAddress", "CARE-OF ADDRESS"), Column("homeAgent"),
            .registrationFlags("flags"),
            Column("isAccepted", "STATE") { $0["isAccepted"]?.isTrue == true ? "accepted" : "pending" },
            .duration("timeRemaining", "LEFT"), .duration("lifetime", level: .wide), .time("sent", level: .wide),
            Column("reverseTunnel", level: .wide), Column("isCoLocated", "CO-LOCATED", level: .wide),
            Column("expires", level: .never),
            Column("identification", level: .never),
        ]
    ) { state in try state.registrations.map { try Row(encoding: state.resource($0.row)) } }

    static let foreignAgents = RowList(
        "foreign-agents", row: "foreign agent", of: KnownForeignAgent.self, topic: .foreignAgents,
        order: ["address", "careOfAddress"],
        columns: [
            Column("address"), Column("careOfAddress", "CARE-OF ADDRESS"),
            Column("flags") { row in Column.letters("RBHFMGVTUXI", AdvertisementFlags.labels.map(\.label), row["flags"]) },
            .duration("registrationLifetime", "LIFETIME"), .duration("timeRemaining", "LEFT"), .time("heard", level: .wide),
            Column("sequence", level: .wide), Column("expires", level: .never),
        ]
    ) { state in try state.foreignAgents.map { try Row(encoding: state.resource($0.row)) } }

    static let history = RowList(
        "history", row: "ended registration", topic: .bindings, order: ["homeAddress", "index"],
        columns: [
            .time("ended"), .role("role"), Column("homeAddress"), Column("careOfAddress", "CARE-OF ADDRESS"),
            Column("endReason", "WHY"), Column("nai", level: .wide), Column("renewals", level: .wide),
            Column("homeAgent", level: .wide), .time("created", level: .wide),
            Column("packetsToNode", "PACKETS TO", level: .wide), Column("octetsToNode", "OCTETS TO", level: .wide),
            Column("packetsFromNode", "PACKETS FROM", level: .wide), Column("octetsFromNode", "OCTETS FROM", level: .wide),
            Column("index", level: .never),
        ], isKeptByManagement: true
    ) { _ in [] }

    static let counters = RowList("counters", row: "counter", topic: .counters, order: [], columns: [], isSingle: true) { state in
        try state.countersResource.map { [try Row(encoding: $0)] } ?? []
    }

    /// What each agent says of itself, without its tables.
    static let agents = RowList(
        "agents", resource: "status", row: "agent", topic: .information, order: [],
        columns: [
            .roles("information.roles"), Column("information.version", "VERSION"), Column("connection"),
            .time("information.startTime", "SINCE"), Column("information.dataPlane", "DATA PLANE"),
            Column("information.name", "NAME", level: .wide), Column("information.processID", "PROCESS", level: .wide), .age,
            Column("lastError", level: .wide), Column("restarts", level: .wide), Column("connections", level: .wide),
            Column("information", level: .never), Column("counts", level: .never),
        ], isSingle: true
    ) { _ in [] }
}
