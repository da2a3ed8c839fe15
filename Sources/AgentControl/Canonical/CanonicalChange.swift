package import AgentModel
import Foundation
package import JSON

/// Changes in the canonical form; counters as JSON in any form.
extension StateChange {
    /// - Throws: What the JSON encoder throws.
    func write(to writer: inout CanonicalWriter, otherwise encoder: JSONEncoder) throws {
        switch self {
        // The most frequent kinds. All others go through the declaration of all kinds below.
        case .binding(let row): Self.write(row, as: "{\"binding\":", to: &writer)
        case .mobileNode(let row): Self.write(row, as: "{\"mobileNode\":", to: &writer)
        default:
            var target = WrittenChange(encoder: encoder)
            swap(&target.writer, &writer)
            defer { swap(&target.writer, &writer) }
            try hand(to: &target)
        }
    }

    private static func write(_ row: some Record, as opening: StaticString, to writer: inout CanonicalWriter) {
        writer.literal(opening)
        row.write(to: &writer)
        writer.literal("}")
    }

    /// Reads the next change in the text. Nil if it is a change that our vocabulary does not have.
    ///
    /// - Parameters:
    ///   - previous: The kind of the previous change. It is tried first, since consecutive changes are mostly of the same kind.
    ///   - unknown: Counts what is skipped. Text in the canonical form contains nothing unknown.
    /// - Throws: `NotCanonical` if it is not an object; what the JSON decoder throws if it is not a change.
    init?(
        from reader: inout CanonicalReader, after previous: inout ChangeKind, otherwise decoder: JSONDecoder,
        _ unknown: inout UnknownVocabulary
    ) throws {
        let start = reader.position
        if let change = try? Self.canonical(&reader, &previous) {
            self = change
            return
        }
        reader.goBack(to: start)
        let octets = try reader.value()
        guard let known = try? VocabularyFilter.cut(octets, to: Vocabulary.own.change) else {
            // Not JSON: the decoder has the error message for it.
            self = try decoder.decode(ChangeRecord.self, from: Data(octets)).change
            return
        }
        unknown += known.unknown
        guard let text = known.text else { return nil }
        self = try decoder.decode(ChangeRecord.self, from: Data(text)).change
    }

    private static let kinds = ChangeKind.allCases

    private static func canonical(_ reader: inout CanonicalReader, _ previous: inout ChangeKind) throws -> StateChange? {
        try reader.expect("{\"")
        if !reader.take(previous.rawValue, followedBy: UInt8(ascii: "\"")) {
            var index = 0
            while !reader.take(Self.kinds[index].rawValue, followedBy: UInt8(ascii: "\"")) {
                index += 1
                if index == Self.kinds.count { return nil }
            }
            previous = Self.kinds[index]
        }
        try reader.expect(":")
        let change = try StateChange(previous, from: &reader)
        try reader.expect("}")
        return change
    }
}

private struct WrittenChange: ChangeTarget {
    let encoder: JSONEncoder
    var writer = CanonicalWriter()

    init(encoder: JSONEncoder) { self.encoder = encoder }

    mutating func take(_ record: some Record & Encodable, as kind: ChangeKind) throws {
        open(kind)
        record.write(to: &writer)
        writer.literal("}")
    }

    mutating func take(_ counters: AgentCounters) throws {
        open(.counters)
        writer.write(json: try encoder.encode(counters))
        writer.literal("}")
    }

    private mutating func open(_ kind: ChangeKind) {
        writer.literal("{")
        writer.write(kind.rawValue)
        writer.literal(":")
    }
}

extension CanonicalReader: ChangeSource {
    package mutating func record<R: Record & Decodable>() throws -> R { try row() }

    /// Counters have no canonical form.
    package mutating func counters() throws -> AgentCounters { throw NotCanonical() }
}
