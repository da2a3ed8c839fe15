import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import MIPTesting
import ManagementAPI
import MobileIPv4
import NIOCore
import ServiceLifecycle
import Testing

@Suite("The server of the JSON API")
struct ServerTests {
    /// Sends bytes over TCP and returns everything received until the server closes the connection.
    private func exchange(_ text: String, port: Int) async throws -> String {
        let (status, output, _) = try await ChildProcess.run(
            "bash", ["-c", "exec 3<>/dev/tcp/127.0.0.1/\(port); printf '%b' \"$0\" >&3; timeout -s KILL 5 cat <&3", text])
        #expect(status == 0)
        return output
    }

    @Test(
        "Only host names and addresses of loopback are served",
        arguments: [
            ("localhost", 200), ("localhost:80", 200), ("127.0.0.1", 200), ("127.0.0.1:8044", 200), ("127.1.2.3", 200),
            ("LOCALHOST", 200), ("localhost:", 200), ("[::1]", 200), ("[::1]:8044", 200), ("[::ffff:127.0.0.1]", 200),
            ("evil.example", 421), ("127.0.0.1.evil.example", 421), ("localhost.evil.example", 421), ("192.0.2.1", 421),
            ("127.evil", 421), ("", 421), ("[::2]", 421), ("[::ffff:192.0.2.1]", 421), ("127.0.0.1.", 421),
            ("localhost:80@evil", 400), ("evil@localhost", 400), ("localhost:x", 400), ("localhost:65536", 400), ("[::1", 400),
            ("[localhost]", 400), ("::1", 400), ("localhost/x", 400),
        ])
    func host(host: String, status: Int) async throws {
        try await Served([[]]).test(.live) { client in
            let port = try #require(client.client.port)
            let answer = try await exchange(
                "GET /v1/status HTTP/1.1\\r\\nHost: \(host)\\r\\nConnection: close\\r\\n\\r\\n", port: port)
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
        }
    }

    @Test(
        "A request without a Host, or with two, is refused; the authority of a whole URL takes the place of the Host",
        arguments: [
            ("GET /v1/status HTTP/1.1", [], 400), ("GET /v1/status HTTP/1.1", ["localhost", "localhost"], 400),
            ("GET /v1/status HTTP/1.1", ["localhost", "evil.example"], 400),
            ("GET http://localhost/v1/status HTTP/1.1", ["evil.example"], 200),
            ("GET http://evil.example/v1/status HTTP/1.1", ["localhost"], 421),
            ("GET ws://evil.example/v1/status HTTP/1.1", ["localhost"], 421),
            ("GET http://evil.example HTTP/1.1", ["localhost"], 421), ("GET http://localhost/v1/status HTTP/1.1", [], 400),
            ("GET HTTP://evil.example/v1/status HTTP/1.1", ["localhost"], 421), ("GET /v1/status HTTP/1.0", [], 200),
            ("GET /v1/status HTTP/1.0", ["localhost", "localhost"], 400), ("GET /v1/status HTTP/1.0", ["evil.example"], 421),
        ])
    func hosts(line: String, hosts: [String], status: Int) async throws {
        try await Served([[]]).test(.live) { client in
            let port = try #require(client.client.port)
            let fields = hosts.map { "Host: \($0)\\r\\n" }.joined()
            let answer = try await exchange("\(line)\\r\\n\(fields)Connection: close\\r\\n\\r\\n", port: port)
            #expect(answer.hasPrefix("HTTP/1.\(line.hasSuffix("0") ? 0 : 1) \(status) "), "\(answer.prefix(300))")
        }
    }

    @Test("Names in 'hosts:' are served on loopback too, and pages from there may use the API; no others")
    func proxied() async throws {
        try await Served([[]]).test(.live, configure: { $0.hosts = ["mib.example.net"] }) { client in
            let port = try #require(client.client.port)
            for (host, origin, status) in [
                ("mib.example.net", nil, 200), ("mib.example.net:8443", nil, 200), ("MIB.example.net", nil, 200),
                ("localhost", "https://mib.example.net", 200), ("localhost", "https://mib.example.net:8443", 200),
                ("mib.example.net", "https://mib.example.net:8443", 200), ("other.example.net", nil, 421),
                ("localhost", "https://other.example.net", 403), ("localhost", "https://mib.example.net@evil", 403),
                ("localhost", "https://mib.example.net/x", 403), ("localhost", "ftp://mib.example.net", 403),
            ] as [(String, String?, Int)] {
                let fields = "Host: \(host)\\r\\n" + (origin.map { "Origin: \($0)\\r\\n" } ?? "")
                let answer = try await exchange(
                    "GET /v1/status HTTP/1.1\\r\\n\(fields)Connection: close\\r\\n\\r\\n", port: port)
                #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(host) \(origin ?? ""): \(answer.prefix(100))")
            }
        }
    }

    @Test(
        "Garbage instead of HTTP ends its own connection and nothing else",
        arguments: [
            "\\000\\001\\002\\003", "GET", "GET / HTTP/9.9\\r\\n\\r\\n", "\\r\\n\\r\\n\\r\\n",
            "GET /v1/status HTTP/1.1\\r\\nHost",
        ])
    func garbage(text: String) async throws {
        try await Served([[]]).test(.live) { client in
            let port = try #require(client.client.port)
            _ = try await ChildProcess.run(
                "bash",
                ["-c", "exec 3<>/dev/tcp/127.0.0.1/\(port); printf '%b' \"$0\" >&3; timeout -s KILL 0.2 cat <&3; true", text])
            #expect(try await client.get("/v1/status").status == .ok)
        }
    }

    @Test("A port in use is reported clearly")
    func portInUse() async throws {
        let served = try Served([[]])
        let (ports, continuation) = AsyncStream.makeStream(of: UInt16.self)
        let first = ManagementServer(
            configuration: try #require(ManagementServerConfiguration(address: IPv4Address(127, 0, 0, 1), port: 0)),
            agents: served.mirrors, logger: .init(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { continuation.yield($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await first.run() }
            var iterator = ports.makeAsyncIterator()
            let port = try #require(await iterator.next())
            let second = try served.server(port: port)
            let error = await #expect(throws: (any Error).self) { try await second.run() }
            #expect(
                error.map { "\($0)" }
                    == "cannot listen on 127.0.0.1:\(port): the address is in use by another program; stop it or choose another port"
            )
            group.cancelAll()
        }
    }
}
