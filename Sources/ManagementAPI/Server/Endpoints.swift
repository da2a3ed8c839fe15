import AgentControl
import AgentModel
import Foundation
import HTTPTypes
import Hummingbird
import ManagementCore
import MobileIPv4

/// What is served at which path.
struct Endpoints: Sendable {
    static let paths = [
        "/v1/status", "/v1/bindings", "/v1/visitors", "/v1/counters", "/v1/associations", "/v1/violations", "/v1/tunnels",
        "/v1/history",
        "/v1/traffic", "/v1/advertisements", "/v1/registrations", "/v1/foreign-agents", "/v1/events", "/metrics", "/healthz",
        "/readyz",
    ]

    let agents: [ManagedAgent]
    let snmpStatus: (@Sendable () -> any Encodable & Sendable)?
    let events: EventEndpoint
    let metrics: MetricsEndpoint
    let revocation: BindingRevocation

    func add(to router: Router<APIContext>) {
        revocation.add(to: router)
        router.get("/healthz") { request, _ in
            _ = try Query(request, allowed: [])
            return try Self.json(["status": "ok"])
        }
        router.get("/readyz") { request, _ in
            _ = try Query(request, allowed: [])
            return try ready()
        }
        router.get("/v1/status") { request, _ in try status(Query(request, allowed: [])) }
        router.get("/v1/counters") { request, _ in
            let query = try Query(request, allowed: ["agent"])
            return try Self.json(states(query).compactMap(\.countersResource))
        }
        router.get("/v1/bindings") { request, _ in
            let query = try Query(request, allowed: Self.listParameters.union(Self.nodeParameters))
            let filter = try NodeFilter(query)
            return try Listing(query).respond(
                states(query), \.bindings, keys: filter.bindingKeys,
                where: { filter.matches($0.homeAddress, $0.careOfAddress, $0.nai) }, { $0.resource($1) })
        }
        router.get("/v1/visitors") { request, _ in
            let query = try Query(request, allowed: Self.listParameters.union(Self.nodeParameters))
            let filter = try NodeFilter(query)
            return try Listing(query).respond(
                states(query), \.visitors,
                where: { filter.matches($0.homeAddress, $0.careOfAddress, $0.nai) }, { $0.resource($1) })
        }
        router.get("/metrics") { request, _ in try metrics.respond(request) }
        router.get("/v1/events") { request, _ in try events.respond(request) }
        addList("/v1/tunnels", to: router, \.tunnels) { $0.resource($1) }
        addList("/v1/history", to: router, \.history.rows) { Resource(agent: $0.name, record: $1) }
        addList("/v1/traffic", to: router, \.traffic) { $0.resource($1) }
        addList("/v1/advertisements", to: router, \.advertisements) { $0.resource($1) }
        addList("/v1/registrations", to: router, \.registrations) { $0.resource($1) }
        addList("/v1/foreign-agents", to: router, \.foreignAgents) { $0.resource($1) }
        addList("/v1/associations", to: router, \.associations) { $0.resource($1) }
        addList("/v1/violations", to: router, \.violations) { $0.resource($1) }
    }

    /// A table without filters of its own.
    private func addList<Key: Codable & Comparable & Sendable, Row: Sendable, Item: Encodable & Sendable>(
        _ path: RouterPath, to router: Router<APIContext>,
        _ table: any KeyPath<AgentState, OrderedTable<Key, Row>> & Sendable,
        _ resource: @escaping @Sendable (AgentState, Row) -> Item
    ) {
        router.get(path) { request, _ in
            let query = try Query(request, allowed: Self.listParameters)
            return try Listing(query).respond(states(query), table, where: { _ in true }, resource)
        }
    }

    static let listParameters: Set<String> = ["agent", "limit", "cursor"]
    static let nodeParameters: Set<String> = ["homeAddress", "careOfAddress", "nai"]

    private func states(_ query: Query) throws -> [AgentState] {
        guard let name = query["agent"] else { return agents.map { $0.state() } }
        guard let agent = agents.first(where: { $0.name == name }) else {
            throw Problem.unknownAgent(name, known: agents.map(\.name))
        }
        return [agent.state()]
    }

    private struct Status: Encodable {
        let agents: [StatusResource]
        let snmp: AnyEncodable?
    }

    private func status(_ query: Query) throws -> Response {
        try Self.json(
            Status(
                agents: agents.map { StatusResource($0.state()) }, snmp: snmpStatus.map { AnyEncodable($0()) }))
    }

    private func ready() throws -> Response {
        let missing = agents.filter { $0.state().health.connection != .synchronized }.map(\.name)
        guard missing.isEmpty else {
            throw Problem(
                status: .serviceUnavailable, title: "Not ready",
                detail: "no current data from \(missing.joined(separator: ", "))")
        }
        return try Self.json(["status": "ready"])
    }

    static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    static func json(_ value: some Encodable, headers: HTTPFields = [:]) throws -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        let body = ByteBuffer(bytes: try encoder().encode(value) + [UInt8(ascii: "\n")])
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}

/// Some value to encode, whatever its type.
private struct AnyEncodable: Encodable {
    let value: any Encodable

    init(_ value: any Encodable) { self.value = value }

    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}
