import Foundation
import HTTPTypes
import Hummingbird
import JSON
import ManagementCore

/// The resources and the paths at which they are served.
struct Endpoints: Sendable {
    static let paths =
        ["/v1/status", "/v1/session", "/v1/vocabulary"] + Collections.served(nil).map { "/v1/\($0.name)" } + [
            "/v1/events", "/metrics", "/healthz", "/readyz", "/openapi.json",
        ]

    let agents: [ManagedAgent]
    let snmpStatus: (@Sendable () -> SNMPAgentStatus)?
    let events: EventEndpoint
    let metrics: MetricsEndpoint
    let changes: ChangeEndpoint
    let document: CachedAnswer
    /// Whether the server has tokens.
    let acceptsTokens: Bool
    private let vocabulary = CachedAnswer { try JSONValue(encoding: VocabularyResource()).bytes + [UInt8(ascii: "\n")] }

    func add(to router: Router<APIContext>) {
        changes.add(Changes.all(notifications: changes.notifications), to: router)
        router.get("/healthz") { request, _ in
            _ = try Query(request, allowed: [])
            return try Self.json(["status": "ok"])
        }
        router.get("/readyz") { request, _ in
            _ = try Query(request, allowed: [])
            return try ready()
        }
        router.get("/openapi.json") { request, _ in
            _ = try Query(request, allowed: [])
            return try document.response
        }
        router.get("/v1/status") { request, _ in try status(Query(request, allowed: [])) }
        router.get("/v1/session") { request, context in
            _ = try Query(request, allowed: [])
            return try Self.json(SessionResource(context.actor, acceptsTokens: acceptsTokens))
        }
        router.get("/v1/vocabulary") { request, _ in
            _ = try Query(request, allowed: [])
            return try vocabulary.response
        }
        router.get("/metrics") { request, _ in try metrics.respond(request) }
        router.get("/v1/events") { request, _ in try events.respond(request) }
        for collection in Collections.served(changes.notifications) { add(collection, to: router) }
    }

    private func add(_ collection: any ServedCollection, to router: Router<APIContext>) {
        router.get("/v1/\(collection.name)") { request, _ in try await collection.list(request, agents) }
        let names = ["agent"] + collection.pathNames.map(\.name)
        router.get(RouterPath("/v1/\(collection.name)/" + names.map { ":\($0)" }.joined(separator: "/"))) { request, context in
            let parts = try Self.parts(names, context)
            return try collection.single(request, agent: parts[0], parts: Array(parts.dropFirst()), agents)
        }
    }

    /// The variable parts of a path, decoded.
    static func parts(_ names: [String], _ context: APIContext) throws(Problem) -> [String] {
        try names.map { name throws(Problem) in
            let encoded = context.parameters.get(name) ?? ""
            guard let text = encoded.removingPercentEncoding else {
                throw .badRequest("'\(encoded)' in the path is not percent-encoded UTF-8")
            }
            return text
        }
    }

    private struct Status: Encodable {
        let agents: [StatusResource]
        let snmp: SNMPAgentStatus?
    }

    private func status(_ query: Query) throws -> Response {
        try Self.json(
            Status(agents: agents.map { StatusResource($0.state()) }, snmp: snmpStatus.map { $0() }))
    }

    private func ready() throws -> Response {
        let missing = agents.filter { $0.state().health.connection != .synchronized }.map(\.name)
        guard missing.isEmpty else {
            throw Problem(
                status: .serviceUnavailable, title: "Not ready",
                detail: "there is no current data from \(missing.joined(separator: ", "))")
        }
        return try Self.json(["status": "ready"])
    }

    static func json(_ value: some Encodable, headers: HTTPFields = [:]) throws -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        let body = ByteBuffer(bytes: try JSONValue(encoding: value).bytes + [UInt8(ascii: "\n")])
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}
