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
        let parts = try #require(link.wholeMatch(of: /<(\?.*)>; rel="next"/))
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
}
