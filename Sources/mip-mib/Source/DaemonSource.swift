import AsyncHTTPClient
import Foundation
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
    /// A PEM file with the certificates that vouch for the server; nil for those of the system.
    private let caFile: String?

    /// - Throws: `CommandFailure` when the URL is none or the token cannot be read.
    init(_ settings: Settings, url: String) throws {
        name = url
        caFile = settings.caFile
        if url.hasPrefix("unix:/") {
            let path = url.dropFirst("unix:".count)
            self.url = "http+unix://" + (path.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? String(path))
        } else {
            guard let parsed = URL(string: url), let scheme = parsed.scheme, ["http", "https"].contains(scheme),
                parsed.host != nil
            else {
                throw CommandFailure.usage(
                    "'\(url)' is no URL of a management daemon; right would be http://127.0.0.1:8044, an https one, or "
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
                let rows = try JSONValue(json: try await body.whole()).object?["agents"]?.array?.compactMap(\.object) ?? []
                _ = receive(rows)
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
            guard !(200..<300).contains(response.status.code) else { return }
            throw try await Self.refusal(response, name + path)
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
        var configuration = HTTPClient.Configuration(timeout: .init(connect: .seconds(5), read: .seconds(30)))
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
            throw CommandFailure.unreachable("what '\(name)' answers is no JSON of a management daemon: \(error)")
        } catch {
            throw CommandFailure.unreachable(
                "'\(name)' cannot be reached: \(error); is mip-mibd running there with 'http:' in its file?")
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
    private var rest: [UInt8] = []

    mutating func rows(in piece: ByteBuffer) throws -> [Row] {
        rest += piece.readableBytesView
        guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        let whole = rest[..<end]
        let rows = try whole.split(separator: UInt8(ascii: "\n")).flatMap(Self.rows)
        rest.removeSubrange(...end)
        return rows
    }

    mutating func end() throws -> [Row] {
        defer { rest = [] }
        return try rest.split(separator: UInt8(ascii: "\n")).flatMap(Self.rows)
    }

    /// The elements on a line, without the brackets of the array and the commas between.
    private static func rows(_ line: ArraySlice<UInt8>) throws -> [Row] {
        var line = line.drop { $0 == UInt8(ascii: " ") }
        if line.last == UInt8(ascii: ",") { line = line.dropLast() }
        switch (line.first, line.last) {
        case (UInt8(ascii: "["), UInt8(ascii: "]")): return try JSONValue(json: line).array?.compactMap(\.object) ?? []
        case (UInt8(ascii: "{"), _): return [try JSONValue(json: line).object].compactMap { $0 }
        default: return []
        }
    }
}
