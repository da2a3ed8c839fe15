import AgentModel
import JSON
import MIPMIB

// All counters of an agent, as one object.
extension SNMPMapping {
    static let counters = SNMPMapping(parts: [
        Part(
            whole: [
                WholeTable(table: .mipExtReplyTable), WholeTable(table: .mipExtOutcomeTable),
                WholeTable(table: .mipExtDiscardTable), WholeTable(table: .mipExtDropTable),
            ],
            needed: ["mipEntities"],
            members: AgentCounters.declared.compactMap(member))
    ])

    /// The member for a counter, made from its object or table; nil for a counter that SNMP does not provide.
    private static func member(_ counter: CounterDescriptor) -> SNMPMember? {
        switch counter.value {
        case .count: counter.object.map { SNMPMember(counter.path, $0) }
        case .codes(let direction, _): counter.group.role.map { replies(counter.path, $0, direction.rawValue) }
        case .outcomes: counter.group.role.map { outcomes(counter.path, $0) }
        case .discards: discards(counter.path, counter.group.rawValue)
        case .drops: drops
        }
    }

    /// Whether the agent plays a role. Only then does it have the role's counters.
    private static func plays(_ role: AgentRole, _ objects: SNMPObjects) -> Bool {
        objects["mipEntities"]?.array?.contains(.string(role.rawValue)) ?? false
    }

    /// Counts by reply code. Only codes that have occurred have rows.
    private static func replies(_ path: String, _ role: AgentRole, _ direction: String) -> SNMPMember {
        let columns = ["mipExtReplyRole", "mipExtReplyDirection", "mipExtReplyCode", "mipExtReplyCount"]
        return SNMPMember(path, columns + ["mipEntities"]) { objects in
            guard plays(role, objects), let rows = objects.tables["mipExtReplyTable"] else { return nil }
            let own = rows.filter { $0.text(columns[0]) == role.rawValue && $0.text(columns[1]) == direction }
            return .object(Row(own.map { ($0[columns[2]]?.plainText ?? "", $0[columns[3]] ?? .null) }))
        }
    }

    private static func outcomes(_ path: String, _ role: AgentRole) -> SNMPMember {
        let counts = ["received", "accepted", "denied", "discarded"]
        @Sendable func object(_ name: String) -> String { "mipExtOutcome" + name.prefix(1).uppercased() + name.dropFirst() }
        return SNMPMember(path, counts.map(object)) { objects in
            let own = objects.tables["mipExtOutcomeTable"]?.filter { $0.text("mipExtOutcomeRole") == role.rawValue } ?? []
            guard !own.isEmpty else { return nil }
            return .object(
                Row(
                    own.map { row in
                        (row.text("mipExtOutcomeKind") ?? "", .object(Row(counts.map { ($0, row[object($0)] ?? .null) })))
                    }))
        }
    }

    private static func discards(_ path: String, _ role: String) -> SNMPMember {
        SNMPMember(path, ["mipExtDiscardCount"]) { objects in
            let own = objects.tables["mipExtDiscardTable"]?.filter { $0.text("mipExtDiscardRole") == role } ?? []
            guard !own.isEmpty else { return nil }
            return .object(Row(own.map { ($0.text("mipExtDiscardReason") ?? "", $0["mipExtDiscardCount"] ?? .null) }))
        }
    }

    private static let drops = SNMPMember("forwarding.drops", ["mipExtDropCount"]) { objects in
        guard let rows = objects.tables["mipExtDropTable"], !rows.isEmpty else { return nil }
        return .object(Row(rows.map { ($0.text("mipExtDropReason") ?? "", $0["mipExtDropCount"] ?? .null) }))
    }
}
