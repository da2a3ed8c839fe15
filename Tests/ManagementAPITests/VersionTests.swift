import AgentModel
import Foundation
import HummingbirdTesting
import MIPTesting
import ManagementAPI
import MobileIPv4
import Testing

@Suite("Versions of HTTP and the end of connections")
struct VersionTests {
    /// Sends requests on one connection and returns everything received until the server closes it.
    private static func answers(_ client: Client, _ requests: String) async throws -> String {
        let connection = try RawClient(port: try #require(client.client.port), sending: requests, receiveBuffer: 1 << 20)
        try await eventually("the end of the connection") {
            connection.read()
            return connection.isClosed
        }
        return connection.text
    }

    @Test(
        "A client of HTTP/1.0 gets an answer without chunks, which ends with its connection",
        arguments: ["/v1/bindings", "/v1/bindings?limit=1", "/v1/status", "/metrics", "/", "/nothing"],
        ["", "Connection: keep-alive\r\n"])
    func old(path: String, field: String) async throws {
        try await Served([(0..<3).map { .binding(Samples.binding($0)) }]).test(.live) { client in
            let text = try await Self.answers(client, "GET \(path) HTTP/1.0\r\n\(field)\r\n")
            let head = text.prefix(upTo: try #require(text.firstRange(of: "\r\n\r\n")).lowerBound).lowercased()
            #expect(head.hasPrefix("http/1.0 \(path == "/nothing" ? 404 : 200) "))
            #expect(!head.contains("transfer-encoding"))
            #expect(head.contains("\r\nconnection: close"))
            guard path == "/v1/bindings" else { return }
            let body = text.suffix(from: try #require(text.firstRange(of: "\r\n\r\n")).upperBound)
            let rows = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [Any]
            #expect(rows?.count == 3)
        }
    }

    @Test("A client of HTTP/1.0 gets events as they happen, without chunks")
    func oldStream() async throws {
        let served = try Served([[]])
        try await served.test(.live) { client in
            let stream = try RawClient(
                port: try #require(client.client.port),
                sending: "GET /v1/events HTTP/1.0\r\nAccept: text/event-stream\r\n\r\n")
            try await eventually("the first block") {
                stream.read()
                return stream.text.contains("event: ready\n")
            }
            await served.agents[0].publish([
                .event(AgentEvent(time: Samples.start, kind: .registered, role: .homeAgent, message: "hello"))
            ])
            try await eventually("the event") {
                stream.read()
                return stream.text.contains("hello")
            }
            #expect(stream.text.hasPrefix("HTTP/1.0 200 ") && !stream.text.lowercased().contains("chunked"))
            #expect(!stream.isClosed)
        }
    }

    @Test(
        "'close' is recognized in any case and among other words, and nothing behind it is answered",
        arguments: ["close", "Close", "CLOSE", "close, TE", "te , Close"])
    func close(value: String) async throws {
        try await Served([[]]).test(.live) { client in
            let request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: "
            let text = try await Self.answers(
                client, request + "keep-alive\r\n\r\n" + request + "\(value)\r\n\r\n" + request + "\(value)\r\n\r\n")
            #expect(text.matches(of: #/HTTP/1\.1 200 /#).count == 2)
            #expect(text.lowercased().matches(of: #/connection: close/#).count == 1)
        }
    }

    @Test("A client that waits to be asked for its body is asked; one whose body is too large is refused at once")
    func expectation() async throws {
        let served = try Served([[]])
        try await served.test(.live) { client in
            let port = try #require(client.client.port)
            func send(_ length: Int, _ expectation: String = "100-continue") throws -> RawClient {
                try RawClient(
                    port: port,
                    sending: "PATCH /v1/settings/one HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Authorization: \(ManagementToken.authorization)\r\nContent-Length: \(length)\r\n"
                        + "Expect: \(expectation)\r\n\r\n")
            }
            let body = #"{"enabled": false}"#
            let asked = try send(body.utf8.count)
            try await eventually("the question") {
                asked.read()
                return asked.text == "HTTP/1.1 100 Continue\r\n\r\n"
            }
            try asked.send(body)
            try await eventually("the answer") {
                asked.read()
                return asked.text.contains("HTTP/1.1 204 ")
            }
            // The question must not come within the answer before.
            let second = try RawClient(
                port: port,
                sending: "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nPATCH /v1/settings/one HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nAuthorization: \(ManagementToken.authorization)\r\n"
                    + "Content-Length: \(body.utf8.count)\r\nExpect: 100-continue\r\n\r\n")
            try await eventually("the question behind an answer") {
                second.read()
                return second.text.hasPrefix("HTTP/1.1 200 ") && second.text.hasSuffix("}\nHTTP/1.1 100 Continue\r\n\r\n")
            }
            try second.send(body)
            try await eventually("the second answer") {
                second.read()
                return second.text.contains("HTTP/1.1 204 ")
            }
            for (client, status) in [(try send(70_000), 413), (try send(5, "200-maybe"), 417)] {
                try await eventually("the refusal") {
                    client.read()
                    return client.text.hasPrefix("HTTP/1.1 \(status) ")
                }
            }
        }
    }
}
