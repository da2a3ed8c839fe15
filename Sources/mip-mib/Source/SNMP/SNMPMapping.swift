import JSON
import MIPMIB

/// Which objects make the rows of a list.
struct SNMPMapping: Sendable {
    /// Rows of one kind.
    struct Part: Sendable {
        /// Tables with one index; the first has the rows, the others add to them. Without any there is one row, of scalars.
        let tables: [MIBNode]
        /// Small tables that are read whole before.
        let whole: [WholeTable]
        /// Objects without which there is no row.
        let needed: [String]
        /// A member in which neighbours that are equal are one row.
        let unique: String?
        let members: [SNMPMember]

        /// - Parameters:
        ///   - scalars: groups of scalars that show members.
        ///   - list: which list's members the tables and groups show; nil for the one that they are made for.
        ///   - members: those that are made of several objects or otherwise than their objects are declared to show them. The others
        ///     are what the tables, those that are joined, and the groups show.
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

        /// Every object that is read.
        var objects: Set<String> {
            Set(members.flatMap(\.objects) + needed + whole.flatMap { [$0.object, $0.rowObject].compactMap { $0 } })
        }

        func row(_ objects: SNMPObjects, agent: String) -> Row? {
            guard needed.allSatisfy({ objects[$0] != nil }) else { return nil }
            var row = Row([("agent", .string(agent))])
            for member in members {
                if let value = member.value(objects), value != .null { row.set(value, at: member.path) }
            }
            return row
        }
    }

    /// A table that is read whole: for members made of all its rows, or to add the row to each row of the list whose `rowObject` is its
    /// `object`.
    struct WholeTable: Sendable {
        let table: MIBNode
        var object: String?
        var rowObject: String?

        var name: String { table.name }

        static func joined(_ table: MIBNode, where object: String, is rowObject: String) -> WholeTable {
            WholeTable(table: table, object: object, rowObject: rowObject)
        }
    }

    /// Whether a part is read only when those before it have no rows: what older MIBs have.
    var isFirstAlone = false
    let parts: [Part]

    /// By the name of the list.
    static let all: [String: SNMPMapping] = [
        "bindings": bindings, "visitors": visitors, "pending": pending, "mobile-nodes": mobileNodes, "traffic": traffic,
        "history": history, "associations": associations, "violations": violations, "tunnels": tunnels,
        "advertisements": advertisements, "status": agents, "agents": agents, "counters": counters, "node": node,
        "registrations": registrations, "foreign-agents": foreignAgents,
    ]
}

extension Row {
    /// Sets the member at a path such as `use.accepted`, and makes the objects on the way to it.
    mutating func set(_ value: JSONValue, at path: String) {
        guard let dot = path.firstIndex(of: ".") else { return self[path] = value }
        let name = String(path[..<dot])
        var inner = self[name]?.object ?? Row()
        inner.set(value, at: String(path[path.index(after: dot)...]))
        self[name] = .object(inner)
    }
}
