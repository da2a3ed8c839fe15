import AgentModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import MIPTesting
import ManagementCore
import MobileIPv4
import Testing

@Suite("Pages of a list")
struct PagingTests {
    /// The query of the next page; nil after the last.
    private static func next(_ response: TestResponse) throws -> String? {
        guard let link = response.headers[values: .link].first else { return nil }
        let parts = try #require(link.wholeMatch(of: /<\/v1\/[a-z-]+(\?.*)>; rel="next"/))
        return String(parts.1)
    }

    private static func addresses(_ response: TestResponse) throws -> [String] {
        #expect(response.status == .ok)
        let items = try #require(try JSONSerialization.jsonObject(with: response.bytes) as? [[String: Any]])
        return items.compactMap { item in
            (item["agent"] as? String).flatMap { agent in (item["homeAddress"] as? String).map { "\(agent) \($0)" } }
        }
    }

    @Test("Pages of any size make up the whole list, across several agents and with filters", arguments: [1, 2, 3, 4, 7, 8, 100])
    func whole(limit: Int) async throws {
        try await Served([(0..<5).map { .binding(Samples.binding($0)) }, (3..<6).map { .binding(Samples.binding($0)) }])
            .test { client in
                for filter in ["", "&nai=user4%40example.net", "&homeAddress=10.0.1.0/24"] {
                    let all = try Self.addresses(await client.get("/v1/bindings?\(filter.dropFirst())"))
                    var paged: [String] = []
                    var query: String? = "?limit=\(limit)\(filter)"
                    while let current = query {
                        let response = try await client.get("/v1/bindings" + current)
                        let page = try Self.addresses(response)
                        #expect(page.count <= limit)
                        paged += page
                        query = try Self.next(response)
                        #expect(query == nil || page.count == limit)
                    }
                    #expect(paged == all)
                }
            }
    }

    @Test("A cursor stays valid when its row is removed and others are added")
    func stable() async throws {
        let served = try Served([(0..<6).map { .binding(Samples.binding($0)) }])
        try await served.test { client in
            let first = try await client.get("/v1/bindings?limit=2")
            let next = try #require(try Self.next(first))
            await served.agents[0].publish([
                .bindingRemoved(Samples.binding(1).key, .expired), .binding(Samples.binding(9)),
            ])
            try await eventually("the changes in the mirror") {
                served.mirrors[0].state().bindings.ceiling(Samples.binding(9).key) != nil
            }
            let rest = try Self.addresses(await client.get("/v1/bindings" + next.replacing("limit=2", with: "limit=10")))
            #expect(rest == [2, 3, 4, 5, 9].map { "one \(Samples.binding($0).homeAddress)" })
        }
    }

    @Test(
        "The total is the number of rows that match on all pages, whatever the page, and comes only on request",
        arguments: [
            ("", 8), ("&limit=1", 8), ("&limit=3&sort=created", 8), ("&agent=two", 3), ("&homeAddress=10.0.1.4", 2),
            ("&homeAddress=10.0.1.2/31&limit=1", 3), ("&nai=user4@example.net&limit=1", 2), ("&search=user4", 2),
            ("&nai=nobody", 0),
        ])
    func total(query: String, count: Int) async throws {
        try await Served([(0..<5).map { .binding(Samples.binding($0)) }, (3..<6).map { .binding(Samples.binding($0)) }])
            .test { client in
                let response = try await client.get("/v1/bindings?total=true" + query)
                #expect(response.status == .ok)
                #expect(response.headers[.totalCount] == "\(count)")
                if let next = try Self.next(response) {
                    #expect(try await client.get("/v1/bindings" + next).headers[.totalCount] == "\(count)")
                }
                #expect(try await client.get("/v1/bindings?total=false" + query).headers[.totalCount] == nil)
                #expect(try await client.get("/v1/bindings?total=maybe").status == .badRequest)
            }
    }

    @Test("Clients that resolve the link of a page against its address get the next page", .timeLimit(.minutes(1)))
    func links() async throws {
        let script = """
            import json, sys, urllib.parse, urllib.request
            url, rows = sys.argv[1], []
            while url:
                with urllib.request.urlopen(url) as answer:
                    rows += json.load(answer)
                    link = answer.headers.get("Link")
                    url = link and urllib.parse.urljoin(url, link[link.index("<") + 1:link.index(">")])
            print(len(rows), len({row["homeAddress"] for row in rows}))
            """
        try await Served([(0..<7).map { .binding(Samples.binding($0)) }]).test(.live) { client in
            let port = try #require(client.client.port)
            let (status, output, errors) = try await ChildProcess.run(
                "python3", ["-c", script, "http://127.0.0.1:\(port)/v1/bindings?limit=2"])
            #expect(status == 0, "\(errors)")
            #expect(output == "7 7\n")
        }
    }

    @Test("Every table has pages", arguments: ["visitors", "associations", "violations"])
    func tables(name: String) async throws {
        var rows: [StateChange] = (0..<3).map { .visitor(Samples.visitor($0)) }
        rows += (0..<3).map { .association(Samples.association($0)) }
        rows += (0..<3).map { .violation(Samples.violation($0)) }
        try await Served([rows]).test { client in
            var count = 0
            var pages = 0
            var query: String? = "?limit=1"
            while let current = query {
                let response = try await client.get("/v1/\(name)" + current)
                count += try #require(try JSONSerialization.jsonObject(with: response.bytes) as? [Any]).count
                pages += 1
                query = try Self.next(response)
            }
            #expect(count == 3)
            #expect(pages == 3)
        }
    }
}

extension HTTPField.Name {
    // The name is a valid token, so this cannot fail.
    // swift-format-ignore: NeverForceUnwrap
    static let link = Self("Link")!
    // swift-format-ignore: NeverForceUnwrap
    static let totalCount = Self("MIP-Total-Count")!
}
