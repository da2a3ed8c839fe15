import Foundation
import HTTPTypes
import Hummingbird
import ManagementCore
import NIOCore

/// Rows of tables as one JSON array: whole and streamed, or by pages with `limit` and `cursor`. The next page is in the Link header
/// (RFC 8288). A cursor names a key, so it stays good whatever comes and goes.
struct Listing: Sendable {
    private let query: Query
    private let limit: Int?
    private let cursor: (agent: String, key: Data)?

    init(_ query: Query) throws(Problem) {
        self.query = query
        if let text = query["limit"] {
            guard let number = Int(text), (1...10_000).contains(number) else {
                throw .badRequest("limit '\(text)' is wrong; right would be 1 to 10000")
            }
            limit = number
        } else {
            limit = nil
        }
        if let text = query["cursor"] {
            let parts = text.split(separator: ".", maxSplits: 1).compactMap { Data(base64Encoded: Self.padded($0)) }
            guard parts.count == 2, let agent = String(data: parts[0], encoding: .utf8), limit != nil else {
                throw Self.wrongCursor
            }
            cursor = (agent, parts[1])
        } else {
            cursor = nil
        }
    }

    private static var wrongCursor: Problem {
        .badRequest("the cursor is not one that was given out; use the Link header of the page before, with its limit")
    }

    /// - Parameters:
    ///   - keys: where in the table rows can match at all; nil means anywhere.
    ///   - matches: which rows are wanted.
    func respond<Key: Codable & Comparable & Sendable, Row: Sendable, Item: Encodable & Sendable>(
        _ states: [AgentState], _ table: any KeyPath<AgentState, OrderedTable<Key, Row>> & Sendable,
        keys: KeyRange<Key>? = nil, where matches: @escaping @Sendable (Row) -> Bool,
        _ item: @escaping @Sendable (AgentState, Row) -> Item
    ) throws -> Response {
        guard let limit else { return stream(states, table, keys, where: matches, item) }
        var items: [Item] = []
        var last: (agent: String, key: Key)?
        for (state, rows) in try remaining(states, table, keys) {
            for (key, row) in rows {
                if let keys, !keys.contains(key) { break }
                guard matches(row) else { continue }
                if items.count == limit, let last {
                    return try Endpoints.json(items, headers: [.link: try link(after: last.agent, last.key)])
                }
                items.append(item(state, row))
                last = (state.name, key)
            }
        }
        return try Endpoints.json(items)
    }

    /// Every agent's rows that come after the cursor.
    private func remaining<Key: Codable & Comparable & Sendable, Row: Sendable>(
        _ states: [AgentState], _ table: KeyPath<AgentState, OrderedTable<Key, Row>>, _ keys: KeyRange<Key>?
    ) throws -> [(AgentState, IteratorSequence<OrderedTable<Key, Row>.Iterator>)] {
        guard let cursor else { return states.map { ($0, $0[keyPath: table].rows(in: keys)) } }
        guard let start = states.firstIndex(where: { $0.name == cursor.agent }),
            let key = try? JSONDecoder().decode([Key].self, from: cursor.key).first
        else {
            throw Self.wrongCursor
        }
        return states[start...].enumerated().map { offset, state in
            (state, offset == 0 ? state[keyPath: table].rows(after: key) : state[keyPath: table].rows(in: keys))
        }
    }

    private func link(after agent: String, _ key: some Encodable) throws -> String {
        let cursor = [Data(agent.utf8), try JSONEncoder().encode([key])].map { part in
            part.base64EncodedString().filter { $0 != "=" }.map { $0 == "+" ? "-" : $0 == "/" ? "_" : String($0) }.joined()
        }.joined(separator: ".")
        let rest = query.without(["cursor"]).map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? value)"
        }
        return "<?\((rest + ["cursor=\(cursor)"]).joined(separator: "&"))>; rel=\"next\""
    }

    private static func padded(_ text: Substring) -> String {
        let standard = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        return String(standard) + String(repeating: "=", count: (4 - standard.count % 4) % 4)
    }

    /// All rows in pieces, so that a million of them need no room for a million.
    private func stream<Key: Comparable & Sendable, Row: Sendable, Item: Encodable & Sendable>(
        _ states: [AgentState], _ table: any KeyPath<AgentState, OrderedTable<Key, Row>> & Sendable, _ keys: KeyRange<Key>?,
        where matches: @escaping @Sendable (Row) -> Bool, _ item: @escaping @Sendable (AgentState, Row) -> Item
    ) -> Response {
        let body = ResponseBody { writer in
            let encoder = Endpoints.encoder()
            var buffer = ByteBuffer(string: "[")
            var isFirst = true
            for state in states {
                for (key, row) in state[keyPath: table].rows(in: keys) {
                    if let keys, !keys.contains(key) { break }
                    guard matches(row) else { continue }
                    buffer.writeString(isFirst ? "\n" : ",\n")
                    isFirst = false
                    buffer.writeBytes(try encoder.encode(item(state, row)))
                    if buffer.readableBytes > 65_536 {
                        try await writer.write(buffer)
                        buffer.clear()
                    }
                }
            }
            buffer.writeString("\n]\n")
            try await writer.write(buffer)
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: "application/json"], body: body)
    }
}

/// A run of keys without a gap in the order of their table, so that a search for few rows does not read all.
struct KeyRange<Key: Comparable & Sendable>: Sendable {
    /// No key of the run is less.
    let first: Key
    /// Whether a key that is not less than `first` belongs to the run.
    let contains: @Sendable (Key) -> Bool
}

extension OrderedTable {
    fileprivate func rows(in range: KeyRange<Key>?) -> IteratorSequence<Iterator> {
        range.map { rows(from: $0.first) } ?? IteratorSequence(makeIterator())
    }
}

extension HTTPField.Name {
    // A token by the letters it is made of.
    // swift-format-ignore: NeverForceUnwrap
    static let link = Self("Link")!
}
