import AgentModel
import Foundation

/// Changes in the canonical form where their records have one; the others as JSON of any form.
extension StateChange {
    /// - Throws: What the JSON encoder throws.
    func write(to writer: inout CanonicalWriter, otherwise encoder: JSONEncoder) throws {
        switch self {
        case .binding(let row): Self.write("{\"binding\":", row, &writer)
        case .visitor(let row): Self.write("{\"visitor\":", row, &writer)
        case .association(let row): Self.write("{\"association\":", row, &writer)
        case .mobileNode(let row): Self.write("{\"mobileNode\":", row, &writer)
        case .traffic(let row): Self.write("{\"traffic\":", row, &writer)
        default: writer.write(json: try encoder.encode(ChangeRecord(self)))
        }
    }

    private static func write(_ opening: StaticString, _ row: some CanonicalRow, _ writer: inout CanonicalWriter) {
        writer.literal(opening)
        writer.write(row)
        writer.literal("}")
    }

    /// The next change of the text; nil when it is one that our vocabulary does not have.
    ///
    /// - Parameter unknown: counts what is passed over. What is in the canonical form has nothing that is not known.
    /// - Throws: `NotCanonical` when it is no object at all, what the JSON decoder throws when it is no change.
    init?(from reader: inout CanonicalReader, otherwise decoder: JSONDecoder, _ unknown: inout UnknownVocabulary) throws {
        let start = reader.position
        if let change = try? Self.canonical(&reader) {
            self = change
            return
        }
        reader.goBack(to: start)
        let octets = try reader.value()
        guard let known = try? VocabularyFilter.cut(octets, to: Vocabulary.own.change) else {
            // No JSON at all: the decoder has the words for it.
            self = try decoder.decode(ChangeRecord.self, from: Data(octets)).change
            return
        }
        unknown += known.unknown
        guard let text = known.text else { return nil }
        self = try decoder.decode(ChangeRecord.self, from: Data(text)).change
    }

    private static func canonical(_ reader: inout CanonicalReader) throws(NotCanonical) -> StateChange? {
        let change: StateChange
        if reader.take("{\"binding\":") {
            change = .binding(try reader.row())
        } else if reader.take("{\"mobileNode\":") {
            change = .mobileNode(try reader.row())
        } else if reader.take("{\"association\":") {
            change = .association(try reader.row())
        } else if reader.take("{\"visitor\":") {
            change = .visitor(try reader.row())
        } else if reader.take("{\"traffic\":") {
            change = .traffic(try reader.row())
        } else {
            return nil
        }
        try reader.expect("}")
        return change
    }
}
