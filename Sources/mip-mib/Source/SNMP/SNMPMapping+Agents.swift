import AgentModel
import JSON

// Lists about agents and the paths to them.
extension SNMPMapping {
    static let associations = SNMPMapping(
        isFirstAlone: true,
        parts: [
            Part(
                tables: ["mipSecurityAssocTable", "mipExtAssocTable"],
                members: [
                    .peer(
                        "peer", nai: "mipSecurityPeerNAI", address: "mipSecurityPeerIpAddress", index: "mipSecurityPeerId"),
                    SNMPMember("peerRole", "mipExtAssocPeerRole"), SNMPMember("spi", "mipSecuritySPI"), algorithm,
                    SNMPMember("replayMethod", "mipSecurityReplayMethod"),
                    SNMPMember("replayTolerance", "mipSecurityReplayTime"), storage("mipSecurityStorageType"),
                    .time("use.lastUsed", "mipExtAssocLastUsed"), SNMPMember("use.accepted", "mipExtAssocAccepted"),
                    SNMPMember("use.authenticationFailures", "mipExtAssocAuthFailures"),
                    SNMPMember("use.replayFailures", "mipExtAssocReplayFailures"),
                    SNMPMember("use.clockOffset", "mipExtAssocClockOffset"),
                ]),
            // RFC 2006.
            Part(
                tables: ["mipSecAssocTable"],
                members: [
                    SNMPMember("peer", "mipSecPeerAddress"), SNMPMember("spi", "mipSecSPI"),
                    SNMPMember("replayMethod", "mipSecReplayMethod"),
                ]),
        ])

    private static let algorithm = SNMPMember("algorithm", ["mipSecurityAlgorithmType", "mipSecurityAlgorithmMode"]) { objects in
        let mode = objects.text("mipSecurityAlgorithmMode")
        return switch (objects.text("mipSecurityAlgorithmType"), mode) {
        case ("md5", "prefixSuffix"): .string("prefix-suffix-md5")
        case (let hash?, "hmac"): .string("hmac-\(hash)")
        default: nil
        }
    }

    /// Rows that are from a configuration have none.
    private static func storage(_ object: String) -> SNMPMember {
        SNMPMember("storage", [object]) { objects in objects.text(object) == "readOnly" ? nil : objects[object] }
    }

    static let violations = SNMPMapping(
        isFirstAlone: true,
        parts: [
            Part(
                tables: ["mipSecurityViolationTable"],
                members: [
                    .peer(
                        "violator", nai: "mipSecurityViolatorNAI", address: "mipSecurityViolatorIpAddress",
                        index: "mipSecurityViolatorId"),
                    SNMPMember("count", "mipSecurityViolationCounter"),
                    SNMPMember("recentSPI", "mipSecurityRecentViolationSPI"),
                    .stamp("recentTime", "mipSecurityRecentViolationTime"),
                    .identification(
                        "recentIdentification", high: "mipSecurityRecentViolationIDHigh",
                        low: "mipSecurityRecentViolationIDLow"),
                    SNMPMember("recentReason", "mipSecurityRecentViolationReason"),
                    .nonZero("recentCode", "mipSecurityRecentViolationErrCode"),
                ]),
            // RFC 2006.
            Part(
                tables: ["mipSecViolationTable"],
                members: [
                    SNMPMember("violator", "mipSecViolatorAddress"), SNMPMember("count", "mipSecViolationCounter"),
                    .unsigned("recentSPI", "mipSecRecentViolationSPI"), .stamp("recentTime", "mipSecRecentViolationTime"),
                    .identification(
                        "recentIdentification", high: "mipSecRecentViolationIDHigh", low: "mipSecRecentViolationIDLow"),
                    SNMPMember("recentReason", "mipSecRecentViolationReason"),
                ]),
        ])

    static let tunnels = SNMPMapping(parts: [
        Part(
            tables: ["mipExtTunnelTable"],
            members: [
                SNMPMember("localAddress", "mipExtTunnelLocal"), SNMPMember("remoteAddress", "mipExtTunnelRemote"),
                SNMPMember("encapsulation", "mipExtTunnelEncapsulation"), SNMPMember("packetsSent", "mipExtTunnelPacketsSent"),
                SNMPMember("octetsSent", "mipExtTunnelOctetsSent"), SNMPMember("packetsReceived", "mipExtTunnelPacketsReceived"),
                SNMPMember("octetsReceived", "mipExtTunnelOctetsReceived"), .stamp("since", "mipExtTunnelDiscontinuity"),
            ])
    ])

