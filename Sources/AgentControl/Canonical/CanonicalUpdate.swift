import AgentModel
import Foundation
import JSON

/// Replies to a subscription in the canonical form.
struct CanonicalUpdate {
    private let encoder: JSONEncoder
    private let decoder: JSONDecoder
    private var writer = CanonicalWriter()

    init(encoder: JSONEncoder, decoder: JSONDecoder) {
        self.encoder = encoder
        self.decoder = decoder
    }

    /// The reply as bytes, without the terminating NUL.
    ///
    /// - Parameter vocabulary: What a subscriber of an earlier version knows; nil for everything.
    /// - Throws: What the JSON encoder throws.
    mutating func encode<R>(
        _ update: SubscriptionUpdate, for vocabulary: Vocabulary? = nil, _ body: ([UInt8]) -> R
    ) throws -> R {
        writer.removeAll()
        writer.literal("{\"parameters\":{\"phase\":")
        update.phase.write(to: &writer)
        writer.literal(",\"firstSequence\":")
        writer.write(update.firstSequence)
        writer.literal(",\"sequence\":")
        writer.write(update.sequence)
        writer.literal(",\"time\":")
        update.time.write(to: &writer)
        writer.literal(",\"changes\":[")
        if let vocabulary {
            try write(update.changes, for: vocabulary)
        } else {
            var isFirst = true
            for change in update.changes {
                if !isFirst { writer.literal(",") }
                isFirst = false
                try change.write(to: &writer, otherwise: encoder)
            }
        }
        writer.literal("]},\"continues\":true}")
        return body(writer.octets)
    }

    /// Writes those changes that the vocabulary has, as the vocabulary has them.
    private mutating func write(_ changes: [StateChange], for vocabulary: Vocabulary) throws {
        var whole = CanonicalWriter()
        var isFirst = true
        for change in changes {
            whole.removeAll()
            try change.write(to: &whole, otherwise: encoder)
            guard let text = try VocabularyFilter.cut(whole.octets[...], to: vocabulary.change, trusts: true).text else {
                continue
            }
            if !isFirst { writer.literal(",") }
            isFirst = false
            writer.write(json: text)
        }
    }

    /// Decodes the update in a reply.
    ///
    /// - Throws: `NotCanonical` if the reply as a whole is in another form; what the JSON decoder throws if one of its changes is not
    ///   valid.
    func decode(_ octets: [UInt8]) throws -> SubscriptionUpdate {
        var reader = CanonicalReader(octets)
        try reader.expect("{\"parameters\":{\"phase\":")
        let phase = try SubscriptionUpdate.Phase(from: &reader)
        try reader.expect(",\"firstSequence\":")
        let firstSequence = try reader.number(UInt64.self)
        try reader.expect(",\"sequence\":")
        let sequence = try reader.number(UInt64.self)
        try reader.expect(",\"time\":")
        let time = try Timestamp(from: &reader)
        try reader.expect(",\"changes\":[")
        var changes: [StateChange] = []
        var unknown = UnknownVocabulary()
        if !reader.take("]") {
            // A row takes at least about 200 bytes.
            changes.reserveCapacity(octets.count / 200)
            var kind = ChangeKind.binding
            repeat {
                if let change = try StateChange(from: &reader, after: &kind, otherwise: decoder, &unknown) {
                    changes.append(change)
                }
            } while reader.take(",")
            try reader.expect("]")
        }
        try reader.expect("},\"continues\":true}")
        guard reader.isAtEnd else { throw NotCanonical() }
        return SubscriptionUpdate(
            phase: phase, firstSequence: firstSequence, sequence: sequence, time: time, changes: changes, unknown: unknown)
    }
}
