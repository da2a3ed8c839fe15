import AgentModel
import Foundation
import HTTPTypes
import Hummingbird
import JSON
import ManagementCore
import MobileIPv4

/// A table of the core as the API serves it: its path, the form of its rows, and how they can be filtered and sorted.
///
/// The routes, the document at `/openapi.json` and the dashboard's lists all come from these declarations.
struct ResourceCollection<Key: Codable & Comparable & Sendable, Row: Encodable & Sendable>: Sendable {
    /// One part of the path of a single row.
    struct PathPart: Sendable {
        let name: String
        let example: String
    }

    /// A member that lists can be sorted by.
    struct Sorting: Sendable {
        let name: String
        let value: @Sendable (AgentState, Row) -> SortValue
    }

    /// The last part of the path, `bindings` in `/v1/bindings`.
    let name: String
    /// One sentence.
    let about: String
    /// The type of a row in the interface description.
    let schema: String
    /// The rows of one agent. Rows that do not come from a table of the mirror are built for the request.
    let table: @Sendable (AgentState) -> OrderedTable<Key, Row>
    /// The parts of a row's path after the agent's name.
    let pathParts: [PathPart]
    /// The key with these parts; nil when they are not a valid key.
    let key: @Sendable ([String]) -> Key?
    /// Converts a row for output, for tables whose rows expire: such rows have `timeRemaining`.
    var counted: (@Sendable (Row, AgentState) -> Resource<Row>)?
    /// The part of a row that its entity tag covers, where that is not the whole row: what changes with the clock alone is left out.
    var version: @Sendable (Row) -> any Encodable = { $0 }
    var filters: [RowFilter<Key, Row>] = []
    var sortings: [Sorting] = []
    /// The member by which the rows of one agent are already ordered.
    var order: String?
    /// The agent in examples; the other parts of their paths come from `pathParts`.
    var exampleAgent = "home"

    /// A row in the form in which it is returned.
    func item(_ state: AgentState, _ row: Row) -> Resource<Row> {
        counted?(row, state) ?? Resource(agent: state.name, record: row)
    }
}

extension ResourceCollection {
    /// Serves a table of the core, with what the API adds to it.
    ///
    /// - Parameter examples: an example for each part of a row's path.
    init(
        _ table: AgentTable<Key, Row>, examples: [String], version: @escaping @Sendable (Row) -> any Encodable = { $0 },
        filters: [RowFilter<Key, Row>], sortings: [Sorting], order: String? = nil, exampleAgent: String = "home"
    ) {
        self.init(
            table, rows: table.rows, key: table.key, examples: examples, version: version, filters: filters, sortings: sortings,
            order: order, exampleAgent: exampleAgent)
    }

    /// Serves a table of the core with keys other than the core's.
    init<OwnKey>(
        _ table: AgentTable<OwnKey, Row>, rows: @escaping @Sendable (AgentState) -> OrderedTable<Key, Row>,
        key: @escaping @Sendable ([String]) -> Key?, examples: [String],
        version: @escaping @Sendable (Row) -> any Encodable = { $0 }, filters: [RowFilter<Key, Row>], sortings: [Sorting],
        order: String? = nil, exampleAgent: String = "home"
    ) {
        let counted: @Sendable (Row, AgentState) -> Resource<Row> = { row, state in table.resource(row, in: state) }
        self.init(
            name: table.name, about: table.sentence, schema: table.schema, table: rows,
            pathParts: zip(table.keyMembers, examples).map { PathPart(name: $0, example: $1) }, key: key,
            counted: table.expiry == nil ? nil : counted, version: version, filters: filters, sortings: sortings, order: order,
            exampleAgent: exampleAgent)
    }
}

/// What the server and the document need to know about a collection, independent of its row type.
protocol ServedCollection: Sendable {
    var name: String { get }
    var about: String { get }
    var schema: String { get }
    var hasTimeRemaining: Bool { get }
    var pathNames: [(name: String, example: String)] { get }
    var exampleAgent: String { get }
    var parameters: [ParameterDescription] { get }
    var sortNames: [String] { get }

