import AgentModel
import Foundation
import FuzzSupport
import HTTPTypes
import Hummingbird
import MIPTesting
import ManagementCore
import MobileIPv4
import NIOCore

@testable import ManagementAPI

/// Queries of lists: filters, order, limit, fields and cursors, of every collection.
enum QueriesFuzzer: FuzzTarget {
    static let name = "http-query"
    static let about = "a query is refused with 400 or 406, or selects by its range of keys what it selects by reading all rows"

    private static let collections = Collections.served(nil)
    fileprivate static let state = AgentState(
        name: "home",
        changes: [.information(Samples.information())]
            + (0..<4).flatMap { number -> [StateChange] in
                [
                    .binding(Samples.binding(number)), .visitor(Samples.visitor(number)), .pending(Samples.pending(number)),
                    .association(Samples.association(number)), .violation(Samples.violation(number)),
                    .mobileNode(Samples.mobileNode(number)),
                ]
            }, agentTime: Samples.start)

    static func run(_ input: [UInt8]) throws {
        var parameters = FuzzInput(input)
        let collection = collections[Int(parameters.octet()) % collections.count]
        let lines = parameters.rest().split(separator: UInt8(ascii: "\n"), maxSplits: 1)
        let text = lines.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
        var head = HTTPRequest(method: .get, scheme: "http", authority: "localhost", path: "/v1/\(collection.name)?\(text)")
        if lines.count > 1 { head.headerFields[.accept] = String(decoding: lines[1], as: UTF8.self) }
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
        do {
            try (collection as? any FuzzedCollection)?.parse(request)
        } catch let problem as Problem {
            try require([.badRequest, .notFound, .notAcceptable].contains(problem.status), "status \(problem.status)")
            try require(!problem.detail.isEmpty, "a problem without detail")
        }
        if let query = try? Query(request, allowed: EventFilter.parameters.union(["lastEventID"])) {
            _ = try? EventFilter(query, agents: [])
        }
    }
}

private protocol FuzzedCollection {
    func parse(_ request: Request) throws
}

extension ResourceCollection: FuzzedCollection {
    fileprivate func parse(_ request: Request) throws {
        let query = try Query(request, allowed: Listing.parameters.union(filters.map(\.name)))
        let selection = try Selection(query, filters)
        let kind = try Accepted.choose(request, from: [.json, .ndjson])
        try require(kind == .json || kind == .ndjson, "the media type \(kind)")
        _ = try Listing(query, collection: self, as: kind)
        let state = QueriesFuzzer.state
        let rows = table(state)
        var (all, chosen) = (0, 0)
        for (_, row) in rows where selection.matches(row) { all += 1 }
        for (key, row) in rows.rows(in: selection.keys) {
            if let keys = selection.keys, !keys.contains(key) { break }
            if selection.matches(row) { chosen += 1 }
        }
        try requireEqual(chosen, all, "rows found in the range of keys")
        guard let text = query["cursor"], let cursor = Cursor(text) else { return }
        guard let again = Cursor(try cursor.text) else { throw Finding("a cursor that cannot be read again") }
        try require(
            again.sort == cursor.sort && again.value == cursor.value && again.agent == cursor.agent && again.key == cursor.key,
            "a cursor that reads differently")
        if let start = try? cursor.start(Key.self, [state]) { for _ in rows.rows(after: start.key) { break } }
    }
}
