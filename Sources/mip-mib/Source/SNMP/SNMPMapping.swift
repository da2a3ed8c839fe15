import JSON

/// Which objects make the rows of a list.
struct SNMPMapping: Sendable {
    /// Rows of one kind.
    struct Part: Sendable {
        /// Tables with one index; the first has the rows, the others add to them. Without any there is one row, of scalars.
        var tables: [String] = []
        /// Small tables that are read whole before.
        var whole: [WholeTable] = []
        /// Objects without which there is no row.
        var needed: [String] = []
        /// Which rows of the table count.
        var accepts: @Sendable (SNMPObjects) -> Bool = { _ in true }
        /// A member in which neighbours that are equal are one row.
        var unique: String?
        let members: [SNMPMember]

        /// Every object that is read.
        var objects: Set<String> {
            Set(members.flatMap(\.objects) + needed + whole.flatMap { [$0.object, $0.rowObject].compactMap { $0 } })
        }

        func row(_ objects: SNMPObjects, agent: String) -> Row? {
            guard needed.allSatisfy({ objects[$0] != nil }), accepts(objects) else { return nil }
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
        let name: String
        var object: String?
        var rowObject: String?

        static func joined(_ name: String, where object: String, is rowObject: String) -> WholeTable {
            WholeTable(name: name, object: object, rowObject: rowObject)
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
