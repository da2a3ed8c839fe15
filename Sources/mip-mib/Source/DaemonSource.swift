import AsyncHTTPClient
import Foundation
import JSON
import NIOCore
import NIOHTTP1
import NIOSSL

/// A management daemon's JSON API.
struct DaemonSource: RowSource {
    let url: String
    /// Sent as bearer token; nil for none.
    let token: String?
    /// As it was given, for messages.
    private let name: String
    /// Seconds after which a silence is the end; nil for what is usual.
    private let timeout: Int?
    /// A PEM file with the certificates that vouch for the server; nil for those of the system.
    private let caFile: String?

    /// - Throws: `CommandFailure` when the URL is none or the token cannot be read.
    init(_ settings: Settings, url: String) throws {
        name = url
        caFile = settings.caFile
        timeout = settings.timeout
        if url.hasPrefix("unix:/") {
            let path = url.dropFirst("unix:".count)
            self.url = "http+unix://" + (path.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? String(path))
        } else {
            guard let parsed = URL(string: url), let scheme = parsed.scheme, ["http", "https"].contains(scheme),
                parsed.host != nil
            else {
                throw CommandFailure.usage(
                    "'\(url)' is no URL of a management daemon; expected http://127.0.0.1:8044, an https one, or "
                        + "unix:/run/mip-mibd/api.sock")
            }
            self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        }
        if let file = settings.tokenFile {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw CommandFailure.usage("the token file '\(file)' cannot be read; it should hold the token and nothing else")
            }
            token = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        } else {
            token = settings.token
        }
    }

    func read(
        _ list: RowList, where conditions: [RowCondition], _ receive: @escaping @Sendable ([Row]) -> Bool
    ) async throws -> [String] {
        try await get("/v1/\(list.resource)\(Self.query(list, conditions))") { body in
            if list.resource == "status" {
                guard let agents = try JSONValue(json: try await body.whole()).object?["agents"]?.array else {
                    throw CommandFailure.unreachable("what '\(name)' answers has no 'agents'; is a mip-mibd there?")
                }
                _ = receive(agents.compactMap(\.object))
                return
            }
            // The API writes a row a line, so that a long list can be read as it comes.
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

    /// Narrows what is asked for where the API can.
    private static func query(_ list: RowList, _ conditions: [RowCondition]) -> String {
        query(conditions, known: known[list.resource] ?? [])
    }

    /// The members that lists can be narrowed by.
    private static let known = [
        "bindings": ["homeAddress", "careOfAddress", "nai"], "visitors": ["homeAddress", "careOfAddress", "nai"],
        "pending": ["homeAddress", "nai"], "history": ["homeAddress", "careOfAddress", "nai"],
        "mobile-nodes": ["homeAddress", "nai"], "traffic": ["homeAddress"],
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

    /// Asks for a path and hands over the answer's body.
    func get(
        _ path: String, accept: String = "application/json", lastEventID: String? = nil,
        _ body: (HTTPClientResponse.Body) async throws -> Void
    ) async throws {
        try await exchange(.GET, path, accept: accept, lastEventID: lastEventID) { response in
            guard response.status == .ok else { throw try await Self.failure(response, name + path) }
            try await body(response.body)
        }
    }

    /// How a change is asked for.
    enum Method: String, Sendable { case post, put, patch, delete }

    /// Makes a change, or only has it checked.
    ///
    /// - Parameters:
    ///   - path: what follows `/v1/`.
    ///   - body: what is sent; nil for nothing.
    func change(_ method: Method, _ path: String, _ body: Row?, validate: Bool) async throws {
        let path = "/v1/\(path)" + (validate ? "?validate=true" : "")
        try await exchange(HTTPMethod(rawValue: method.rawValue.uppercased()), path, body: body) { response in
            switch response.status {
            case .created, .noContent: return
            case .ok:
                throw CommandFailure.unreachable(
                    "what '\(name)' answers is not that of a mip-mibd; is one there, or a proxy that answers in its place?")
            default: throw try await Self.refusal(response, name + path)
            }
        }
    }

    private func exchange(
        _ method: HTTPMethod, _ path: String, accept: String = "application/json", lastEventID: String? = nil,
        body: Row? = nil, _ take: (HTTPClientResponse) async throws -> Void
    ) async throws {
        var request = HTTPClientRequest(url: url + path)
        request.method = method
        request.headers.add(name: "accept", value: accept)
        if let lastEventID { request.headers.add(name: "last-event-id", value: lastEventID) }
        if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: JSONValue.object(body).json))
        }
        // A stream of events says something every 15 seconds.
        let silence = TimeAmount.seconds(max(Int64(timeout ?? 10), accept == "text/event-stream" ? 30 : 1))
        var configuration = HTTPClient.Configuration(timeout: .init(connect: .seconds(5), read: silence))
        // Where else an answer might be, the token is not sent.
        configuration.redirectConfiguration = .disallow
        // One that nobody listens at is told at once.
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
                "what '\(name)' answers cannot be read: \(error.summary); is a mip-mibd there, or a proxy that answers in its place?"
            )
        } catch {
            throw CommandFailure.unreachable("'\(name)' cannot be read: \(DaemonFailure.cause(error, name))")
        }
    }

    /// Why a change was not made.
    private static func refusal(_ response: HTTPClientResponse, _ url: String) async throws -> CommandFailure {
        guard [404, 409, 412, 422].contains(response.status.code),
            let problem = (try? JSONValue(json: try await response.body.whole()))?.object
        else { return try await failure(response, url) }
        let detail = problem.text("detail") ?? response.status.reasonPhrase
        if response.status == .notFound {
            return CommandFailure(message: "the agent found nothing to change: \(detail)", status: 1)
        }
        return .refused("refused" + (problem.text("field").map { " (\($0))" } ?? "") + ": \(detail)")
    }

    private static func failure(_ response: HTTPClientResponse, _ url: String) async throws -> CommandFailure {
        let detail = (try? JSONValue(json: try await response.body.whole()))?.object?.text("detail")
        let text = "'\(url)' answered \(response.status.code): \(detail ?? response.status.reasonPhrase)"
        return switch response.status.code {
        case 401, 403: .refused(text + "; give a token with --token-file or MIP_MIB_TOKEN")
        case 429: .unreachable(text + "; ask less often")
        case 400..<500: .usage(text)
        default: .unreachable(text)
        }
    }
}

