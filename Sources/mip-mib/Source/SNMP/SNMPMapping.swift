import JSON
import MIPMIB

/// The MIB objects from which the rows of a list are made.
struct SNMPMapping: Sendable {
    /// One kind of rows of the list.
    struct Part: Sendable {
        /// Tables with the same index: the first has the rows, the others add to them. Without tables there is one row, made of scalars.
        let tables: [MIBNode]
        /// Small tables that are read whole beforehand.
        let whole: [WholeTable]
        /// Objects without which there is no row.
        let needed: [String]
        /// A member by which adjacent rows with equal values are merged into one.
        let unique: String?
        let members: [SNMPMember]

        /// - Parameters:
        ///   - scalars: groups of scalars that show members.
        ///   - list: the list whose members the tables and groups show; nil for the list they are declared for.
        ///   - members: members made from several objects, or made differently from what their objects declare. The tables, the joined
        ///     tables and the groups supply the other members.
        init(
            tables: [MIBNode] = [], whole: [WholeTable] = [], scalars: [MIBNode] = [], needed: [String] = [],
            unique: String? = nil, list: String? = nil, members: [SNMPMember] = []
        ) {
            self.tables = tables
            self.whole = whole
            self.needed = needed
            self.unique = unique
            let joined = whole.filter { $0.object != nil }.map(\.table)
            let own = Set(members.map(\.path))
            self.members =
                members + SNMPMember.shown(below: tables + joined + scalars, list: list).filter { !own.contains($0.path) }
        }

        /// Every object to read.
        var objects: Set<String> {
            Set(members.flatMap(\.objects) + needed + whole.flatMap { [$0.object, $0.rowObject].compactMap { $0 } })
        }

        /// - Parameter unsigned: the members whose values cannot be negative. Some SNMP agents have INTEGER objects for them, and negative
        ///   numbers where they know nothing; such a member is absent.
        func row(_ objects: SNMPObjects, agent: String, unsigned: Set<String>) -> Row? {
            guard needed.allSatisfy({ objects[$0] != nil }) else { return nil }
            var row = Row([("agent", .string(agent))])
            for member in members {
                guard let value = member.value(objects), value != .null else { continue }
                if case .integer(let number) = value, number < 0, unsigned.contains(member.path) { continue }
                row.set(value, at: member.path)
            }
            return row
        }
    }

    /// A table that is read whole: either for members made from all its rows, or to join each of its rows to the rows of the list whose
    /// `rowObject` equals its `object`.
    struct WholeTable: Sendable {
        let table: MIBNode
        var object: String?
        var rowObject: String?

        var name: String { table.name }

        static func joined(_ table: MIBNode, where object: String, is rowObject: String) -> WholeTable {
            WholeTable(table: table, object: object, rowObject: rowObject)
        }
    }

    /// Whether a part is read only if the parts before it have no rows. The later parts are the tables of older MIBs.
    var isFirstAlone = false
    let parts: [Part]

    /// The mappings by list name.
    static let all: [String: SNMPMapping] = [
        "bindings": bindings, "visitors": visitors, "pending": pending, "mobile-nodes": mobileNodes, "traffic": traffic,
        "history": history, "associations": associations, "violations": violations, "tunnels": tunnels,
        "advertisements": advertisements, "status": agents, "agents": agents, "counters": counters, "node": node,
        "registrations": registrations, "foreign-agents": foreignAgents, "exchanges": exchanges,
        "extension-uses": extensionUses,
    ]
}

extension Row {
    /// Sets the member at a path such as `use.accepted`, and creates the objects along the path.
    mutating func set(_ value: JSONValue, at path: String) {
        guard let dot = path.firstIndex(of: ".") else { return self[path] = value }
        let name = String(path[..<dot])
        var inner = self[name]?.object ?? Row()
        inner.set(value, at: String(path[path.index(after: dot)...]))
        self[name] = .object(inner)
    }
}
