import FuzzSupport

@testable import AgentControl

/// The reduction of a JSON text to a vocabulary.
enum VocabularyFuzzer: FuzzTarget {
    static let name = "vocabulary"
    static let about = "a text reduced to a vocabulary has nothing left to reduce, and is not much longer"
    static let maximumLength = 1024

    static func run(_ input: [UInt8]) throws {
        for form in [Vocabulary.own.change, Vocabulary.own.reply(to: .getInformation)] {
            let first: (text: [UInt8]?, unknown: UnknownVocabulary)
            do throws(VocabularyFilter.NotJSON) {
                first = try VocabularyFilter.cut(input[...], to: form)
            } catch {
                continue
            }
            try require(first.unknown.names.count <= UnknownVocabulary.nameLimit, "too many names are stored")
            for name in first.unknown.names {
                try require(name.utf8.count <= 64 && name.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "the name '\(name)'")
            }
            guard let text = first.text else { continue }
            let second: (text: [UInt8]?, unknown: UnknownVocabulary)
            do throws(VocabularyFilter.NotJSON) {
                second = try VocabularyFilter.cut(text[...], to: form)
            } catch {
                throw Finding("the reduced text is not JSON: \(String(decoding: text, as: UTF8.self))")
            }
            try require(second.text == text, "it reduces further: \(String(decoding: text, as: UTF8.self))")
            try require(second.unknown.isEmpty, "something unknown is left: \(second.unknown)")
        }
    }
}
