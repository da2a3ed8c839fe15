import AsyncHTTPClient
import DaemonSupport
import Foundation
import JSON
import NIOCore
import NIOHTTP1
import NIOSSL

/// Reads the JSON API of a management daemon.
struct DaemonSource: RowSource {
    let url: String
    /// Sent as the bearer token; nil for none.
    let token: String?
    /// The URL as the user gave it, for messages.
    private let name: String
    /// Seconds without data after which reading fails; nil for the default.
    private let timeout: Int?
    /// A PEM file with the trusted certificates for the server; nil for those of the system.
    private let caFile: String?
    /// The names of the agents to read; empty for all.
    private let wanted: [String]
    /// Whether the daemon is reached over its Unix socket.
    private let isUnixSocket: Bool

    /// - Throws: A usage `CommandFailure` if the URL is invalid or the token cannot be used.
    init(_ settings: Settings, url: String) throws {
        let place = try DaemonURL(url)
        name = place.name
        self.url = place.base
        isUnixSocket = place.isUnixSocket
        caFile = settings.caFile
        timeout = settings.timeout
        wanted = settings.agents
        token = try BearerToken.read(settings)
    }

    func read(
        _ list: RowList, where conditions: [RowCondition], _ given: @escaping @Sendable ([Row]) -> Bool
    ) async throws -> [String] {
        let chosen = try await chosenAgents()
        @Sendable func receive(_ rows: [Row]) -> Bool {
            given(chosen.map { chosen in rows.filter { chosen.contains($0.text("agent") ?? "") } } ?? rows)
        }
        if list.resource == "status" {
            _ = receive(try await status())
            return []
        }
        // The API can select one agent.
        let agent = chosen.flatMap { $0.count == 1 ? $0.first : nil }.map {
            RowCondition(path: "agent", comparison: .equal, operand: $0)
        }
        try await get("/v1/\(list.resource)\(Self.query(list, conditions + [agent].compactMap { $0 }))") { body in
            // The API writes one row per line, so that a long list can be read as it arrives.
            let ordering = PageOrdering(list: list, receive: receive)
            var lines = JSONLines()
            for try await piece in body {
                let rows = try lines.rows(in: piece)
                if !rows.isEmpty, !ordering.take(rows) { return }
            }
            let rest = try lines.end()
            if rest.isEmpty || ordering.take(rest) { _ = ordering.finish() }
        }
        return []
    }

    /// What the daemon reports about each of its agents.
    func status() async throws -> [Row] {
        let collected = CollectedRows()
        try await get("/v1/status") { body in
            guard let agents = try JSONValue(json: try await body.whole()).object?["agents"]?.array else {
                throw CommandFailure.unreachable("the reply of '\(name)' has no 'agents'; is it a mip-mibd?")
            }
            _ = collected.append(agents.compactMap(\.object))
        }
        return collected.rows
    }

    /// The names under which the daemon manages the agents to read; nil for all. An agent can also be chosen by its own name.
    ///
    /// - Throws: A usage `CommandFailure` with the names of the agents when one is unknown.
    func chosenAgents() async throws -> Set<String>? {
        wanted.isEmpty ? nil : try chosen(among: try await status())
    }

    /// The same, for agents whose status is known.
    func chosen(among agents: [Row]) throws -> Set<String>? {
        guard !wanted.isEmpty else { return nil }
        var chosen: Set<String> = []
        for name in wanted {
            let managed = agents.filter { $0.text("agent") == name }
            let found = managed.isEmpty ? agents.filter { $0.text("information.name") == name } : managed
            guard !found.isEmpty else { throw LocalAgents.unknown(name, agents.compactMap { $0.text("agent") }) }
            chosen.formUnion(found.compactMap { $0.text("agent") })
        }
        return chosen
    }

    /// The query string for those conditions that the API can filter by.
    private static func query(_ list: RowList, _ conditions: [RowCondition]) -> String {
        query(conditions, known: ["agent"] + (known[list.resource] ?? []))
    }

    /// The members by which the API can filter each list.
    private static let known = [
        "bindings": ["homeAddress", "careOfAddress", "nai"], "visitors": ["homeAddress", "careOfAddress", "nai"],
        "pending": ["homeAddress", "nai"], "history": ["homeAddress", "careOfAddress", "nai"],
        "mobile-nodes": ["homeAddress", "nai"], "traffic": ["homeAddress"], "exchanges": ["homeAddress", "careOfAddress", "nai"],
    ]