    func list(_ request: Request, _ agents: [ManagedAgent]) async throws -> Response
    func single(_ request: Request, agent: String, parts: [String], _ agents: [ManagedAgent]) throws -> Response
    /// The row as JSON and its entity tag, for conditions and records of changes; nil when the row does not exist.
    func current(_ state: AgentState, parts: [String]) throws -> (value: JSONValue, tag: EntityTag)?
    /// Throws a problem that states the expected form when the parts of a path are not a valid key.
    func checkKey(_ parts: [String]) throws(Problem)
}

extension ServedCollection {
    /// The path of a row.
    func path(_ agent: String, _ parts: [String]) -> String {
        (["/v1", name] + ([agent] + parts).map { $0.addingPercentEncoding(withAllowedCharacters: .unreserved) ?? $0 })
            .joined(separator: "/")
    }

    func missingRow(at parts: [String], of agent: String) -> Problem {
        .noSuchRow("agent '\(agent)' currently has no row '\(([name] + parts).joined(separator: "/"))'")
    }
}

extension CharacterSet {
    /// Characters that need no encoding in any part of a path (RFC 3986 §2.3).
    fileprivate static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}

/// A query parameter, for the document.
struct ParameterDescription: Sendable {
    enum Form: Sendable {
        case text
        case prefix
        case number(ClosedRange<Int64>)
        case choice([String])
        case flag
    }

    let name: String
    let form: Form
    let about: String
}

extension ResourceCollection: ServedCollection {
    var hasTimeRemaining: Bool { counted != nil }
    var pathNames: [(name: String, example: String)] { pathParts.map { ($0.name, $0.example) } }
    var sortNames: [String] { sortings.map(\.name) }

    var parameters: [ParameterDescription] {
        filters.map { filter in
            let form: ParameterDescription.Form =
                switch filter.form {
                case .prefix: .prefix
                case .text, .search: .text
                case .number(let range): .number(range)
                case .choice(let words): .choice(words)
                case .flag: .flag
                }
            return ParameterDescription(name: filter.name, form: form, about: filter.about)
        }
    }

    func list(_ request: Request, _ agents: [ManagedAgent]) async throws -> Response {
        let query = try Query(request, allowed: Listing.parameters.union(filters.map(\.name)))
        let selection = try Selection(query, filters)
        let listing = try Listing(query, collection: self, as: try Accepted.choose(request, from: [.json, .ndjson]))
        return try await listing.respond(AgentSelection.agents(query["agent"], of: agents), self, selection)
    }

    func single(_ request: Request, agent: String, parts: [String], _ agents: [ManagedAgent]) throws -> Response {
        let query = try Query(request, allowed: ["fields"])
        let fields = try FieldSelection(query["fields"], schema: schema, hasTimeRemaining: hasTimeRemaining)
        guard let managed = agents.first(where: { $0.name == agent }) else {
            throw Problem.noSuchRow(Problem.unknownAgentDetail(agent, known: agents.map(\.name)))
        }
        let state = managed.state()
        guard let key = key(parts) else { throw invalidKey(parts) }
        guard let row = table(state)[key] else { throw missingRow(at: parts, of: agent) }
        let tag = try EntityTag(version(row))
        if try EntityTagList(request, .ifNoneMatch)?.names(tag) == true {
            return Response(status: .notModified, headers: [.eTag: tag.text])
        }
        let encoder = RowEncoder(fields: fields.names)
        try encoder.write(item(state, row))
        encoder.separate("\n")
        let headers: HTTPFields = [.contentType: MediaKind.json.rawValue, .eTag: tag.text]
        return Response(
            status: .ok, headers: headers.adding([state]),
            body: ResponseBody(byteBuffer: encoder.take()))
    }

    func checkKey(_ parts: [String]) throws(Problem) { if key(parts) == nil { throw invalidKey(parts) } }

    func invalidKey(_ parts: [String]) -> Problem {
        .noSuchRow(
            "key '\(parts.joined(separator: "/"))' is invalid; expected \(pathParts.map(\.name).joined(separator: "/"))"
                + (pathParts.isEmpty ? "" : " such as \(pathParts.map(\.example).joined(separator: "/"))"))
    }

    func current(_ state: AgentState, parts: [String]) throws -> (value: JSONValue, tag: EntityTag)? {
        try key(parts).flatMap { table(state)[$0] }.map { row in
            let value = try JSONValue(encoding: version(row))
            return (value, EntityTag(value))
        }
    }
}