extension HTTPClientResponse.Body {
    /// The whole body, at most 64 MiB of it.
    func whole() async throws -> [UInt8] { Array(buffer: try await collect(upTo: 64 << 20)) }
}

/// Takes a JSON array apart that has one element a line.
struct JSONLines {
    /// The longest line that is taken for one.
    private static let lineLimit = 16 << 20
    private static let (open, close) = (UInt8(ascii: "["), UInt8(ascii: "]"))

    private var rest: [UInt8] = []
    private var hasEnded = false

    mutating func rows(in piece: ByteBuffer) throws -> [Row] {
        let piece = piece.readableBytesView
        guard let end = piece.lastIndex(of: UInt8(ascii: "\n")) else {
            rest += piece
            guard rest.count <= Self.lineLimit else { throw Self.foreign("has a line without an end") }
            return []
        }
        let whole = rest + piece[..<end]
        rest = Array(piece[(end + 1)...])
        return try whole.split(separator: UInt8(ascii: "\n")).flatMap { try self.rows($0) }
    }

    /// What is left at the end of the answer.
    mutating func end() throws -> [Row] {
        defer { rest = [] }
        let rows = try rest.split(separator: UInt8(ascii: "\n")).flatMap { try self.rows($0) }
        guard hasEnded else { throw Self.foreign("ends in its midst") }
        return rows
    }

    /// The elements on a line, without the brackets of the array and the commas between.
    private mutating func rows(_ line: ArraySlice<UInt8>) throws -> [Row] {
        var line = line.drop { $0 == UInt8(ascii: " ") }
        while let last = line.last, last == UInt8(ascii: ",") || last == UInt8(ascii: "\r") { line = line.dropLast() }
        guard let first = line.first else { return [] }
        if first == Self.open, line.count == 1 { return [] }
        if line.last == Self.close { hasEnded = true }
        if first == Self.close { return [] }
        guard first == Self.open || first == UInt8(ascii: "{") else { throw Self.foreign("is no JSON") }
        let value = try JSONValue(json: line)
        return value.object.map { [$0] } ?? value.array?.compactMap(\.object) ?? []
    }

    private static func foreign(_ problem: String) -> CommandFailure {
        .unreachable("the answer \(problem); is a mip-mibd there, or a proxy that answers in its place?")
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