    static func query(_ conditions: [RowCondition], known: [String]) -> String {
        var seen: Set<String> = []
        let parts = conditions.filter { condition in
            condition.comparison == .equal && known.contains(condition.path) && !condition.operand.isEmpty
                && seen.insert(condition.path).inserted
        }.map { "\($0.path)=\(escaped($0.operand))" }
        return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
    }

    static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    /// Requests a path and passes the reply's body to `body`.
    func get(
        _ path: String, accept: String = "application/json", lastEventID: String? = nil,
        _ body: (HTTPClientResponse.Body) async throws -> Void
    ) async throws {
        try await exchange(.GET, path, accept: accept, lastEventID: lastEventID) { response in
            guard response.status == .ok else { throw try await Self.failure(response, name + path) }
            try await body(response.body)
        }
    }

    /// The daemon's readiness: its parts and their states, whether it is ready or not.
    func readiness() async throws -> Row {
        var answer = Row()
        try await exchange(.GET, "/readyz") { response in
            guard [.ok, .serviceUnavailable].contains(response.status) else {
                throw try await Self.failure(response, name + "/readyz")
            }
            guard let row = try JSONValue(json: try await response.body.whole()).object else {
                throw CommandFailure.unreachable("the reply of '\(name)' to /readyz is not JSON; is it a mip-mibd?")
            }
            answer = row
        }
        return answer
    }

    /// The HTTP method of a change.
    enum Method: String, Sendable { case post, put, patch, delete }

    /// Makes a change, or only lets it be checked.
    ///
    /// - Parameters:
    ///   - path: the path after `/v1/`.
    ///   - body: the body of the request; nil for none.
    func change(_ method: Method, _ path: String, _ body: Row?, validate: Bool) async throws {
        let path = "/v1/\(path)" + (validate ? "?validate=true" : "")
        try await exchange(HTTPMethod(rawValue: method.rawValue.uppercased()), path, body: body) { response in
            switch response.status {
            case .created, .accepted, .noContent: return
            case .ok:
                throw CommandFailure.unreachable(
                    "'\(name)' does not answer like a mip-mibd; is it one, or does a proxy answer in its place?")
            default: throw try await Self.refusal(response, name + path)
            }
        }
    }

    /// Ends the registrations that a query selects, or only lets the agent count them.
    ///
    /// - Parameters:
    ///   - path: the path after `/v1/`, with its query.
    /// - Returns: How many ended or would end.
    func end(_ path: String, validate: Bool) async throws -> Int {
        let path = "/v1/\(path)" + (validate ? "&validate=true" : "")
        var ended: Int?
        try await exchange(.DELETE, path) { response in
            guard response.status == .ok else { throw try await Self.refusal(response, name + path) }
            let answer = (try? JSONValue(json: try await response.body.whole()))?.object
            ended = answer?.count("ended").map { Int(clamping: $0) }
        }
        guard let ended else {
            throw CommandFailure.unreachable(
                "'\(name)' does not answer like a mip-mibd; is it one, or does a proxy answer in its place?")
        }
        return ended
    }

