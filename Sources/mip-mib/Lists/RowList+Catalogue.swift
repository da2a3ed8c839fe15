import AgentControl
import AgentModel
import JSON
import ManagementCore
import MobileIPv4

/// Every table that can be listed.
extension RowList {
    static let all = [
        bindings, visitors, pending, associations, violations, mobileNodes, tunnels, traffic, advertisements, node, registrations,
        foreignAgents, exchanges, extensionUses, history,
    ]

    static let bindings = RowList(
        AgentTables.bindings,
        columns: [
            Column("homeAddress"), Column("careOfAddress", "CARE-OF ADDRESS"), Column("nai"), .registrationFlags("flags"),
            .duration("timeRemaining", "LEFT"), Column("service", level: .wide),
            .duration("lifetimeGranted", "GRANTED", level: .wide),
            .endpoint("sourceAddress", port: "sourcePort", "SOURCE", level: .wide), Column("homeAgent", level: .wide),
            Column("encapsulation", level: .wide), Column("reverseTunnel", level: .wide), Column("spi", level: .wide),
            Column("renewals", level: .wide), Column("handoffs", level: .wide), .time("created", level: .wide),
            .time("renewed", level: .wide),
            Column("expires", level: .never), Column("identification", level: .never), Column("sourcePort", level: .never),
        ])

    private static let visitorColumns = [
        Column("sourceAddress", "SOURCE"), Column("homeAddress"), Column("homeAgent"),
        Column("nai"), Column("state"), .duration("timeRemaining", "LEFT"),
        Column("careOfAddress", "CARE-OF ADDRESS", level: .wide), Column("service", level: .wide),
        Column("lifetimeGranted", "GRANTED", level: .wide) { row in
            row.text("state") == "pending" ? "-" : row.count("lifetimeGranted").map { duration(UInt32(clamping: $0)) } ?? "-"
        },
        .registrationFlags("flags", level: .wide), Column("reverseTunnel", level: .wide),
        .duration("lifetimeRequested", "REQUESTED", level: .wide), .time("created", level: .wide),
        Column("expires", level: .never), Column("identification", level: .never), Column("sourcePort", level: .never),
    ]

    static let visitors = RowList(AgentTables.visitors, columns: visitorColumns)

    static let pending = RowList(
        AgentTables.pending,
        columns: [
            Column("homeAddress"), Column("nai"), Column("homeAgent"), Column("kind"),
            Column("retransmissions", "REPEATED"), .duration("timeRemaining", "LEFT"), .time("sent", level: .wide),
            Column("expires", level: .never),
        ])

