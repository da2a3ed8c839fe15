import AgentModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@Suite("Collections of the JSON API")
struct CollectionTests {
    private static let rows: [StateChange] =
        (0..<6).map { .binding(Samples.binding($0)) } + [.visitor(Samples.visitor(1)), .pending(Samples.pending(2))]
        + [.association(Samples.association(1)), .violation(Samples.violation(1)), .mobileNode(Samples.mobileNode(1))]
        + [.mobileNodeStatus(Samples.mobileNodeStatus()), .registration(Samples.registration(1))]
        + [.foreignAgent(Samples.foreignAgent(1)), .exchange(Samples.exchange(3))]
        + [.exchange(Samples.exchange(2, state: .waiting))] + (1...3).map { .extensionUse(Samples.extensionUse($0)) }

    @Test(
        "A single row is served at its agent and key, and equals the row in the list",
        arguments: [
            ("agents", ""), ("bindings", "/10.0.1.2/192.0.2.2"), ("visitors", "/172.16.0.1/10.0.2.1/-"),
            ("pending", "/10.0.2.2/user2%40example.net"), ("associations", "/10.0.1.1/2147483905"), ("violations", "/10.0.3.1"),
            ("mobile-nodes", "/10.0.1.1"), ("registrations", "/198.51.100.1/198.51.100.1"),
            ("foreign-agents", "/198.51.100.1/198.51.100.1"), ("care-of-addresses", "/192.0.2.200"), ("home-agents", "/10.0.0.1"),
            ("exchanges", "/3"), ("node", ""), ("extension-uses", "/homeAgent/134/9/2"),
            ("outcomes", "/homeAgent/initial"), ("discards", "/-/malformed"), ("ends", "/homeAgent/expired"), ("counters", ""),
        ])
    func single(name: String, key: String) async throws {
        let counters = AgentCounters(homeAgent: HomeAgentCounters(), foreignAgent: ForeignAgentCounters())
        try await Served([Self.rows + [.counters(counters)]]).test { client in
            let response = try await client.get("/v1/\(name)/one\(key)")
            #expect(response.status == .ok)
            let row = try response.object()
            #expect(row["agent"] as? String == "one")
            // Ignore what the clock changes between two answers.
            let clock = ["timeRemaining", "age"]
            let reported = NSDictionary(dictionary: row.filter { !clock.contains($0.key) })
            let list = try await client.list("/v1/\(name)")
            let others = list.map { row in NSDictionary(dictionary: row.filter { !clock.contains($0.key) }) }
            #expect(others.contains(reported))
            // The entity tag stays the same as long as the row does.
            let tag = try #require(response.headers[.eTag])
            #expect(try await client.get("/v1/\(name)/one\(key)", headers: [.ifNoneMatch: tag]).status == .notModified)
        }
    }

    @Test(
        "Uses of extensions are filtered by role, type, vendor and whether they are known, and sorted by what was seen",
        arguments: [
            ("", [1, 2, 3]), ("?sort=-seen", [3, 2, 1]), ("?role=foreignAgent", []), ("?type=134&vendor=9", [1, 2, 3]),
            ("?type=38", []), ("?isKnown=true", [2]), ("?search=198.51.100.3", [3]),
        ])
    func extensionUses(query: String, numbers: [Int]) async throws {
        try await Served([Self.rows]).test { client in
            let rows = try await client.list("/v1/extension-uses\(query)")
            #expect(rows.map { $0["number"] as? Int } == numbers)
        }
    }

    @Test(
        "Bindings are filtered by NAI whatever the case of its realm, and by service in any form of Unicode",
        arguments: [
            ("nai=user1%40EXAMPLE.net", [1]), ("nai=User1%40example.net", []), ("nai=%40", []), ("service=ims", [2]),
            ("service=%EF%BD%89ms", [2]), ("service=internet", []),
        ])
    func naiAndService(query: String, numbers: [Int]) async throws {
        var rows = [Samples.binding(1), Samples.binding(2)]
        rows[0].nai = NetworkAccessIdentifier("user1@example.net")
        rows[1].service = ServiceIdentifier("ims")
        let sent = rows.map { StateChange.binding($0) }
        try await Served([sent]).test { client in
            let found = try await client.list("/v1/bindings?\(query)")
            #expect(found.map { $0["homeAddress"] as? String } == numbers.map { Samples.binding($0).homeAddress.description })
        }
    }

    @Test("What a mobile node reports about itself is served, with its search and its host configuration")
    func node() async throws {
        try await Served([Self.rows]).test { client in
            let row = try #require(try await client.list("/v1/node?state=registered").first)
            #expect((row["homeAgentSearch"] as? [String: Any])?["state"] as? String == "anchored")
            #expect((row["hostConfiguration"] as? [String: Any])?["isApplied"] as? Bool == true)
            #expect(row["service"] as? String == "ims")
        }
    }