    private func exchange(
        _ method: HTTPMethod, _ path: String, accept: String = "application/json", lastEventID: String? = nil,
        body: Row? = nil, _ take: (HTTPClientResponse) async throws -> Void
    ) async throws {
        var request = HTTPClientRequest(url: url + path)
        request.method = method
        // The name of the host that a URL of a Unix socket does not have.
        if isUnixSocket { request.headers.add(name: "host", value: "localhost") }
        request.headers.add(name: "accept", value: accept)
        if let lastEventID { request.headers.add(name: "last-event-id", value: lastEventID) }
        if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: JSONValue.object(body).json))
        }
        // An event stream sends something every 15 seconds.
        let silence = TimeAmount.seconds(max(Int64(timeout ?? 10), accept == "text/event-stream" ? 30 : 1))
        var configuration = HTTPClient.Configuration(timeout: .init(connect: .seconds(5), read: silence))
        // The token must not be sent to the target of a redirect.
        configuration.redirectConfiguration = .disallow
        // A port that nothing listens on is reported at once.
        configuration.connectionPool.retryConnectionEstablishment = false
        if let caFile {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .file(caFile)
            configuration.tlsConfiguration = tls
        }
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            defer { client.shutdown { _ in } }
            try await take(try await client.execute(request, deadline: .distantFuture))
        } catch let failure as CommandFailure {
            throw failure
        } catch let error as DecodingError {
            throw CommandFailure.unreachable(
                "cannot decode the reply of '\(name)': \(error.summary); is it a mip-mibd, or does a proxy answer in its place?"
            )
        } catch {
            let cause = DaemonFailure(error, caFile: caFile)
            throw CommandFailure(message: "cannot read '\(name)': \(cause.sentence)", status: 3, daemon: cause)
        }
    }

    /// Why a change was not made.
    private static func refusal(_ response: HTTPClientResponse, _ url: String) async throws -> CommandFailure {
        guard [404, 409, 412, 422].contains(response.status.code),
            let problem = (try? JSONValue(json: try await response.body.whole()))?.object
        else { return try await failure(response, url, isChange: true) }
        if let missing = missingResource(problem, url) { return missing }
        let detail = (problem.text("detail") ?? response.status.reasonPhrase).printable
        if response.status == .notFound {
            return CommandFailure(message: "the agent found nothing to change: \(detail)", status: 1)
        }
        return .refused("refused" + (problem.text("field").map { " (\($0.printable))" } ?? "") + ": \(detail)")
    }

    /// That a management daemon does not have what this command needs; nil for another problem.
    private static func missingResource(_ problem: JSONObject, _ url: String) -> CommandFailure? {
        guard problem.text("title") == "No such resource" else { return nil }
        let place = url.prefix { $0 != "?" }
        return .refused(
            "this mip-mibd does not have '\(place)': it is of an earlier version, or the URL has a wrong path; update it, or correct the URL"
        )
    }

    private static func failure(
        _ response: HTTPClientResponse, _ url: String, isChange: Bool = false
    ) async throws -> CommandFailure {
        let problem = (try? JSONValue(json: try await response.body.whole()))?.object
        if response.status == .notFound, let problem, let missing = missingResource(problem, url) { return missing }
        let detail = problem?.text("detail")
        let text = "'\(url)' answered \(response.status.code): \((detail ?? response.status.reasonPhrase).printable)"
        return switch response.status.code {
        case 401, 403:
            .refused(
                text + "; give a token with --token-file or MIP_MIB_TOKEN"
                    // The daemon names its own socket if it has one.
                    + (isChange && detail?.contains("Unix socket") != true
                        ? ", or on mip-mibd's own machine use --url unix:/run/mip-mibd/api.sock" : ""))
        case 429: .unreachable(text + "; send requests less often")
        case 400..<500: .usage(text)
        default: .unreachable(text)
        }
    }
}

extension HTTPClientResponse.Body {
    /// The whole body, which may be at most 64 MiB.
    func whole() async throws -> [UInt8] { Array(buffer: try await collect(upTo: 64 << 20)) }
}

/// Splits a JSON array that has one element per line.
struct JSONLines {
    /// The longest accepted line.
    private static let lineLimit = 16 << 20
    private static let (open, close) = (UInt8(ascii: "["), UInt8(ascii: "]"))

    private var rest: [UInt8] = []
    private var hasEnded = false

    mutating func rows(in piece: ByteBuffer) throws -> [Row] {
        let piece = piece.readableBytesView
        guard let end = piece.lastIndex(of: UInt8(ascii: "\n")) else {
            rest += piece
            guard rest.count <= Self.lineLimit else { throw Self.notFromDaemon("has a line that does not end") }
            return []
        }
        let whole = rest + piece[..<end]
        rest = Array(piece[(end + 1)...])
        return try whole.split(separator: UInt8(ascii: "\n")).flatMap { try self.rows($0) }
    }

    /// The rows that remain at the end of the reply.
    mutating func end() throws -> [Row] {
        defer { rest = [] }
        let rows = try rest.split(separator: UInt8(ascii: "\n")).flatMap { try self.rows($0) }
        guard hasEnded else { throw Self.notFromDaemon("ends early") }
        return rows
    }

    /// The elements on a line, without the brackets of the array and the commas between elements.
    private mutating func rows(_ line: ArraySlice<UInt8>) throws -> [Row] {
        var line = line.drop { $0 == UInt8(ascii: " ") }
        while let last = line.last, last == UInt8(ascii: ",") || last == UInt8(ascii: "\r") { line = line.dropLast() }
        guard let first = line.first else { return [] }
        if first == Self.open, line.count == 1 { return [] }
        if line.last == Self.close { hasEnded = true }
        if first == Self.close { return [] }
        guard first == Self.open || first == UInt8(ascii: "{") else { throw Self.notFromDaemon("is not JSON") }
        let value = try JSONValue(json: line)
        return value.object.map { [$0] } ?? value.array?.compactMap(\.object) ?? []
    }

    private static func notFromDaemon(_ problem: String) -> CommandFailure {
        .unreachable("the reply \(problem); is it from a mip-mibd, or does a proxy answer in its place?")
    }
}

extension DecodingError {
    /// What is wrong, on one line.
    fileprivate var summary: String {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            context.debugDescription
        @unknown default: "\(self)"
        }
    }
}
