import AgentModel
import JSON
import MIPMIB

// Lists about mobile nodes.
extension SNMPMapping {
    static let bindings = SNMPMapping(parts: [Part(tables: [.haMobilityBindingTable, .mipExtBindingTable])])

    static let visitors = SNMPMapping(
        isFirstAlone: true,
        parts: [
            Part(tables: [.faRegVisitorTable, .mipExtVisitorTable]),
            // The table of RFC 2006.
            Part(tables: [.faVisitorTable]),
        ])

    static let pending = SNMPMapping(parts: [
        Part(
            tables: [.mipExtPendingTable],
            members: [
                SNMPMember("nai", []) { $0.text("mipExtPendingIdType") == "nai" ? $0["mipExtPendingId"] : nil },
                SNMPMember("timeRemaining", ["mipExtPendingTimeRemaining"]) { objects in
                    objects["mipExtPendingTimeRemaining"]?.count.map { JSONValue($0 / 1000) }
                },
            ])
    ])

    static let mobileNodes = SNMPMapping(
        isFirstAlone: true,
        parts: [
            Part(tables: [.mipExtNodeAddressTable]),
            // The table of RFC 2006.
            Part(tables: [.haCounterTable]),
        ])

    static let traffic = SNMPMapping(parts: [
        Part(
            tables: [.haMobilityBindingTable, .mipExtBindingTable], needed: ["mipExtBindingPacketsToNode"],
            unique: "homeAddress", list: "traffic", members: node(.homeAgent, "haMobilityBindingMN")),
        Part(
            tables: [.faRegVisitorTable, .mipExtVisitorTable], needed: ["mipExtVisitorPacketsToNode"],
            unique: "homeAddress", list: "traffic", members: node(.foreignAgent, "faRegVisitorHomeAddress")),
        Part(
            scalars: [.mipExtMobileNode], needed: ["mnHomeAddress", "mipExtMnPacketsToNode"], list: "traffic",
            members: node(.mobileNode, "mnHomeAddress")),
    ])

    /// The members that say whose traffic it is.
    private static func node(_ role: AgentRole, _ homeAddress: String) -> [SNMPMember] {
        [.constant("role", role.rawValue), SNMPMember("homeAddress", homeAddress)]
    }

    static let exchanges = SNMPMapping(parts: [
        Part(
            tables: [.mipExtExchangeTable],
            // Every exchange has a text, which may be empty.
            members: [SNMPMember("text", "mipExtExchangeText")])
    ])

    static let extensionUses = SNMPMapping(parts: [Part(tables: [.mipExtExtensionUseTable])])

    static let history = SNMPMapping(parts: [Part(tables: [.mipExtHistoryTable])])

    static let registrations = SNMPMapping(parts: [Part(tables: [.mnRegistrationTable])])

    static let foreignAgents = SNMPMapping(parts: [
        Part(
            tables: [.mnFATable, .mipExtHeardTable],
            members: [
                SNMPMember("timeRemaining", ["mipExtHeardExpires", "mipExtAgentTime"]) { objects in
                    guard let end = objects.time("mipExtHeardExpires"), let now = objects.time("mipExtAgentTime") else {
                        return nil
                    }
                    return JSONValue(max(0, end.milliseconds(since: now) / 1000))
                }
            ])
    ])

    static let node = SNMPMapping(parts: [
        Part(
            whole: [WholeTable(table: .mnHATable)], scalars: [.mnSystem, .mnDiscovery, .mipExtMobileNode], needed: ["mnState"],
            members: [
                SNMPMember("nai", ["mnIdentifierType", "mnIdentifier"]) { objects in
                    objects.text("mnIdentifierType") == "nai" ? objects["mnIdentifier"] : nil
                },
                SNMPMember("homeAgents", ["mnHAAddress", "mnCurrentHA"]) { objects in
                    .array(
                        (objects.tables["mnHATable"] ?? []).map { agent in
                            .object(
                                Row([
                                    ("address", agent["mnHAAddress"] ?? .null),
                                    ("isCurrent", .bool(agent.text("mnCurrentHA") == "true")),
                                ]))
                        })
                },
            ])
    ])
}