    @Test(
        "Exchanges are filtered by node, peer, kind, state and role, and come newest first on request",
        arguments: [
            ("", [2, 3]), ("?sort=-number", [3, 2]), ("?homeAddress=10.0.1.3", [3]), ("?nai=user2%40example.net", [2]),
            ("?kind=revocation", [2, 3]), ("?kind=notification", []), ("?state=waiting", [2]), ("?role=homeAgent", [2, 3]),
            ("?peer=192.0.2.0/30&state=acknowledged", [3]),
        ])
    func exchanges(query: String, numbers: [Int]) async throws {
        try await Served([Self.rows]).test { client in
            let rows = try await client.list("/v1/exchanges\(query)")
            #expect(rows.map { $0["number"] as? Int } == numbers)
        }
    }

    @Test(
        "Registrations are selected by their agreement on revocation",
        arguments: [("bindings", "agreed"), ("visitors", "none"), ("registrations", "agreedInforming")])
    func revocation(name: String, agreement: String) async throws {
        var binding = Samples.binding(7)
        binding.revocation = .agreed
        var registration = Samples.registration(2)
        registration.revocation = .agreedInforming
        try await Served([Self.rows + [.binding(binding), .registration(registration)]]).test { client in
            let rows = try await client.list("/v1/\(name)?revocation=\(agreement)")
            #expect(rows.count == 1 && rows[0]["revocation"] as? String == agreement)
            #expect(try await client.get("/v1/\(name)?revocation=maybe").status == .badRequest)
        }
    }

    @Test(
        "A missing row is answered with a problem that says what is expected",
        arguments: [
            ("/v1/bindings/one/10.9.9.9/192.0.2.2", "agent 'one' currently has no row 'bindings/10.9.9.9/192.0.2.2'"),
            (
                "/v1/bindings/one/x/192.0.2.2",
                "key 'x/192.0.2.2' is invalid; expected homeAddress/careOfAddress such as 10.0.1.7/192.0.2.1"
            ),
            ("/v1/agents/none", "no such agent: none; expected one of one"),
        ])
    func missing(path: String, detail: String) async throws {
        try await Served([Self.rows]).test { client in
            let response = try await client.get(path)
            #expect(response.status == .notFound)
            #expect(try response.object()["detail"] as? String == detail)
        }
    }

    @Test(
        "Rows are sorted by a member in either direction, and the pages make up the whole list",
        arguments: ["nai", "-nai", "homeAddress", "-homeAddress", "-expires"], [1, 2, 100])
    func sorted(sort: String, limit: Int) async throws {
        try await Served([Self.rows, [.binding(Samples.binding(3, lifetime: .max))]]).test { client in
            var paged: [String] = []
            var keys: [String] = []
            var path: String? = "/v1/bindings?sort=\(sort)&limit=\(limit)"
            while let current = path {
                let response = try await client.get(current)
                let items = try #require(try JSONSerialization.jsonObject(with: response.bytes) as? [[String: Any]])
                #expect(items.count <= limit)
                paged += items.map { "\($0["agent"] ?? "") \($0["homeAddress"] ?? "")" }
                keys += items.map { $0[sort.replacing("-", with: "")] as? String ?? (sort == "-expires" ? "~" : "") }
                path = response.headers[values: .link].first?.split(separator: ">").first.map { String($0.dropFirst()) }
            }
            #expect(paged.count == 7)
            #expect(Set(paged).count == 7)
            let expected = sort.hasPrefix("-") ? Array(keys.sorted().reversed()) : keys.sorted()
            #expect(keys == expected)
        }
    }

    @Test("JSON lines contain the rows of the list, with the requested members")
    func lines() async throws {
        try await Served([Self.rows]).test { client in
            let response = try await client.get(
                "/v1/bindings?fields=homeAddress,timeRemaining", headers: [.accept: "application/x-ndjson"])
            #expect(response.headers[.contentType] == "application/x-ndjson")
            let lines = String(decoding: response.bytes, as: UTF8.self).split(separator: "\n")
            #expect(lines.count == 6)
            for line in lines {
                let row = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
                #expect(row.keys.sorted() == ["homeAddress", "timeRemaining"])
            }
        }
    }

    @Test(
        "Filters of every kind select rows",
        arguments: [
            ("bindings?search=10.0.1.3", 1), ("bindings?search=USER2", 1), ("bindings?search=192.0.2.", 6),
            ("bindings?homeAgent=10.0.0.1", 6), ("bindings?encapsulation=gre", 0), ("bindings?encapsulation=gre,ipInIp", 6),
            ("visitors?state=pending", 0), ("visitors?state=accepted", 1), ("associations?spi=2147483905", 1),
            ("violations?recentReason=badSPI", 0), ("pending?kind=initial", 1), ("care-of-addresses?isAdded=false", 2),
            ("agents?connection=synchronized", 1),
        ])
    func filters(path: String, count: Int) async throws {
        try await Served([Self.rows]).test { client in
            let rows = try await client.list("/v1/\(path)")
            #expect(rows.count == count)
        }
    }

    @Test("Answers report the age of each agent's snapshot")
    func age() async throws {
        try await Served([Self.rows]).test { client in
            let field = try #require(try await client.get("/v1/bindings").headers[.agentData])
            let match = try /"one";age=[0-9.]+;connection=synchronized/.wholeMatch(in: field)
            #expect(match != nil)
        }
    }
}

extension HTTPField.Name {
    // The name is a valid token, so this cannot fail.
    // swift-format-ignore: NeverForceUnwrap
    static let agentData = Self("MIP-Agent-Data")!
}
