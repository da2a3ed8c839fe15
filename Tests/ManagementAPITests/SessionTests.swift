import Foundation
import HTTPTypes
import HummingbirdTesting
import MIPTesting
import MobileIPv4
import Testing

@testable import ManagementAPI

@Suite("The session of a client of the JSON API")
struct SessionTests {
    @Test("A client with a token learns its name and its role", arguments: AccessRole.allCases)
    func token(role: AccessRole) async throws {
        let (text, token) = AccessToken.make(name: "ops", role: role)
        try await RealAgent().serving(tokens: [token]) { client in
            let answer = try await client.reading.get("/v1/session", headers: [.authorization: "Bearer \(text)"])
            let session = try answer.object()
            #expect(session["actor"] as? String == "ops")
            #expect(session["role"] as? String == role.rawValue)
            #expect(session["hasToken"] as? Bool == true)
            #expect(session["acceptsTokens"] as? Bool == true)
        }
    }

    @Test("A client without a token learns for whom it is taken, and whether it could sign in", arguments: [false, true])
    func noToken(hasTokens: Bool) async throws {
        let (_, token) = AccessToken.make(name: "ops", role: .write)
        try await RealAgent().serving(tokens: hasTokens ? [token] : []) { client in
            let session = try await client.reading.object("/v1/session")
            #expect(session["actor"] as? String == "loopback")
            #expect((session["role"] as? String).flatMap(AccessRole.init(rawValue:)) != nil)
            #expect(session["hasToken"] as? Bool == false)
            #expect(session["acceptsTokens"] as? Bool == hasTokens)
        }
    }

    @Test("The role of the session is what the server enforces, with and without a token")
    func enforced() async throws {
        let (reading, reader) = AccessToken.make(name: "reader", role: .read)
        let (writing, writer) = AccessToken.make(name: "writer", role: .write)
        let all: [HTTPFields] = [[:], [.authorization: "Bearer \(reading)"], [.authorization: "Bearer \(writing)"]]
        try await RealAgent().serving(tokens: [reader, writer]) { client in
            for fields in all {
                let role = try await client.reading.get("/v1/session", headers: fields).object()["role"] as? String
                let answer = try await client.send(.delete, "/v1/bindings/home/10.0.0.77/192.0.2.1", nil, fields)
                // The binding does not exist, which only those who may revoke it learn.
                #expect((answer.status == .notFound) == (role == AccessRole.write.rawValue))
            }
        }
    }

    @Test("A wrong token has no session, and the session takes no parameters")
    func refused() async throws {
        try await Served([[]]).test { client in
            let wrong = try await client.get("/v1/session", headers: [.authorization: "Bearer wrong"])
            #expect(wrong.status == .unauthorized)
            let parameter = try await client.get("/v1/session?x=1")
            #expect(parameter.status == .badRequest)
        }
    }
}
