import Foundation
import HTTPTypes
import Hummingbird
import ManagementCore
import MobileIPv4
import NIOCore

/// Returns the rows of a collection as one JSON array or as lines: whole and streamed in key order, or in pages with `limit` and `cursor`.
/// The next page is in the Link header (RFC 8288). A cursor names a row's position, so it stays valid while rows are added and removed.
struct Listing: Sendable {
    static let parameters: Set<String> = ["agent", "limit", "cursor", "sort", "fields", "total"]
    /// Maximum number of rows in a page.
    static let maximumLimit = 10_000
    /// Rows in a page of a sorted list when the request has no limit.
    static let sortedLimit = 1000
    /// Rows examined before yielding to other tasks.
    static let stride = 2048

    private let query: Query
    private let limit: Int?
    private let cursor: Cursor?
    private let order: (name: String, isDescending: Bool)?
    private let fields: FieldSelection
    private let kind: MediaKind
    private let wantsTotal: Bool

    init(_ query: Query, collection: some ServedCollection, as kind: MediaKind) throws(Problem) {
        self.query = query
        self.kind = kind
        fields = try FieldSelection(query["fields"], schema: collection.schema, hasTimeRemaining: collection.hasTimeRemaining)
        order = try query["sort"].map { text throws(Problem) in
            let name = text.hasPrefix("-") ? String(text.dropFirst()) : text
            guard collection.sortNames.contains(name) else {
                guard !collection.sortNames.isEmpty else {
                    throw .badRequest("sort '\(text)' is invalid; this collection cannot be sorted")
                }
                throw .badRequest(
                    "sort '\(text)' is invalid; expected one of \(collection.sortNames.joined(separator: ", ")), "
                        + "with '-' before it for the opposite order")
            }
            return (name, text.hasPrefix("-"))
        }
        if let text = query["total"], Bool(text) == nil {
            throw .badRequest("total '\(text)' is invalid; expected true or false")
        }
        wantsTotal = query["total"] == "true"
        if let text = query["limit"] {
            guard let number: Int = DecimalNumber.parse(text), (1...Self.maximumLimit).contains(number) else {
                throw .badRequest("limit '\(text)' is invalid; expected 1 to \(Self.maximumLimit)")
            }
            limit = number
        } else {
            limit = order == nil ? nil : Self.sortedLimit
        }
        if let text = query["cursor"] {
            guard limit != nil, let read = Cursor(text), read.sort == query["sort"] else { throw Cursor.invalid }
            cursor = read
        } else {
            cursor = nil
        }
    }

    func respond<Key: Codable & Comparable & Sendable, Row: Encodable & Sendable>(
        _ agents: [ManagedAgent], _ collection: ResourceCollection<Key, Row>, _ selection: Selection<Key, Row>
    ) async throws -> Response {
        let states = agents.map { $0.state() }
        var headers: HTTPFields = [.contentType: kind.rawValue]
        headers = headers.adding(states)
        if wantsTotal {
            let count = await total(states, collection, selection)
            headers[.totalCount] = "\(count)"
        }
        guard let limit else {
            let export = Export(agents: agents, states: states, collection: collection, selection: selection)
            return Response(status: .ok, headers: headers, body: export.body(fields: fields.names, kind))
        }
        let places: [Place<Key, Row>]
        if let order, states.count > 1 || order.isDescending || order.name != collection.order,
            let sorting = collection.sortings.first(where: { $0.name == order.name })
        {
            places = try await sorted(states, collection, selection, by: sorting, isDescending: order.isDescending, limit)
        } else {
            places = try await inOrder(states, collection, selection, limit)
        }
        return try page(places, limit, states, collection, headers)
    }

    /// The number of rows that match, on all pages.
    private func total<Key: Codable & Comparable & Sendable, Row: Encodable & Sendable>(
        _ states: [AgentState], _ collection: ResourceCollection<Key, Row>, _ selection: Selection<Key, Row>
    ) async -> Int {
        var (total, seen) = (0, 0)
        for state in states {
            let table = collection.table(state)
            guard !selection.isWhole else {
                total += table.count
                continue
            }
            for (key, row) in table.rows(in: selection.keys) {
                seen += 1
                if seen.isMultiple(of: Self.stride) { await Task.yield() }
                if let keys = selection.keys, !keys.contains(key) { break }
                if selection.matches(row) { total += 1 }
            }
        }
        return total
    }

    // MARK: - Pages

    /// A row and its position.
    private struct Place<Key: Comparable & Sendable, Row: Sendable>: Sendable {
        let value: SortValue
        let agent: Int
        let key: Key
        let row: Row
    }

