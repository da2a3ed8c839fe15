import Foundation
import HTTPTypes
import Hummingbird
import JSON
import ManagementCore

/// The resources and the paths at which they are served.
struct Endpoints: Sendable {
    static let paths =
        ["/v1", "/v1/status", "/v1/session", "/v1/vocabulary"] + Collections.served(nil).map { "/v1/\($0.name)" } + [
            "/v1/events", "/metrics", "/healthz", "/readyz", "/openapi.json",
        ]

    let agents: [ManagedAgent]
    let snmpStatus: (@Sendable () -> SNMPAgentStatus)?
    let events: EventEndpoint
    let metrics: MetricsEndpoint
    let changes: ChangeEndpoint
    let document: CachedAnswer
    /// What `/v1` answers.
    let index: CachedAnswer
    /// Whether the server has tokens.
    let acceptsTokens: Bool
    let readiness: Readiness
    private let vocabulary = CachedAnswer { try JSONValue(encoding: VocabularyResource()).bytes + [UInt8(ascii: "\n")] }

    /// - Parameter streams: the places for event streams on the listener of the router.
    func add(to router: Router<APIContext>, streams: StreamShare) {
        changes.add(Changes.all(notifications: changes.notifications), to: router)
        router.get("/healthz") { request, _ in
            _ = try Query(request, allowed: [])
            return try Self.json(["status": "ok"])
        }
        router.get("/readyz") { request, _ in
            _ = try Query(request, allowed: [])
            return try readiness.respond()
        }
        router.get("/openapi.json") { request, _ in
            _ = try Query(request, allowed: [])
            return try document.response
        }
        router.get("/v1") { request, _ in
            _ = try Query(request, allowed: [])
            return try index.response
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
        router.get("/v1/events") { request, context in
            try events.respond(request, of: context.connectionClient, streams: streams)
        }
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

    static func json(_ value: some Encodable, headers: HTTPFields = [:]) throws -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        let body = ByteBuffer(bytes: try JSONValue(encoding: value).bytes + [UInt8(ascii: "\n")])
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}
