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

    /// The status with which a request is refused, or 200.
    private static func status(
        _ authenticator: Authenticator, _ method: HTTPRequest.Method = .get, _ path: String = "/v1/status", token: String? = nil,
        from client: String = "192.0.2.1"
    ) -> (status: Int, problem: Problem?) {
        var head = HTTPRequest(method: method, scheme: nil, authority: "localhost", path: path)
        head.headerFields[.authorization] = token.map { "Bearer \($0)" }
        do {
            _ = try authenticator.admit(Request(head: head, body: .init(buffer: .init())), from: client)
            return (200, nil)
        } catch { return (error.status.code, error) }
    }

    @Test("A client that sends invalid tokens is refused for a while, but not its valid one, nor other clients")
    func invalidTokens() throws {
        let (text, token) = AccessToken.make(name: "a", role: .read)
        let authenticator = Authenticator(kind: .network, tokens: [token], hosts: nil, requestsPerSecond: 1000)
        for _ in 0..<10 { #expect(Self.status(authenticator, token: "wrong").status == 401) }
        for _ in 0..<20 { #expect(Self.status(authenticator, token: "wrong").status == 429) }
        #expect(Self.status(authenticator, token: text).status == 200)
        #expect(Self.status(authenticator, token: "wrong", from: "192.0.2.2").status == 401)
    }

    @Test("A server that allows more requests allows more invalid tokens")
    func manyInvalidTokens() {
        let authenticator = Authenticator(kind: .network, tokens: [], hosts: nil, requestsPerSecond: 100_000)
        for _ in 0..<1000 { #expect(Self.status(authenticator, token: "wrong").status == 401) }
    }

    @Test("A token has a rate of its own, which others at the same address cannot use up")
    func rates() throws {
        let (text, token) = AccessToken.make(name: "a", role: .read)
        let authenticator = Authenticator(
            kind: .loopback, tokens: [token], hosts: nil, requestsPerSecond: 0.001, burst: 3)
        let statuses = (0..<5).map { _ in Self.status(authenticator).status }
        #expect(statuses == [200, 200, 200, 429, 429])
        let own = (0..<4).map { _ in Self.status(authenticator, token: text).status }
        #expect(own == [200, 200, 200, 429])
    }

    @Test("Over TCP a request without a token changes nothing, whatever the change", arguments: [false, true])
    func changes(hasTokens: Bool) throws {
        let (text, token) = AccessToken.make(name: "ops", role: .write)
        let tokens = hasTokens ? [token] : []
        func authenticator(_ kind: Authenticator.Kind) -> Authenticator {
            Authenticator(kind: kind, tokens: tokens, hosts: nil, requestsPerSecond: 1000, socketPath: "/run/x.sock")
        }
        let declared = Changes.all()
        #expect(declared.count > 10)
        for change in declared {
            let path = "/" + change.path.map { $0.hasPrefix(":") ? "x" : $0 }.joined(separator: "/")
            let refused = Self.status(authenticator(.loopback), change.method, path)
            #expect(refused.status == (hasTokens ? 401 : 403), "\(change.method) \(path)")
            #expect(refused.problem?.detail.contains("a token with the role write") == true)
            #expect(refused.problem?.detail.contains("/run/x.sock") == true)
            #expect((refused.problem?.headers[.wwwAuthenticate] != nil) == hasTokens)
            #expect(Self.status(authenticator(.network), change.method, path).status == 401)
            #expect(Self.status(authenticator(.unixSocket), change.method, path).status == 200)
            if hasTokens { #expect(Self.status(authenticator(.loopback), change.method, path, token: text).status == 200) }
        }
        #expect(Self.status(authenticator(.loopback)).status == 200)
    }

    @Test("On loopback everything can be read without a token; one that is sent must be valid and determines what may be done")
    func loopback() async throws {
        let (reading, reader) = AccessToken.make(name: "reader", role: .read)
        let (writing, writer) = AccessToken.make(name: "writer", role: .write)
        let configuration = try #require(
            ManagementServerConfiguration(address: IPv4Address(127, 0, 0, 1), port: 0, tokens: [reader, writer]))
        try await withServer(configuration) { (port: UInt16) async throws in
            let url = "http://127.0.0.1:\(port)/v1"
            func token(_ text: String) -> [String] { ["-H", "Authorization: Bearer \(text)"] }
            #expect(try await curl([url + "/status"]).status == 200)
            #expect(try await curl(token(reading) + [url + "/status"]).status == 200)
            #expect(try await curl(token("wrong") + [url + "/status"]).status == 401)
            let change = ["-X", "DELETE", url + "/bindings/one/10.0.0.1/192.0.2.1"]
            let refused = try await curl(["-D", "-"] + change)
            #expect(refused.status == 401 && refused.body.contains("WWW-Authenticate: Bearer"), "\(refused)")
            #expect(try await curl(token(reading) + change).status == 403)
            // The agent is not connected; whoever may make changes learns that.
            #expect(try await curl(token(writing) + change).status == 503)
        }
    }

    @Test("A Unix socket serves every client that may open it, without a token; its user makes changes and is recorded")
    func unixSocket() async throws {
        let directory = try TemporaryDirectory()
        // The folder is created, as its parent is there.
        let path = directory.file("new/api.sock")
        var configuration = try #require(ManagementServerConfiguration(address: IPv4Address(127, 0, 0, 1), port: 0))
        configuration.socketPath = path
        try await withServer(configuration) { _ in
            let socket = ["--unix-socket", path]
            // The server reports that it listens only when it does so on both.
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o660)
            #expect(try await curl(socket + ["http://localhost/v1/status"]).status == 200)
            let session = try await curl(socket + ["http://localhost/v1/session"]).body
            #expect(
                session.contains("\"actor\":\"unix:\(NSUserName())\"") && session.contains("\"role\":\"write\""), "\(session)")
            #expect(
                try await curl(socket + ["-X", "DELETE", "http://localhost/v1/bindings/one/10.0.0.1/192.0.2.1"]).status == 503)
            // Older clients send no Host; two are an error everywhere.
            #expect(try await curl(socket + ["-H", "Host:", "http://localhost/v1/status"]).status == 200)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("The Unix socket of a running server is not taken, and a file in its place is not removed", .timeLimit(.minutes(1)))
    func unixSocketInUse() async throws {
        let directory = try TemporaryDirectory()
        var configuration = try #require(ManagementServerConfiguration(address: IPv4Address(127, 0, 0, 1), port: 0))
        configuration.socketPath = directory.file("api.sock")
        func failure(_ configuration: ManagementServerConfiguration) async -> String {
            let server = ManagementServer(
                configuration: configuration, agents: [], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let error = await #expect(throws: ManagementServerError.self) { try await server.run() }
            return error?.description ?? ""
        }
        try await withServer(configuration) { _ in
            #expect(await failure(configuration).contains("in use by a running program"))
            let answer = try await curl(["--unix-socket", directory.file("api.sock"), "http://localhost/healthz"])
            #expect(answer.status == 200)
        }
        configuration.socketPath = try directory.write("precious", to: "file")
        #expect(await failure(configuration).contains("is not a socket"))
        #expect(try String(contentsOfFile: directory.file("file"), encoding: .utf8) == "precious")
    }

    @Test("A Unix socket that is removed while the server runs shows in /readyz")
    func unixSocketRemoved() async throws {
        let directory = try TemporaryDirectory()
        var configuration = try #require(ManagementServerConfiguration(address: IPv4Address(127, 0, 0, 1), port: 0))
        configuration.socketPath = directory.file("api.sock")
        try await withServer(configuration) { port in
            let url = "http://127.0.0.1:\(port)/readyz"
            #expect(try await curl([url]).body.contains("\"status\":\"listening\""))
            try FileManager.default.removeItem(atPath: directory.file("api.sock"))
            #expect(try await curl([url]).body.contains("\"status\":\"missing\""))
        }
    }

    @Test("TLS 1.2 has only suites with forward secrecy and authenticated encryption")
    func cipherSuites() async throws {
        let directory = try TemporaryDirectory()
        let (status, _, errors) = try await ChildProcess.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout",
                directory.file("key.pem"), "-out", directory.file("cert.pem"),
            ])
        try #require(status == 0, "\(errors)")
        let identity = try TLSIdentity(certificateFile: directory.file("cert.pem"), keyFile: directory.file("key.pem"))
        let configuration = try #require(
            ManagementServerConfiguration(address: IPv4Address(127, 0, 0, 1), port: 0, tls: identity))
        try await withServer(configuration) { port in
            for (suite, isOffered) in [
                ("AES128-GCM-SHA256", false), ("AES128-SHA", false), ("ECDHE-RSA-AES128-SHA", false),
                ("ECDHE-RSA-AES128-GCM-SHA256", true), ("ECDHE-RSA-AES256-GCM-SHA384", true),
                ("ECDHE-RSA-CHACHA20-POLY1305", true),
            ] {
                let result = try await ChildProcess.run(
                    "openssl", ["s_client", "-connect", "127.0.0.1:\(port)", "-tls1_2", "-cipher", suite, "-brief"])
                #expect((result.status == 0) == isOffered, "\(suite): \(result.output)\(result.errors)")
            }
        }
    }

    @Test("A TLS key that every user can read is refused")
    func keyMode() async throws {
        let directory = try TemporaryDirectory()
        _ = try await Self.certificate(directory)
        let key = directory.file("key.pem")
        for (mode, isAccepted) in [(0o600, true), (0o640, true), (0o644, false), (0o666, false), (0o602, false)] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: key)
            do throws(TLSIdentity.Failure) {
                _ = try TLSIdentity(certificateFile: directory.file("cert.pem"), keyFile: key)
                #expect(isAccepted, "\(String(mode, radix: 8))")
            } catch {
                #expect(!isAccepted && error.subject == .key && error.remedy.contains("chmod o-rwx"), "\(error)")
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
