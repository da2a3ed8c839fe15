import AgentModel
import JSON
import MIPMIB

// Lists about agents and their paths.
extension SNMPMapping {
    static let associations = SNMPMapping(
        isFirstAlone: true,
        parts: [
            Part(
                tables: [.mipSecurityAssocTable, .mipExtAssocTable],
                members: [
                    .peer(
                        "peer", nai: "mipSecurityPeerNAI", address: "mipSecurityPeerIpAddress", index: "mipSecurityPeerId"),
                    algorithm,
                ]),
            // The table of RFC 2006.
            Part(tables: [.mipSecAssocTable]),
        ])

    private static let algorithm = SNMPMember("algorithm", ["mipSecurityAlgorithmType", "mipSecurityAlgorithmMode"]) { objects in
        let mode = objects.text("mipSecurityAlgorithmMode")
        return switch (objects.text("mipSecurityAlgorithmType"), mode) {
        case ("md5", "prefixSuffix"): .string("prefix-suffix-md5")
        case (let hash?, "hmac"): .string("hmac-\(hash)")
        default: nil
        }
    }

    static let violations = SNMPMapping(
        isFirstAlone: true,
        parts: [
            Part(
                tables: [.mipSecurityViolationTable],
                members: [
                    .peer(
                        "violator", nai: "mipSecurityViolatorNAI", address: "mipSecurityViolatorIpAddress",
                        index: "mipSecurityViolatorId")
                ]),
            // The table of RFC 2006.
            Part(tables: [.mipSecViolationTable]),
        ])

    static let tunnels = SNMPMapping(parts: [Part(tables: [.mipExtTunnelTable])])

    static let advertisements = SNMPMapping(parts: [
        Part(
            tables: [.maAdvConfigTable],
            whole: [
                .joined(.mipExtAdvertTable, where: "mipExtAdvertAddress", is: "maInterfaceAddress"),
                .joined(.maAdvertConfTable, where: "maAdvertIfIndex", is: "maAdvertIfIndex"),
            ])
    ])

    static let agents = SNMPMapping(parts: [
        Part(
            whole: [
                WholeTable(table: .mipExtAddressTable), WholeTable(table: .faCOATable), WholeTable(table: .mipExtCapacityTable),
            ],
            scalars: [.mipSystem, .mipExtAgent, .faAdvertisement, .mipExtSignalling], needed: ["mipEntities"],
            members: [
                SNMPMember("age", ["mipExtSourceAge"]) { objects in
                    objects["mipExtSourceAge"]?.count.map { .number(Double($0) / 1000) }
                },
                roles, encapsulations, addresses,
                careOfAddresses("information.careOfAddresses") { _ in true },
                careOfAddresses("information.addedCareOfAddresses") {
                    // Rows from the agent's configuration are readOnly.
                    $0.text("faCOAStorageType").map(["nonVolatile", "volatile"].contains) ?? false
                },
            ] + capacities)
    ])

    private static let roles = SNMPMember("information.roles", ["mipEntities"]) { objects in
        let played = objects["mipEntities"]?.array?.compactMap(\.text) ?? []
        // The same order as agents use.
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

    /// How many entries an agent holds and may hold.
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
            // A resource without a row belongs to a role that the agent does not play, so its count is 0.
            return rows.first { $0.text("mipExtCapacityResource") == resource }?[column] ?? JSONValue(0)
        }
    }
}