    static let associations = RowList(
        AgentTables.associations,
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
        ])

    static let violations = RowList(
        AgentTables.violations,
        columns: [
            Column("violator"), Column("count"), .time("recentTime", "LAST TIME"), Column("recentReason", "REASON"),
            Column("recentCode", "CODE"), Column("recentSPI", "SPI", level: .wide),
            Column("recentIdentification", "IDENTIFICATION", level: .wide),
        ])

    static let mobileNodes = RowList(
        AgentTables.mobileNodes,
        columns: [
            Column("homeAddress"), Column("nai"), Column("requestsReceived", "REQUESTS"), Column("accepted"), Column("denied"),
            Column("recentDeniedCode", "DENIED WITH"), Column("serviceTime", level: .wide), .time("servingSince", level: .wide),
            .time("recentAccepted", level: .wide), .time("recentDenied", level: .wide),
        ])

    static let tunnels = RowList(
        AgentTables.tunnels,
        columns: [
            Column("localAddress", "LOCAL"), Column("remoteAddress", "REMOTE"), Column("encapsulation", "TYPE"),
            Column("octetsSent", "OCTETS OUT"), Column("octetsReceived", "OCTETS IN"),
            Column("packetsSent", "PACKETS OUT", level: .wide), Column("packetsReceived", "PACKETS IN", level: .wide),
            .time("since", level: .wide),
        ])

    static let traffic = RowList(
        AgentTables.traffic,
        columns: [
            .role("role"), Column("homeAddress"), Column("packetsToNode", "PACKETS TO"), Column("octetsToNode", "OCTETS TO"),
            Column("packetsFromNode", "PACKETS FROM"), Column("octetsFromNode", "OCTETS FROM"),
        ])

    static let advertisements = RowList(
        AgentTables.advertisements,
        columns: [
            Column("name", "INTERFACE"),
            Column("address") { row in Column.text(row["address"]) + (row.count("prefixLength").map { "/\($0)" } ?? "") },
            Column("flags") { row in Column.letters("RBHFMGVTUXI", AdvertisementFlags.labels.map(\.label), row["flags"]) },
            Column("maximumInterval", "EVERY") { row in
                guard row["onlyOnSolicitation"]?.isTrue != true else { return "solicited" }
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
            Column("prefixLength", level: .never), Column("routesCommonTraffic", level: .never),
        ])

    static let node = RowList(
        "node", row: "mobile node", of: MobileNodeStatus.self, topic: .mobileNodeStatus, order: [],
        columns: [
            Column("state"), Column("homeAddress"), Column("nai"),
            Column("homeAgents", "HOME AGENT") { row in
                Column.text(row["homeAgents"]?.array?.compactMap(\.object).first { $0["isCurrent"]?.isTrue == true }?["address"])
            },
            Column("recentAdvertisement", "LAST HEARD") { row in Column.text(row.member(at: "recentAdvertisement.sourceAddress"))
            },
            received("homeAgentMessage", "HOME AGENT SAYS", "text"),
            received("foreignAgentMessage", "FOREIGN AGENT SAYS", "text"),
            received("foreignAgentError", "FOREIGN AGENT ERROR", "status"),
            Column("homeAgentSearch", "SEARCH", level: .wide, cell: search),
            Column("hostConfiguration", "HOST CONFIGURATION", level: .wide, cell: hostConfiguration),
            Column("homeAgentIdentity", level: .wide), Column("homeAAAIdentity", "HOME AAA IDENTITY", level: .wide),
        ], isSingle: true
    ) { state in try state.mobileNodeStatus.map { [try Row(encoding: state.resource($0))] } ?? [] }

    /// A column of what a mobile node has received from an agent, marked if anyone on the way may have written it.
    private static func received(_ name: String, _ title: String, _ shown: String) -> Column {
        Column(name, title, level: .wide) { row in
            guard let value = row.member(at: "\(name).\(shown)") else { return "-" }
            return Column.text(value) + (row.member(at: "\(name).isAuthenticated")?.isTrue == true ? "" : " (unsigned)")
        }
    }

    /// How far a mobile node has got with its search for a home agent: `anchored at 10.0.0.1 (redirected by 10.0.0.2)`.
    private static let search: @Sendable (Row) -> String = { row in
        guard let state = row.member(at: "homeAgentSearch.state") else { return "-" }
        let address = Column.text(row.member(at: "homeAgentSearch.homeAgent"))
        let homeAgent = ["-", "0.0.0.0"].contains(address) ? "" : " at \(address)"
        let others = row.member(at: "homeAgentSearch.redirects")?.array ?? []
        let source =
            others.isEmpty
            ? Column.text(row.member(at: "homeAgentSearch.source")) : "redirected by \(Column.text(.array(others)))"
        return "\(Column.text(state))\(homeAgent) (\(source))"
    }

    /// What a mobile node has been given, and whether its machine uses the name servers and the domain in it, if there are some.
    private static let hostConfiguration: @Sendable (Row) -> String = { row in
        guard row.member(at: "hostConfiguration") != nil else { return "-" }
        let parts = [
            ("name servers", "domainNameServers"), ("domain", "domainNameSuffix"), ("gateway", "defaultGateway"),
            ("prefix length", "prefixLength"), ("DHCP server", "dhcpServer"), ("more at", "configurationURL"),
        ].compactMap { title, member in
            let text = Column.text(row.member(at: "hostConfiguration.\(member)"))
            return text == "-" ? nil : "\(title) \(text)"
        }
        let isForResolver = parts.contains { $0.hasPrefix("name servers ") || $0.hasPrefix("domain ") }
        let isApplied = row.member(at: "hostConfiguration.isApplied")?.isTrue == true
        return (isForResolver ? isApplied ? "in use: " : "not in use: " : "")
            + (parts.isEmpty ? "nothing" : parts.joined(separator: "; "))
    }

    static let registrations = RowList(
        AgentTables.registrations,
        columns: [
            Column("agentAddress", "VIA"), Column("careOfAddress", "CARE-OF ADDRESS"), Column("homeAgent"),
            .registrationFlags("flags"),
            Column("isAccepted", "STATE") { $0["isAccepted"]?.isTrue == true ? "accepted" : "pending" },
            .duration("timeRemaining", "LEFT"), .duration("lifetime", level: .wide), .time("sent", level: .wide),
            Column("reverseTunnel", level: .wide), Column("isCoLocated", "CO-LOCATED", level: .wide),
            Column("expires", level: .never),
            Column("identification", level: .never),
        ])

    static let foreignAgents = RowList(
        AgentTables.foreignAgents,
        columns: [
            Column("address"), Column("careOfAddress", "CARE-OF ADDRESS"),
            Column("flags") { row in Column.letters("RBHFMGVTUXI", AdvertisementFlags.labels.map(\.label), row["flags"]) },
            .duration("registrationLifetime", "LIFETIME"), .duration("timeRemaining", "LEFT"), .time("heard", level: .wide),
            Column("sequence", level: .wide), Column("expires", level: .never),
        ])

    static let exchanges = RowList(
        AgentTables.exchanges,
        columns: [
            Column("number", "#"), Column("kind"), .role("role"), Column("peer"), Column("homeAddress"),
            Column("careOfAddress", "CARE-OF ADDRESS"), Column("state"), Column("tries"),
            Column("delay") { row in row.count("delay").map { "\($0)ms" } ?? "-" }, .time("started"), Column("text"),
            .role("peerRole", "PEER ROLE", level: .wide), Column("nai", level: .wide), Column("homeAgent", level: .wide),
            .time("nextTry", "NEXT TRY", level: .wide), .time("ended", level: .wide), Column("code", level: .wide),
            Column("reason", "WHY", level: .wide), Column("informsNode", "INFORMS NODE", level: .wide),
        ])

    static let extensionUses = RowList(
        AgentTables.extensionUses,
        columns: [
            .role("role"), Column("type"), Column("vendor"), Column("number"), Column("isKnown", "KNOWN"), Column("seen"),
            Column("accepted"), Column("skipped"), Column("refused"), Column("lastSource", "LAST SOURCE"),
            .time("lastSeen", "LAST SEEN"),
        ])

    static let history = RowList(
        AgentTables.history, isKeptByManagement: true,
        columns: [
            .time("ended"), .role("role"), Column("homeAddress"), Column("careOfAddress", "CARE-OF ADDRESS"),
            Column("endReason", "WHY"), Column("nai", level: .wide), Column("renewals", level: .wide),
            Column("homeAgent", level: .wide), .time("created", level: .wide),
            Column("packetsToNode", "PACKETS TO", level: .wide), Column("octetsToNode", "OCTETS TO", level: .wide),
            Column("packetsFromNode", "PACKETS FROM", level: .wide), Column("octetsFromNode", "OCTETS FROM", level: .wide),
            Column("index", level: .never),
        ])

    static let counters = RowList("counters", row: "counter", topic: .counters, order: [], columns: [], isSingle: true) { state in
        try state.countersResource.map { [try Row(encoding: $0)] } ?? []
    }

    /// What each agent reports about itself, without its tables.
    static let agents = RowList(
        "agents", resource: "status", row: "agent", topic: .information, order: [],
        columns: [
            .roles("information.roles"), Column("information.version", "VERSION"), Column("connection"),
            .time("information.startTime", "SINCE"), Column("information.dataPlane", "DATA PLANE"),
            Column("information.name", "NAME", level: .wide), Column("information.processID", "PROCESS", level: .wide), .age,
            Column("lastError", level: .wide), Column("restarts", level: .wide), Column("connections", level: .wide),
            .time("information.drain.since", "DRAINING SINCE", level: .wide),
            Column("information.drain.homeAgents", "DRAINS TO", level: .wide),
            Column("information.drain.redirected", "REDIRECTED", level: .wide),
            Column("information.durability", "DURABILITY", level: .wide), Column("information.starts", "STARTS", level: .wide),
            Column("information.stateError", "STATE ERROR", level: .wide),
            Column("information", level: .never), Column("counts", level: .never),
        ], isSingle: true
    ) { _ in [] }
}
