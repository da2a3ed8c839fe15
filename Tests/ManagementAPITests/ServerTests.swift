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
            ("evil.example", 421), ("127.0.0.1.evil.example", 421), ("localhost.evil.example", 421), ("192.0.2.1", 421),
            ("127.evil", 421), ("", 421),
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
