import HTTPTypes
import Hummingbird
import Testing

@testable import ManagementAPI

@Suite("Access through a proxy that asks for a password itself")
struct ProxiedAccessTests {
    /// The status with which a request is refused, or 200.
    private static func status(
        _ authenticator: Authenticator, _ authorization: String..., method: HTTPRequest.Method = .get
    ) -> Int {
        var head = HTTPRequest(method: method, scheme: nil, authority: "localhost", path: "/v1/status")
        for text in authorization { head.headerFields.append(HTTPField(name: .authorization, value: text)) }
        do {
            _ = try authenticator.admit(Request(head: head, body: .init(buffer: .init())), from: "127.0.0.1")
            return 200
        } catch { return error.status.code }
    }

    @Test(
        "What such a proxy passes on is not taken for an invalid token, and permits nothing",
        arguments: ["Basic dXNlcjpwYXNz", "basic dXNlcjpwYXNz", "Digest username=\"a\"", "Negotiate YII="])
    func otherSchemes(authorization: String) {
        let (_, token) = AccessToken.make(name: "ops", role: .write)
        let loopback = Authenticator(kind: .loopback, tokens: [token], hosts: nil, requestsPerSecond: 1000)
        for _ in 0..<30 { #expect(Self.status(loopback, authorization) == 200) }
        #expect(Self.status(loopback, authorization, method: .delete) == 401)
        let network = Authenticator(kind: .network, tokens: [token], hosts: nil, requestsPerSecond: 1000)
        for _ in 0..<30 { #expect(Self.status(network, authorization) == 401) }
    }

    @Test("More than one Authorization is refused, whatever they are and in whichever order")
    func twice() {
        let (secret, token) = AccessToken.make(name: "ops", role: .write)
        let loopback = Authenticator(kind: .loopback, tokens: [token], hosts: nil, requestsPerSecond: 1000)
        #expect(Self.status(loopback, "Bearer \(secret)") == 200)
        for (first, second) in [("Basic dXNlcjpwYXNz", "Bearer zz"), ("Bearer \(secret)", "Basic dXNlcjpwYXNz")] {
            #expect(Self.status(loopback, first, second) == 400)
        }
    }

    @Test("What could be meant as a token is an invalid one", arguments: ["Bearer", "Bearer x", "Basic", "x", "Token x"])
    func invalid(authorization: String) {
        let (_, token) = AccessToken.make(name: "ops", role: .write)
        let loopback = Authenticator(kind: .loopback, tokens: [token], hosts: nil, requestsPerSecond: 1000)
        #expect(Self.status(loopback, authorization) == 401)
    }
}