    static let advertisements = SNMPMapping(parts: [
        Part(
            tables: ["maAdvConfigTable"],
            whole: [
                .joined("mipExtAdvertTable", where: "mipExtAdvertAddress", is: "maInterfaceAddress"),
                .joined("maAdvertConfTable", where: "maAdvertIfIndex", is: "maAdvertIfIndex"),
            ],
            members: [
                SNMPMember("name", "mipExtAdvertInterfaceName"), SNMPMember("interfaceIndex", "maAdvertIfIndex"),
                storage("maAdvertStorageType"), SNMPMember("address", "maInterfaceAddress"),
                SNMPMember("prefixLength", "mipExtAdvertPrefixLength"), SNMPMember("destination", "maAdvAddress"),
                SNMPMember("maximumRegistrationLifetime", "maAdvMaxRegLifetime"),
                SNMPMember("maximumInterval", "maAdvMaxInterval"), SNMPMember("minimumInterval", "maAdvMinInterval"),
                SNMPMember("advertisementLifetime", "maAdvMaxAdvLifetime"),
                .truth("onlyOnSolicitation", "maAdvResponseSolicitationOnly"),
                .truth("includesPrefixLength", "maAdvPrefixLengthInclusion"), .advertisementFlags("flags", "mipExtAdvertFlags"),
                SNMPMember("challengeLength", "mipExtAdvertChallengeLength"), .text("nai", "maAdvertNetworkNAI"),
                SNMPMember("sequence", "mipExtAdvertSequence"), SNMPMember("advertisementsSent", "mipExtAdvertSent"),
                SNMPMember("advertisementsSentForSolicitation", "mipExtAdvertSentForSolicitation"),
                SNMPMember("solicitationsReceived", "mipExtAdvertSolicitations"), .time("recent", "mipExtAdvertLastSent"),
            ])
    ])

    static let agents = SNMPMapping(parts: [
        Part(
            whole: [
                WholeTable(name: "mipExtAddressTable"), WholeTable(name: "faCOATable"), WholeTable(name: "mipExtCapacityTable"),
            ],
            needed: ["mipEntities"],
            members: [
                SNMPMember("connection", "mipExtSourceStatus"),
                SNMPMember("age", ["mipExtSourceAge"]) { objects in
                    objects["mipExtSourceAge"]?.count.map { .number(Double($0) / 1000) }
                },
                .text("lastError", "mipExtSourceLastError"), SNMPMember("connections", "mipExtSourceConnections"),
                SNMPMember("restarts", "mipExtSourceRestarts"), .text("information.version", "mipExtAgentVersion"),
                .text("information.instance", "mipExtAgentInstance"),
                SNMPMember("information.processID", "mipExtAgentProcessID"), roles,
                .time("information.startTime", "mipExtAgentStartTime"),
                encapsulations, addresses,
                careOfAddresses("information.careOfAddresses") { _ in true },
                careOfAddresses("information.addedCareOfAddresses") { $0.text("faCOAStorageType") == "nonVolatile" },
                SNMPMember("information.dataPlane", ["mipExtAgentDataPlane"]) { objects in
                    objects.text("mipExtAgentDataPlane") == "none" ? nil : objects["mipExtAgentDataPlane"]
                },
            ] + settings + capacities)
    ])

    /// The settings that have a scalar.
    private static let settings: [SNMPMember] = Setting.all.compactMap { setting in
        setting.scalar.map { scalar in
            let path = "information.\(setting.name)"
            return setting.form == .truth ? .truth(path, scalar) : SNMPMember(path, scalar)
        }
    }

    private static let roles = SNMPMember("information.roles", ["mipEntities"]) { objects in
        let played = objects["mipEntities"]?.array?.compactMap(\.text) ?? []
        // As the agents themselves tell them.
        let order: [AgentRole] = [.homeAgent, .foreignAgent, .mobileNode]
        return .array(order.map(\.rawValue).filter(played.contains).map(JSONValue.string))
    }

    private static let encapsulations = SNMPMember("information.encapsulations", ["mipEncapsulationSupported"]) { objects in
        let known = Encapsulation.allCases.map(\.rawValue)
        return objects["mipEncapsulationSupported"]?.array.map { .array($0.filter { $0.text.map(known.contains) ?? false }) }
    }

    private static let addresses = SNMPMember(
        "information.addresses", ["mipExtAddressRole", "mipExtAddressValue", "mipExtAddressPort"]
    ) { objects in
        objects.tables["mipExtAddressTable"].map { rows in
            .array(
                rows.map { row in
                    .object(
                        Row([
                            ("role", row["mipExtAddressRole"] ?? .null), ("address", row["mipExtAddressValue"] ?? .null),
                            ("port", row["mipExtAddressPort"] ?? .null),
                        ]))
                })
        }
    }

    private static func careOfAddresses(_ path: String, _ isWanted: @escaping @Sendable (Row) -> Bool) -> SNMPMember {
        SNMPMember(path, ["faSupportedCOA", "faCOAStatus", "faCOAStorageType"]) { objects in
            .array((objects.tables["faCOATable"] ?? []).filter(isWanted).compactMap { $0["faSupportedCOA"] })
        }
    }

    /// How much an agent holds, and may hold.
    private static let capacities: [SNMPMember] =
        [("bindings", "bindings"), ("visitors", "visitors"), ("associations", "associations"), ("violations", "violators")].map {
            member, resource in capacity("counts.\(member)", resource, "mipExtCapacityInUse")
        }
        + [
            ("maximumBindings", "bindings"), ("maximumVisitors", "visitors"), ("maximumPending", "pendingRegistrations"),
            ("maximumViolators", "violators"), ("maximumMobileNodes", "mobileNodes"),
        ].map { member, resource in capacity("information.\(member)", resource, "mipExtCapacityMaximum") }

    private static func capacity(_ path: String, _ resource: String, _ column: String) -> SNMPMember {
        SNMPMember(path, ["mipExtCapacityInUse", "mipExtCapacityMaximum"]) { objects in
            guard let rows = objects.tables["mipExtCapacityTable"], !rows.isEmpty else { return nil }
            // What no role of the agent has, it has none of.
            return rows.first { $0.text("mipExtCapacityResource") == resource }?[column] ?? JSONValue(0)
        }
    }
}
