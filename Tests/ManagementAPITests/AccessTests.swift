import AgentModel
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import MIPTesting
import MobileIPv4
import Testing

@testable import ManagementAPI

@Suite("Access to the JSON API")
struct AccessTests {
    /// A certificate for localhost and 127.0.0.1, and its key.
    static func certificate(_ directory: TemporaryDirectory) async throws -> TLSIdentity {
        let (status, _, errors) = try await ChildProcess.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", directory.file("key.pem"),
                "-out", directory.file("cert.pem"),
            ])
        try #require(status == 0, "\(errors)")
        return try TLSIdentity(certificateFile: directory.file("cert.pem"), keyFile: directory.file("key.pem"))
    }

    /// Runs the server as the daemon does, for requests with curl.
    private func withServer(
        _ configuration: ManagementServerConfiguration, _ body: (UInt16) async throws -> Void
    ) async throws {
        let served = try Served([[]])
        let (ports, continuation) = AsyncStream.makeStream(of: UInt16.self)
        let server = ManagementServer(
            configuration: configuration, agents: served.mirrors,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { continuation.yield($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            try await body(port)
            group.cancelAll()
        }
    }

    /// The HTTP status that curl got, or 0 for no answer, and the body.
    private func curl(_ arguments: [String]) async throws -> (status: Int, body: String) {
        let (_, output, _) = try await ChildProcess.run(
            "curl", ["-s", "--max-time", "20", "-w", "\n%{http_code}"] + arguments)
        let lines = output.split(separator: "\n", omittingEmptySubsequences: false)
        return (Int(lines.last ?? "") ?? 0, lines.dropLast().joined(separator: "\n"))
    }

    @Test("A non-loopback address requires TLS and a token; the token determines name and role")
    func network() async throws {
        let directory = try TemporaryDirectory()
        let identity = try await Self.certificate(directory)
        let (reading, reader) = AccessToken.make(name: "grafana", role: .read)
        let (writing, writer) = AccessToken.make(name: "ops", role: .write)
        let everywhere = IPv4Address(0, 0, 0, 0)
        #expect(ManagementServerConfiguration(address: everywhere, port: 0) == nil)
        #expect(ManagementServerConfiguration(address: everywhere, port: 0, tls: identity) == nil)
        #expect(ManagementServerConfiguration(address: everywhere, port: 0, tokens: [reader]) == nil)
        let configuration = try #require(
            ManagementServerConfiguration(address: everywhere, port: 0, tls: identity, tokens: [reader, writer]))
        try await withServer(configuration) { port in
            let url = "https://localhost:\(port)"
            let trust = ["--cacert", directory.file("cert.pem")]
            func status(_ path: String, _ more: String...) async throws -> Int {
                try await curl(trust + more + [url + path]).status
            }
            #expect(try await status("/healthz") == 200)
            #expect(try await status("/v1/status") == 401)
            #expect(try await status("/metrics") == 401)
            #expect(try await status("/v1/status", "-H", "Authorization: Bearer \(reading)") == 200)
            #expect(try await status("/v1/status", "-H", "authorization: bearer \(writing)") == 200)
            for wrong in ["Bearer nothing", "Bearer \(reading.dropLast())", "Basic \(reading)", "Bearer", reader.hash] {
                #expect(try await status("/v1/status", "-H", "Authorization: \(wrong)") == 401)
            }
            let refused = try await curl(
                trust + ["-X", "DELETE", "-H", "Authorization: Bearer \(reading)", "\(url)/v1/bindings/x"])
            #expect(refused.status == 403)
            #expect(refused.body.contains("changes require a token with the role write"))
            #expect(try await curl(["http://localhost:\(port)/healthz"]).status == 0)
            #expect(try await curl(["\(url)/healthz"]).status == 0, "an untrusted certificate")
            let old = try await curl(trust + ["--tls-max", "1.1", "\(url)/healthz"])
            #expect(old.status == 0)
        }
    }

    @Test("A client that sends invalid tokens is refused for a while, even with a valid one; other clients are not")
    func invalidTokens() throws {
        let (text, token) = AccessToken.make(name: "a", role: .read)
        let authenticator = Authenticator(
            kind: .network, tokens: [token], hosts: nil, requests: RateLimiter(rate: 1000, burst: 1000))
        func status(_ token: String, _ client: String) -> Int {
            let head = HTTPRequest(
                method: .get, scheme: nil, authority: nil, path: "/v1/status", headerFields: [.authorization: "Bearer \(token)"])
            do {
                _ = try authenticator.admit(Request(head: head, body: .init(buffer: .init())), from: client)
                return 200
            } catch { return error.status.code }
        }
        for _ in 0..<10 { #expect(status("wrong", "192.0.2.1") == 401) }
        #expect(status("wrong", "192.0.2.1") == 429)
        #expect(status(text, "192.0.2.1") == 429)
        #expect(status(text, "192.0.2.2") == 200)
    }

    @Test("On loopback no token is required; one that is sent must be valid and restricts what may be done")
    func loopback() async throws {
        let (text, token) = AccessToken.make(name: "reader", role: .read)
        let configuration = try #require(
            ManagementServerConfiguration(address: IPv4Address(127, 0, 0, 1), port: 0, tokens: [token]))
        try await withServer(configuration) { (port: UInt16) async throws in
            let url = "http://127.0.0.1:\(port)/v1/status"
            #expect(try await curl([url]).status == 200)
            #expect(try await curl(["-H", "Authorization: Bearer \(text)", url]).status == 200)
            #expect(try await curl(["-H", "Authorization: Bearer wrong", url]).status == 401)
            #expect(try await curl(["-X", "PUT", "-H", "Authorization: Bearer \(text)", url]).status == 403)
        }
    }

    @Test("A Unix socket serves every client that may open it, without a token")
    func unixSocket() async throws {
        let directory = try TemporaryDirectory()
        // The folder is created, as its parent is there.
        let path = directory.file("new/api.sock")
        var configuration = try #require(ManagementServerConfiguration(address: IPv4Address(127, 0, 0, 1), port: 0))
        configuration.socketPath = path
        try await withServer(configuration) { _ in
            try await eventually("the socket") {
                try await curl(["--unix-socket", path, "http://localhost/v1/status"]).status == 200
            }
            try await eventually("its permissions") {
                try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o660
            }
        }
    }

    @Test("A Unix socket that cannot be opened ends the server, although the TCP address is served", .timeLimit(.minutes(1)))
    func unixSocketNowhere() async throws {
        let directory = try TemporaryDirectory()
        var configuration = try #require(ManagementServerConfiguration(address: IPv4Address(127, 0, 0, 1), port: 0))
        configuration.socketPath = directory.file("missing/missing/api.sock")
        let served = try Served([[]])
        let server = ManagementServer(
            configuration: configuration, agents: served.mirrors,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { _ in }
        await #expect(throws: ManagementServerError.self) { try await server.run() }
    }

    @Test("Pages of other sites are refused, and every answer has security headers")
    func origins() async throws {
        let configuration = try #require(ManagementServerConfiguration(address: IPv4Address(127, 0, 0, 1), port: 0))
        try await withServer(configuration) { port in
            let url = "http://127.0.0.1:\(port)/v1/status"
            #expect(try await curl(["-H", "Origin: http://127.0.0.1:\(port)", url]).status == 200)
            for origin in ["https://evil.example", "null", "http://127.0.0.1:1"] {
                #expect(try await curl(["-H", "Origin: \(origin)", url]).status == 403)
            }
            let headers = try await curl(["-D", "-", "-o", "/dev/null", url]).body.lowercased()
            for expected in [
                "content-security-policy: default-src 'none'; frame-ancestors 'none'", "x-content-type-options: nosniff",
                "referrer-policy: no-referrer", "cross-origin-resource-policy: same-origin", "cache-control: no-store",
            ] {
                #expect(headers.contains(expected))
            }
            #expect(!headers.contains("access-control-"))
        }
    }

    @Test("A request that is too large is refused before it is read")
    func sizes() async throws {
        let configuration = try #require(ManagementServerConfiguration(address: IPv4Address(127, 0, 0, 1), port: 0))
        try await withServer(configuration) { port in
            let url = "http://127.0.0.1:\(port)/v1/status"
            #expect(try await curl([url + "?x=" + String(repeating: "a", count: 9000)]).status == 414)
            let long = try await curl(["-H", "X-Long: " + String(repeating: "a", count: 40_000), url])
            #expect([400, 413, 431, 0].contains(long.status))
            #expect(try await curl([url]).status == 200)
        }
    }

    @Test("A client that exceeds its rate learns when to retry; other clients are served")
    func rate() {
        let limiter = RateLimiter(rate: 2, burst: 4, maximumClients: 3)
        let start = ContinuousClock.now
        for _ in 0..<4 { #expect(limiter.take("a", at: start) == nil) }
        #expect(limiter.take("a", at: start) == 1)
        #expect(limiter.take("b", at: start) == nil)
        #expect(limiter.take("a", at: start + .milliseconds(500)) == nil)
        #expect(limiter.take("a", at: start + .milliseconds(500)) == 1)
        // With more clients than are tracked, the table stays bounded and no client is refused.
        for number in 0..<100 { #expect(limiter.take("c\(number)", at: start) == nil) }
    }

    @Test("The rate limit applies over HTTP, with the seconds in Retry-After")
    func rateOverHTTP() async throws {
        var configuration = try #require(ManagementServerConfiguration(address: IPv4Address(127, 0, 0, 1), port: 0))
        configuration.requestsPerSecond = 1
        try await withServer(configuration) { port in
            let url = "http://127.0.0.1:\(port)/healthz"
            let answers = try await curl(["-D", "-", "-o", "/dev/null"] + Array(repeating: url, count: 40)).body
            #expect(answers.contains("429 Too Many Requests"))
            #expect(answers.contains("Retry-After: 1"))
        }
    }

    @Test("An incomplete request, even one that trickles in, is cut off in time; other clients are served meanwhile")
    func halfRequest() async throws {
        var configuration = try #require(ManagementServerConfiguration(address: IPv4Address(127, 0, 0, 1), port: 0))
        configuration.requestTimeout = .milliseconds(500)
        try await withServer(configuration) { port in
            // The script ends by itself only when the server closes the connection; it would keep sending for 20 s.
            let script = """
                exec 3<>/dev/tcp/127.0.0.1/\(port); printf 'GET /healthz HTTP/1.1\\r\\nHost: local' >&3
                (for i in $(seq 100); do sleep 0.2; printf h >&3 || exit; done) 2>/dev/null &
                timeout -s KILL 15 cat <&3; status=$?; kill %1 2>/dev/null; exit $status
                """
            async let slow = ChildProcess.run("bash", ["-c", script])
            #expect(try await curl(["http://127.0.0.1:\(port)/healthz"]).status == 200)
            let end = try await slow
            // 137 means that only the time limit ended it.
            #expect(end.status != 137)
        }
    }

    @Test("Only the hash of a token is stored, and only a well-formed hash is accepted")
    func hashes() throws {
        let (text, token) = AccessToken.make(name: "a", role: .write)
        #expect(text.count == 64)
        #expect(AccessToken(name: "a", role: .write, hash: token.hash) == token)
        #expect(!"\(token)".contains(text))
        for wrong in ["", "sha256:", text, "sha256:" + String(repeating: "g", count: 64), token.hash + "0"] {
            #expect(AccessToken(name: "a", role: .write, hash: wrong) == nil)
        }
        #expect(AccessToken.find(text, among: [token])?.name == "a")
        #expect(AccessToken.find(token.hash, among: [token]) == nil)
    }
}
