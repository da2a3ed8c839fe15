import AgentModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import MIPTesting
import ManagementAPI
import MobileIPv4
import NIOCore
import Testing

@Suite("Changes to a real agent through the API")
struct ChangeTests {
    private static let association = "/v1/associations/home/10.0.1.7/300"
    private static let key = "c0ffee0badc0ffee0badc0ffee0badc0"

    @Test("Registration is switched off and on again, and the next read of the row shows it")
    func enabled() async throws {
        let agent = try RealAgent()
        try await agent.serving { client in
            for enabled in [false, true] {
                let answer = try await client.send(.patch, "/v1/settings/home", #"{"enabled": \#(enabled)}"#)
                #expect(answer.status == .noContent)
                let row = try await client.reading.get("/v1/settings/home")
                #expect(try row.object()["enabled"] as? Bool == enabled)
                #expect(row.headers[.eTag] == answer.headers[.eTag])
            }
        }
    }

    @Test("Requirements and limits change together or not at all")
    func settings() async throws {
        let agent = try RealAgent()
        try await agent.serving { client in
            let body = #"{"registrationRequired": true, "challengeWindow": 3, "maximumBindings": 77, "maximumVisitors": 88}"#
            #expect(try await client.send(.patch, "/v1/settings/home", body).status == .noContent)
            let row = try await client.reading.object("/v1/settings/home")
            #expect(row["registrationRequired"] as? Bool == true)
            #expect(row["challengeWindow"] as? Int == 3)
            #expect(row["maximumBindings"] as? Int == 77)
            #expect(row["maximumVisitors"] as? Int == 88)
            let refused = try await client.send(.patch, "/v1/settings/home", #"{"maximumBindings": 5, "challengeWindow": 17}"#)
            #expect(refused.status == .unprocessableContent)
            #expect(try refused.object()["field"] as? String == "challengeWindow")
            #expect(
                try refused.object()["detail"] as? String
                    == "'challengeWindow': 17 is invalid; expected a whole number from 0 to 16"
            )
            #expect(try await client.reading.object("/v1/settings/home")["maximumBindings"] as? Int == 77)
        }
    }

    @Test("How an agent signals is changed completely or not at all")
    func signalling() async throws {
        let agent = try RealAgent()
        try await agent.serving { client in
            let body = #"{"revocation": false, "revocationInforming": false, "retransmissionTries": 3}"#
            #expect(try await client.send(.patch, "/v1/settings/home", body).status == .noContent)
            let row = try await client.reading.object("/v1/settings/home")
            #expect(row["revocation"] as? Bool == false && row["revocationRequired"] as? Bool == false)
            #expect(row["revocationInforming"] as? Bool == false)
            #expect(row["retransmissionTimeout"] as? Int == 1 && row["retransmissionTries"] as? Int == 3)
            let wrong = #"{"revocation": true, "retransmissionTimeout": 61}"#
            let refused = try await client.send(.patch, "/v1/settings/home", wrong)
            #expect(refused.status == .unprocessableContent)
            #expect(try refused.object()["field"] as? String == "retransmissionTimeout")
            #expect(try await client.reading.object("/v1/settings/home")["revocation"] as? Bool == false)
        }
    }

    @Test("An association is created, replaced, changed and deleted")
    func association() async throws {
        let agent = try RealAgent()
        try await agent.serving { client in
            let body = #"{"agent": "home", "peer": "10.0.1.7", "spi": 300, "key": "\#(Self.key)", "algorithm": "hmac-sha1"}"#
            let made = try await client.send(.post, "/v1/associations", body)
            #expect(made.status == .created)
            #expect(made.headers[.location] == Self.association)
            #expect(try await client.send(.post, "/v1/associations", body).status == .conflict)
            var row = try await client.reading.object(Self.association)
            #expect(row["algorithm"] as? String == "hmac-sha1")
            #expect(row["storage"] as? String == "nonVolatile")
            #expect(row["peerRole"] as? String == "mobileNode")
            #expect(try await client.send(.patch, Self.association, #"{"replayTolerance": 30}"#).status == .noContent)
            row = try await client.reading.object(Self.association)
            #expect(row["replayTolerance"] as? Int == 30)
            #expect(row["algorithm"] as? String == "hmac-sha1")
            let other = #"{"key": "\#(Self.key)", "replayMethod": "nonces"}"#
            #expect(try await client.send(.put, Self.association, other).status == .noContent)
            row = try await client.reading.object(Self.association)
            #expect(row["replayMethod"] as? String == "nonces")
            #expect(row["replayTolerance"] as? Int == 7, "members omitted from a replacement get their default values")
            #expect(row["algorithm"] as? String == "hmac-md5")
            #expect(try await client.send(.delete, Self.association).status == .noContent)
            #expect(try await client.reading.get(Self.association).status == .notFound)
            #expect(try await client.send(.delete, Self.association).status == .notFound)
            let put = try await client.send(.put, "/v1/associations/home/alice%40example.net/301", other)
            #expect(put.status == .created)
            #expect(put.headers[.location] == "/v1/associations/home/alice%40example.net/301")
        }
    }

    @Test("A key appears in no answer, record, event or log line, whatever the outcome of the change")
    func secrets() async throws {
        let agent = try RealAgent()
        let log = LogCollector()
        try await agent.serving(log: log) { client in
            var reported = ""
            let key = Self.key
            for (method, uri, body) in [
                (.post, "/v1/associations", #"{"agent": "home", "peer": "10.0.1.7", "spi": 300, "key": "\#(key)"}"#),
                (.post, "/v1/associations", #"{"agent": "home", "peer": "10.0.1.7", "spi": 300, "key": "\#(key)"}"#),
                (.put, Self.association, #"{"key": "\#(key)", "algorithm": "none"}"#),
                (.put, Self.association, #"{"key": "\#(key)0"}"#), (.put, Self.association, #"{"key": ["\#(key)"]}"#),
                (.put, Self.association, #"{"key": "\#(key)", "key2": "\#(key)"}"#),
                (.put, Self.association, #"{"key": "\#(key)""#), (.patch, Self.association, #"{"key": "\#(key)"}"#),
                (.patch, "/v1/associations/home/10.0.0.0%2F8/1000", #"{"key": "\#(key)"}"#), (.delete, Self.association, nil),
            ] as [(HTTPRequest.Method, String, String?)] {
                let answer = try await client.send(method, uri, body)
                reported += "\(answer.status) \(answer.headers) \(String(buffer: answer.body))\n"
            }
            reported += String(buffer: try await client.reading.get("/v1/events", headers: [.accept: "application/json"]).body)
            #expect(reported.contains("\"changed\""))
            #expect(!reported.lowercased().contains(key.prefix(8)))
        }
        #expect(log.text.contains("changed"))
        #expect(!log.text.lowercased().contains(Self.key.prefix(8)))
    }

    @Test("A failed precondition changes nothing; of two clients with the same ETag, only one changes the row")
    func conditions() async throws {
        let agent = try RealAgent()
        try await agent.serving { client in
            let make = #"{"key": "\#(Self.key)"}"#
            let body = #"{"replayTolerance": 9}"#
            #expect(try await client.send(.put, Self.association, make, [.ifMatch: "*"]).status == .preconditionFailed)
            #expect(try await client.send(.put, Self.association, make, [.ifNoneMatch: "*"]).status == .created)
            #expect(try await client.send(.put, Self.association, make, [.ifNoneMatch: "*"]).status == .preconditionFailed)
            let tag = try await client.tag(Self.association)
            #expect(try await client.send(.patch, Self.association, body, [.ifMatch: "\"other\""]).status == .preconditionFailed)
            #expect(try await client.send(.patch, Self.association, body, [.ifMatch: "W/\(tag)"]).status == .preconditionFailed)
            #expect(try await client.send(.delete, Self.association, nil, [.ifMatch: "\"other\""]).status == .preconditionFailed)
            for wrong in ["other", "\"a\" \"b\"", "\"a\",", "W/*", ""] {
                #expect(try await client.send(.delete, Self.association, nil, [.ifMatch: wrong]).status == .badRequest)
                #expect(try await client.reading.get(Self.association, headers: [.ifNoneMatch: wrong]).status == .badRequest)
            }
            #expect(try await client.reading.object(Self.association)["replayTolerance"] as? Int == 7)
            async let first = client.send(.patch, Self.association, #"{"replayTolerance": 11}"#, [.ifMatch: tag])
            async let second = client.send(.patch, Self.association, #"{"replayTolerance": 12}"#, [.ifMatch: tag])
            let statuses = try await [first.status, second.status].sorted { $0.code < $1.code }
            #expect(statuses == [.noContent, .preconditionFailed])
            let now = try await client.tag(Self.association)
            #expect(
                try await client.send(.delete, Self.association, nil, [.ifMatch: "\"a,b\" ,W/\"\",\t\(now)"]).status == .noContent
            )
        }
    }

    @Test("A binding is revoked only if it has not changed since it was read")
    func binding() async throws {
        let agent = try RealAgent()
        let home = IPv4Address(10, 0, 1, 7)
        try await agent.serving { client in
            try await agent.register(home, from: IPv4Address(192, 0, 2, 1))
            let path = "/v1/bindings/home/10.0.1.7/192.0.2.1"
            #expect(try await client.send(.delete, path, nil, [.ifMatch: "\"old\""]).status == .preconditionFailed)
            let tag = try await client.tag(path)
            #expect(try await client.send(.delete, path, nil, [.ifMatch: tag]).status == .noContent)
            #expect(try await client.reading.list("/v1/bindings").isEmpty)
        }
    }

    @Test("Care-of addresses are added and removed; those from the configuration stay")
    func careOfAddresses() async throws {
        let agent = try RealAgent()
        try await agent.serving { client in
            let path = "/v1/care-of-addresses/home/192.0.2.77"
            let made = try await client.send(.post, "/v1/care-of-addresses", #"{"agent": "home", "address": "192.0.2.77"}"#)
            #expect(made.status == .created)
            #expect(made.headers[.location] == path)
            #expect(try await client.reading.object(path)["isAdded"] as? Bool == true)
            #expect(try await client.send(.put, path).status == .noContent)
            #expect(try await client.reading.list("/v1/events?kind=changed").count == 1, "the address already existed")
            #expect(try await client.send(.delete, path).status == .noContent)
            #expect(try await client.reading.get(path).status == .notFound)
            let refused = try await client.send(.delete, "/v1/care-of-addresses/home/127.0.0.2")
            #expect(refused.status == .conflict)
            #expect(
                try refused.object()["detail"] as? String
                    == "agent 'home' refused it: the care-of address 127.0.0.2 is from the agent's configuration file; change it there"
            )
        }
    }

    @Test(
        "Advertising settings are changed and replaced; advertising configured in the agent's file cannot be ended",
        .enabled(if: geteuid() == 0, "raw sockets require root"))
    func advertisements() async throws {
        let agent = try RealAgent(advertises: true)
        try await agent.serving { client in
            let path = "/v1/advertisements/home/127.0.0.1"
            #expect(try await client.reading.object(path)["onlyOnSolicitation"] as? Bool == true)
            let body = #"{"maximumInterval": 900, "includesPrefixLength": true, "storage": "volatile"}"#
            #expect(try await client.send(.patch, path, body, [.ifMatch: client.tag(path)]).status == .noContent)
            var row = try await client.reading.object(path)
            #expect(row["maximumInterval"] as? Int == 900)
            #expect(row["includesPrefixLength"] as? Bool == true)
            #expect(row["onlyOnSolicitation"] as? Bool == true)
            #expect(row["storage"] as? String == "volatile")
            let refused = try await client.send(.patch, path, #"{"minimumInterval": 901}"#)
            #expect(refused.status == .conflict)
            #expect(try (refused.object()["detail"] as? String)?.contains("the shortest interval must be 3 s to") == true)
            #expect(try await client.send(.put, path, #"{"onlyOnSolicitation": true}"#).status == .noContent)
            row = try await client.reading.object(path)
            #expect(row["maximumInterval"] as? Int == 600)
            #expect(row["includesPrefixLength"] as? Bool == false)
            let end = try await client.send(.delete, path)
            #expect(end.status == .conflict)
            #expect(try (end.object()["detail"] as? String)?.contains("configuration file; remove it there") == true)
        }
    }

    @Test("A request with validate=true is answered as the change would be, and changes nothing")
    func trial() async throws {
        let agent = try RealAgent()
        try await agent.serving { client in
            let body = #"{"key": "\#(Self.key)"}"#
            let trial = try await client.send(.put, Self.association + "?validate=true", body)
            #expect(trial.status == .created)
            #expect(trial.headers[.location] == Self.association)
            #expect(trial.headers[.eTag] == nil)
            #expect(try await client.reading.get(Self.association).status == .notFound)
            #expect(try await client.send(.put, Self.association + "?validate=false", body).status == .created)
            #expect(try await client.send(.delete, Self.association + "?validate=true").status == .noContent)
            #expect(try await client.reading.get(Self.association).status == .ok)
            let wrong = #"{"enabled": false, "maximumBindings": 0}"#
            #expect(try await client.send(.patch, "/v1/settings/home?validate=true", wrong).status == .unprocessableContent)
            #expect(try await client.send(.patch, "/v1/settings/home?validate=true", #"{"enabled": false}"#).status == .noContent)
            #expect(try await client.reading.object("/v1/settings/home")["enabled"] as? Bool == true)
            let changes = try await client.reading.list("/v1/events?kind=changed")
            #expect(changes.count == 1)
        }
    }

    @Test("Every change is recorded with its actor and the row before and after")
    func audit() async throws {
        let agent = try RealAgent()
        try await agent.serving { client in
            #expect(try await client.send(.patch, "/v1/settings/home", #"{"maximumBindings": 99}"#).status == .noContent)
            let events = try await client.reading.list("/v1/events?kind=changed")
            let record = try #require(events.first?["audit"] as? [String: Any])
            #expect(record["actor"] as? String == ManagementToken.name)
            #expect(record["request"] as? String == "PATCH /v1/settings/home")
            #expect((record["before"] as? [String: Any])?["maximumBindings"] as? Int != 99)
            #expect((record["after"] as? [String: Any])?["maximumBindings"] as? Int == 99)
        }
    }

    @Test("A read-only token changes nothing; the name of a token that may write is in the record")
    func roles() async throws {
        let (reading, reader) = AccessToken.make(name: "grafana", role: .read)
        let (writing, writer) = AccessToken.make(name: "ops", role: .write)
        let agent = try RealAgent()
        try await agent.serving(tokens: [reader, writer]) { client in
            func change(_ token: String) async throws -> HTTPResponse.Status {
                try await client.send(
                    .patch, "/v1/settings/home", #"{"maximumVisitors": 5}"#, [.authorization: "Bearer \(token)"]
                ).status
            }
            #expect(try await change(reading) == .forbidden)
            #expect(try await client.reading.list("/v1/events?kind=changed").isEmpty)
            #expect(try await change(writing) == .noContent)
            let events = try await client.reading.list("/v1/events?kind=changed")
            #expect(events.map { ($0["audit"] as? [String: Any])?["actor"] as? String } == ["ops"])
        }
    }

    @Test("An agent that does not answer delays no other agent, and its change is not reported as made")
    func silent() async throws {
        let served = try Served([[], []])
        try await served.test { client in
            let changes = ChangeClient(client: client.client)
            await served.agents[0].delay(making: .seconds(60))
            async let silent = changes.send(.patch, "/v1/settings/one", #"{"enabled": false}"#)
            #expect(try await changes.send(.patch, "/v1/settings/two", #"{"enabled": false}"#).status == .noContent)
            #expect(try await client.get("/v1/settings/one").status == .ok)
            let answer = try await silent
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.headers[.retryAfter] == "5")
            #expect(try (answer.object()["detail"] as? String)?.contains("the change may or may not have been made") == true)
            #expect(try await client.list("/v1/events?kind=changed&agent=one").isEmpty)
        }
    }

    @Test(
        "An invalid change is answered with what is expected, and changes nothing",
        arguments: [
            (.patch, "/v1/settings/home", "{}", 422, "the body has no members"),
            (.patch, "/v1/settings/home", #"{"enable": true}"#, 422, "unknown member 'enable'; expected some of enabled, busy"),
            (.patch, "/v1/settings/home", #"{"enabled": "yes"}"#, 422, #"'enabled': "yes" is invalid; expected true or false"#),
            (.patch, "/v1/settings/home", #"{"enabled": null}"#, 422, "'enabled': null is invalid; expected true or false"),
            (.patch, "/v1/settings/home", #"{"maximumBindings": 1e30}"#, 422, "expected a whole number from 1"),
            (.patch, "/v1/settings/home", "[1]", 400, "the body is not an object"),
            (.patch, "/v1/settings/home", "{", 400, "the body is not JSON"), (.patch, "/v1/settings/home", "", 400, "not JSON"),
            (.patch, "/v1/settings/none", #"{"enabled": true}"#, 404, "no such agent: none; expected one of home"),
            (.patch, "/v1/settings/home?validate=maybe", #"{"enabled": true}"#, 400, "validate 'maybe' is invalid"),
            (
                .patch, "/v1/settings/home?force=1", #"{"enabled": true}"#, 400,
                "unknown parameter 'force'; expected some of validate"
            ),
            (.put, "/v1/settings/home", "{}", 405, "expected one of GET, HEAD, PATCH"),
            (.put, "/v1/associations/home/10.0.1.7/300", "{}", 422, "'key' is missing; expected an even number"),
            (
                .put, "/v1/associations/home/10.0.1.7/300", #"{"key": "abc"}"#, 422,
                "'key' is invalid; expected an even number"
            ),
            (.put, "/v1/associations/home/10.0.1.7/30", #"{"key": "abcd"}"#, 409, "expected 256 to 4294967295"),
            (
                .put, "/v1/associations/home/10.0.1.7/x", #"{"key": "abcd"}"#, 404,
                "key '10.0.1.7/x' is invalid; expected peer/spi"
            ),
            (.patch, "/v1/associations/home/10.0.1.7/300", #"{"storage": "volatile"}"#, 404, "currently has no row"),
            (
                .patch, "/v1/associations/home/10.0.0.0%2F8/1000", #"{"storage": "volatile"}"#, 409,
                "is from the agent's configuration file; change it there"
            ),
            (
                .post, "/v1/associations", #"{"agent": "home", "peer": "10.0.1.7", "key": "abcd"}"#, 422,
                "'spi' is missing; expected a whole number from 256"
            ),
            (
                .post, "/v1/care-of-addresses", #"{"agent": "home", "address": "224.0.0.1"}"#, 422,
                "expected the IPv4 address of an interface"
            ),
            (
                .post, "/v1/home-agents", #"{"agent": "home", "address": "10.0.0.9"}"#, 409,
                "only a mobile node has a list of home agents"
            ),
            (.put, "/v1/advertisements/home/10.0.0.1", "{}", 404, "this agent has no interfaces to advertise on"),
        ] as [(HTTPRequest.Method, String, String, Int, String)])
    func refused(method: HTTPRequest.Method, uri: String, body: String, status: Int, detail: String) async throws {
        let agent = try RealAgent()
        try await agent.serving { client in
            let answer = try await client.send(method, uri, body)
            #expect(answer.status.code == status)
            #expect(answer.headers[.contentType] == "application/problem+json")
            let reported = try #require(try answer.object()["detail"] as? String)
            #expect(reported.contains(detail))
            #expect(try await client.reading.list("/v1/events?kind=changed").isEmpty)
        }
    }

    @Test("A body must be declared as JSON and must not exceed the size limit")
    func bodies() async throws {
        let agent = try RealAgent()
        try await agent.serving { client in
            let body = #"{"enabled": true}"#
            let refused = [
                "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16",
                "application/json;a=b;Charset=\"UTF-16\"",
            ]
            for type in refused {
                let answer = try await client.send(.patch, "/v1/settings/home", body, [.contentType: type])
                #expect(answer.status == .unsupportedMediaType)
            }
            for json in [#"{"enabled": true,}"#, #"{"enabled": true , }"#] {
                #expect(try await client.send(.patch, "/v1/settings/home", json).status == .badRequest)
            }
            let accepted = [
                "application/json; charset=utf-8", "application/json;CHARSET=\"UTF-8\"", "application/merge-patch+json",
            ]
            for type in accepted {
                #expect(try await client.send(.patch, "/v1/settings/home", body, [.contentType: type]).status == .noContent)
            }
            let long = body + String(repeating: " ", count: 65_536)
            let answer = try await client.send(.patch, "/v1/settings/home", long)
            #expect(answer.status == .contentTooLarge)
            #expect(try answer.object()["detail"] as? String == "the body has more than 65536 bytes; no change needs that many")
            let deep = String(repeating: "[", count: 30_000)
            #expect(try await client.send(.patch, "/v1/settings/home", deep).status == .badRequest)
        }
    }
}
