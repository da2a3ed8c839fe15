import AgentModel
import ManagementCore
import MobileIPv4

/// The tables that the API serves.
enum Collections {
    /// The tables taken from an agent's snapshot.
    static let all: [any ServedCollection] = [
        agents, settings, bindings, visitors, pending, associations, violations, mobileNodes, tunnels, traffic, advertisements,
        careOfAddresses, homeAgents, node, registrations, foreignAgents, exchanges, drain, extensionUses, history, outcomes,
        replyCodes, discards, ends, counters,
    ]

    /// Those tables, and the table of notification settings.
    static func served(_ notifications: (any NotificationControl)?) -> [any ServedCollection] {
        all + [self.notifications(notifications)]
    }

    /// The collection with a name, which is the last part of its path.
    static func named(_ name: String) -> (any ServedCollection)? { served(nil).first { $0.name == name } }

    /// The placeholder in a path for an identifier that a row does not have.
    static let absent = AgentTables.absent

    /// A table built for one request.
    static func table<Key: Comparable & Sendable, Row: Sendable>(
        _ rows: some Sequence<Row>, by key: (Row) -> Key
    ) -> OrderedTable<Key, Row> {
        var table = OrderedTable<Key, Row>()
        for row in rows { table.update(row, forKey: key(row)) }
        return table
    }
}

/// The key of a table with a single row.
struct OnlyKey: Codable, Hashable, Comparable, Sendable {
    static func < (_: Self, _: Self) -> Bool { false }
}

/// A key of several texts, compared one after the other.
struct TextKey: Codable, Hashable, Comparable, Sendable {
    let parts: [String]

    init(_ parts: String...) { self.parts = parts }
    init(_ parts: [String]) { self.parts = parts }

    static func < (a: Self, b: Self) -> Bool { a.parts.lexicographicallyPrecedes(b.parts) }
}
