import HTTPTypes
import ManagementCore

/// The rows of a collection that a request selects.
struct Selection<Key: Comparable & Sendable, Row: Sendable>: Sendable {
    /// The range of keys where the rows can be; nil for the whole table.
    let keys: KeyRange<Key>?
    private let tests: [@Sendable (Row) -> Bool]

    init(_ query: Query, _ filters: [RowFilter<Key, Row>]) throws(Problem) {
        var keys: KeyRange<Key>?
        var tests: [@Sendable (Row) -> Bool] = []
        for filter in filters {
            guard let text = query[filter.name] else { continue }
            let choice = try filter.choose(text)
            keys = keys ?? choice.keys
            tests.append(choice.matches)
        }
        self.keys = keys
        self.tests = tests
    }

    /// Whether it selects every row of every table.
    var isWhole: Bool { keys == nil && tests.isEmpty }

    func matches(_ row: Row) -> Bool { tests.allSatisfy { $0(row) } }
}

/// The agents that a request selects.
enum AgentSelection {
    static func agents(_ name: String?, of agents: [ManagedAgent]) throws(Problem) -> [ManagedAgent] {
        guard let name else { return agents }
        guard let agent = agents.first(where: { $0.name == name }) else {
            throw .unknownAgent(name, known: agents.map(\.name))
        }
        return [agent]
    }
}

/// The members of rows that a request selects.
struct FieldSelection: Sendable {
    /// Nil for all.
    let names: Set<String>?

    /// - Parameter text: names separated by commas; nil for all.
    init(_ text: String?, schema: String, hasTimeRemaining: Bool) throws(Problem) {
        guard let text else {
            names = nil
            return
        }
        let known = SchemaCatalogue.shared.members(of: schema, hasTimeRemaining: hasTimeRemaining)
        let requested = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        if let unknown = requested.first(where: { !known.contains($0) }) {
            throw .badRequest("fields '\(unknown)' is invalid; expected some of \(known.joined(separator: ", "))")
        }
        names = Set(requested)
    }
}

extension HTTPFields {
    /// These fields, plus one that reports how current the snapshots of the agents behind the answer are.
    func adding(_ states: [AgentState]) -> HTTPFields {
        var fields = self
        // A list as in RFC 8941: names as strings, then parameters.
        fields[.agentData] = states.map { state in
            let name = state.name.filter { $0.isASCII && $0 != "\"" && $0 != "\\" }
            let age = state.health.age.map { ";age=\(($0 * 1000).rounded() / 1000)" } ?? ""
            return "\"\(name)\"\(age);connection=\(state.health.connection.rawValue)"
        }.joined(separator: ", ")
        return fields
    }
}

extension HTTPField.Name {
    // The name is a valid token, so this cannot fail.
    // swift-format-ignore: NeverForceUnwrap
    static let agentData = Self("MIP-Agent-Data")!
}
