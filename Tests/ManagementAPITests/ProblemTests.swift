import AgentModel
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import MIPTesting
import ManagementAPI
import MobileIPv4
import ServiceLifecycle
import Testing

@Suite("Refused requests")
struct ProblemTests {
    private static let paths =
        "/v1, /v1/status, /v1/session, /v1/vocabulary, /v1/agents, /v1/settings, /v1/bindings, /v1/visitors, /v1/pending, /v1/associations, "
        + "/v1/violations, /v1/mobile-nodes, "
        + "/v1/tunnels, /v1/traffic, /v1/advertisements, /v1/care-of-addresses, /v1/home-agents, /v1/node, /v1/registrations, "
        + "/v1/foreign-agents, /v1/exchanges, /v1/drain, /v1/extension-uses, /v1/history, /v1/outcomes, /v1/reply-codes, /v1/discards, /v1/ends, /v1/counters, /v1/notifications, /v1/events, "
        + "/metrics, /healthz, /readyz, /openapi.json"

    @Test(
        "An invalid request is answered with a problem document that says what is expected",
        arguments: [
            (
                "/v1/bindings?agnt=one", 400,
                "unknown parameter 'agnt'; expected some of agent, careOfAddress, cursor, encapsulation, fields, "
                    + "homeAddress, homeAgent, limit, nai, revocation, search, service, sort, total"
            ),
            ("/v1/status?x=1", 400, "unknown parameter 'x'; this resource has no parameters"),
            ("/healthz?x=1", 400, "unknown parameter 'x'; this resource has no parameters"),
            (
                "/v1/associations?nai=x", 400,
                "unknown parameter 'nai'; expected some of agent, cursor, fields, limit, peer, peerRole, sort, spi, storage, total"
            ),
            ("/v1/bindings?agent=none", 400, "no such agent: none; expected one of one"),
            (
                "/v1/bindings?homeAddress=10.0.0", 400,
                "homeAddress '10.0.0' is invalid; expected an address such as 10.0.0.7 or a prefix such as 10.0.0.0/8"
            ),
            (
                "/v1/bindings?careOfAddress=10.0.0.1/8", 400,
                "careOfAddress '10.0.0.1/8' is invalid; expected an address such as 10.0.0.7 or a prefix such as 10.0.0.0/8"
            ),
            ("/v1/bindings?total=1", 400, "total '1' is invalid; expected true or false"),
            ("/v1//status", 404, "no such resource: /v1//status; expected one of \(Self.paths)"),
            ("//v1/status", 404, "no such resource: //v1/status; expected one of \(Self.paths)"),
            ("/v1/status/", 404, "no such resource: /v1/status/; expected one of \(Self.paths)"),
            ("//", 404, "no such resource: //; expected one of \(Self.paths)"),
            ("/v1/bindings?limit=0", 400, "limit '0' is invalid; expected 1 to 10000"),
            ("/v1/bindings?limit=%2B5", 400, "limit '+5' is invalid; expected 1 to 10000"),
            ("/v1/bindings?limit=007", 400, "limit '007' is invalid; expected 1 to 10000"),
            ("/v1/associations?spi=01000", 400, "spi '01000' is invalid; expected 0 to 4294967295"),
            ("/v1/associations?spi=%2B1000", 400, "spi '+1000' is invalid; expected 0 to 4294967295"),
            (
                "/v1/associations/one/10.0.0.0%2F8/01000", 404,
                "key '10.0.0.0/8/01000' is invalid; expected peer/spi such as 10.0.1.7/256"
            ),
            ("/v1/bindings?limit=99999999999999999999", 400, "limit '99999999999999999999' is invalid; expected 1 to 10000"),
            ("/v1/bindings?agent=one&agent=one", 400, "parameter 'agent' is given more than once; expected it once"),
            (
                "/v1/bindings?cursor=%00&limit=1", 400,
                "the cursor is invalid; expected the one in the Link header of the previous page, with the same limit and sort"
            ),
            (
                "/v1/bindings?cursor=b25l.W10&limit=1", 400,
                "the cursor is invalid; expected the one in the Link header of the previous page, with the same limit and sort"
            ),
            (
                "/v1/bindings?cursor=b25l.e30&limit=1", 400,
                "the cursor is invalid; expected the one in the Link header of the previous page, with the same limit and sort"
            ),
            (
                "/v1/binding", 404,
                "no such resource: /v1/binding; expected one of \(Self.paths)"
            ),
            (
                "/nothing", 404,
                "no such resource: /nothing; expected one of \(Self.paths)"
            ),
            (
                "/v1/bindings/..%2f..%2fetc", 404,
                "no such resource: /v1/bindings/..%2f..%2fetc; expected one of \(Self.paths)"
            ),
        ])
    func problems(uri: String, status: Int, detail: String) async throws {
        try await Served([[]]).test { client in
            let response = try await client.get(uri)
            #expect(response.status.code == status)
            #expect(response.headers[.contentType] == "application/problem+json")
            let problem = try response.object()
            #expect(problem["status"] as? Int == status)
            #expect(problem["detail"] as? String == detail)
            #expect(problem["title"] is String)
        }
    }