    /// The rows of a page in key order, plus one more row when there is one.
    private func inOrder<Key: Codable & Comparable & Sendable, Row: Encodable & Sendable>(
        _ states: [AgentState], _ collection: ResourceCollection<Key, Row>, _ selection: Selection<Key, Row>, _ limit: Int
    ) async throws -> [Place<Key, Row>] {
        let start = try cursor.map { cursor throws(Problem) in try cursor.start(Key.self, states) }
        var places: [Place<Key, Row>] = []
        var seen = 0
        for agent in (start?.agent ?? 0)..<states.count {
            let table = collection.table(states[agent])
            let rows = start.flatMap { $0.agent == agent ? table.rows(after: $0.key) : nil } ?? table.rows(in: selection.keys)
            for (key, row) in rows {
                seen += 1
                if seen.isMultiple(of: Self.stride) { await Task.yield() }
                if let keys = selection.keys, !keys.contains(key) { break }
                guard selection.matches(row) else { continue }
                places.append(Place(value: .absent, agent: agent, key: key, row: row))
                if places.count > limit { return places }
            }
        }
        return places
    }

    /// The first rows after the cursor in the order of one member, plus one more than the page holds when there is one. Every row is
    /// examined, but memory is needed for only one page.
    private func sorted<Key: Codable & Comparable & Sendable, Row: Encodable & Sendable>(
        _ states: [AgentState], _ collection: ResourceCollection<Key, Row>, _ selection: Selection<Key, Row>,
        by sorting: ResourceCollection<Key, Row>.Sorting, isDescending: Bool, _ limit: Int
    ) async throws -> [Place<Key, Row>] {
        let start = try cursor.map { cursor throws(Problem) in try cursor.start(Key.self, states) }
        // The heap compares values of a single type, whatever the rows are: with a million rows, this takes most of the time.
        var heap = BoundedHeap(limit + 1, isDescending: isDescending)
        var places: [Place<Key, Row>] = []
        var seen = 0
        for (agent, state) in states.enumerated() {
            for (key, row) in collection.table(state).rows(in: selection.keys) {
                seen += 1
                if seen.isMultiple(of: Self.stride) { await Task.yield() }
                if let keys = selection.keys, !keys.contains(key) { break }
                guard selection.matches(row) else { continue }
                let value = sorting.value(state, row)
                if let start, !start.precedes(value, agent, key, isDescending: isDescending) { continue }
                guard let slot = heap.offer(value) else { continue }
                let place = Place(value: value, agent: agent, key: key, row: row)
                if slot == places.count { places.append(place) } else { places[slot] = place }
            }
        }
        return heap.slots.map { places[$0] }
    }

    private func page<Key: Codable & Comparable & Sendable, Row: Encodable & Sendable>(
        _ places: [Place<Key, Row>], _ limit: Int, _ states: [AgentState], _ collection: ResourceCollection<Key, Row>,
        _ headers: HTTPFields
    ) throws -> Response {
        var headers = headers
        if places.count > limit, let last = places.dropLast(places.count - limit).last {
            let cursor = try Cursor(
                sort: query["sort"], value: last.value, agent: states[last.agent].name, key: JSONEncoder().encode([last.key]))
            let rest = query.without(["cursor"]).map { name, value in
                "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? value)"
            }
            let text = try cursor.text
            // A whole path, because some clients resolve a link without one against the directory of the path.
            headers[.link] = "</v1/\(collection.name)?\((rest + ["cursor=\(text)"]).joined(separator: "&"))>; rel=\"next\""
        }
        let encoder = RowEncoder(fields: fields.names)
        var writer = RowWriter(encoder, kind)
        for place in places.prefix(limit) { try writer.write(collection.item(states[place.agent], place.row)) }
        writer.end()
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: encoder.take()))
    }
}

/// Writes rows one after the other, as an array or as lines.
struct RowWriter {
    private let encoder: RowEncoder
    private let isLines: Bool
    private var isFirst = true

    init(_ encoder: RowEncoder, _ kind: MediaKind) {
        self.encoder = encoder
        isLines = kind == .ndjson
        if !isLines { encoder.separate("[") }
    }

    mutating func write(_ row: Resource<some Encodable & Sendable>) throws {
        if !isLines { encoder.separate(isFirst ? "\n" : ",\n") }
        isFirst = false
        try encoder.write(row)
        if isLines { encoder.separate("\n") }
    }

    func end() { if !isLines { encoder.separate("\n]\n") } }
}

/// A contiguous range of keys in the order of their table, so that a search for a few rows does not read all of them.
struct KeyRange<Key: Comparable & Sendable>: Sendable {
    /// No key of the range is less.
    let first: Key
    /// Whether a key that is not less than `first` belongs to the range.
    let contains: @Sendable (Key) -> Bool
}

extension OrderedTable {
    func rows(in range: KeyRange<Key>?) -> IteratorSequence<Iterator> {
        range.map { rows(from: $0.first) } ?? IteratorSequence(makeIterator())
    }
}

extension HTTPField.Name {
    // The name is a valid token, so this cannot fail.
    // swift-format-ignore: NeverForceUnwrap
    static let link = Self("Link")!
    // swift-format-ignore: NeverForceUnwrap
    static let totalCount = Self("MIP-Total-Count")!
}