    @Test(
        "A media type with the weight 0 is never chosen; where all have it, the request is refused with those that there are",
        arguments: [
            ("application/json;q=0", "application/x-ndjson"),
            ("application/json;Q=0, application/x-ndjson;q=0.1", "application/x-ndjson"),
            ("application/json;q=0, application/x-ndjson;q=0", nil), ("*/*;q=0", nil), ("text/html, */*;q=0", nil),
            ("application/*;q=0, application/x-ndjson", "application/x-ndjson"), ("text/html", "application/json"),
            ("APPLICATION/X-NDJSON", "application/x-ndjson"), ("application/json;q=nan", "application/json"),
            ("", "application/json"),
        ] as [(String, String?)])
    func accepted(accept: String, type: String?) async throws {
        try await Served([[]]).test { client in
            let answer = try await client.get("/v1/bindings", headers: [.accept: accept])
            #expect(answer.status == (type == nil ? .notAcceptable : .ok))
            #expect(answer.headers[.contentType] == type ?? "application/problem+json")
            if type == nil {
                #expect(try (answer.object()["detail"] as? String)?.contains("application/json, application/x-ndjson") == true)
            }
        }
    }

    @Test(
        "A member given twice is refused with its name, wherever it is and however it is written",
        arguments: [
            (#"{"enabled": true, "enabled": false}"#, "enabled"), (#"{"enabled": true, "\u0065nabled": true}"#, "enabled"),
            (#"{"busy": {"a": [{"b": 1}, {"b": 1, "b": 2}]}}"#, "busy.a.1.b"), (#"{"": 1, "": 1}"#, ""),
        ])
    func duplicates(body: String, field: String) async throws {
        let served = try Served([[]])
        try await served.test { client in
            let answer = try await ChangeClient(client: client.client).send(.patch, "/v1/settings/one", body)
            #expect(answer.status == .badRequest)
            let problem = try answer.object()
            #expect(problem["field"] as? String == field)
            #expect(problem["detail"] as? String == "the member '\(field)' is given more than once; expected it once")
            #expect(await served.agents[0].applied.isEmpty)
        }
    }

    @Test(
        "Other methods are refused with the allowed ones",
        arguments: [HTTPRequest.Method.post, .put, .delete, .patch, .options])
    func methods(method: HTTPRequest.Method) async throws {
        try await Served([[]]).test { client in
            let response = try await client.get("/v1/mobile-nodes", method: method)
            #expect(response.status == .methodNotAllowed)
            #expect(response.headers[.allow] == "GET, HEAD")
            let problem = try response.object()
            #expect(problem["detail"] as? String == "method '\(method.rawValue)' is not allowed here; expected one of GET, HEAD")
        }
    }

    @Test("HEAD returns the headers of GET and no body")
    func head() async throws {
        try await Served([[.binding(Samples.binding(1))]]).test(.live) { client in
            let response = try await client.get("/v1/bindings", method: .head)
            #expect(response.status == .ok)
            #expect(response.headers[.contentType] == "application/json")
            #expect(response.body.readableBytes == 0)
        }
    }

    @Test(
        "Every answer forbids caching, framing and content sniffing",
        arguments: ["/v1/status", "/v1/bindings", "/nothing", "/v1/bindings?x=1"])
    func headers(uri: String) async throws {
        try await Served([[]]).test { client in
            let response = try await client.get(uri)
            #expect(response.headers[.cacheControl] == "no-store")
            #expect(response.headers[.xContentTypeOptions] == "nosniff")
            #expect(response.headers[.contentSecurityPolicy] == "default-src 'none'; frame-ancestors 'none'")
        }
    }

    @Test(
        "Without TLS and tokens, only loopback addresses can be configured",
        arguments: [
            (IPv4Address(127, 0, 0, 1), true), (IPv4Address(127, 9, 9, 9), true), (IPv4Address(0, 0, 0, 0), false),
            (IPv4Address(192, 0, 2, 1), false),
        ])
    func loopback(address: IPv4Address, allowed: Bool) {
        #expect((ManagementServerConfiguration(address: address, port: 80) != nil) == allowed)
    }
}
