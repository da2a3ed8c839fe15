import FuzzSupport

@testable import JSON

/// JSON as values.
enum JSONFuzzer: FuzzTarget {
    static let name = "json"
    static let about = "a value written as text reads back as the same value, and any canonical text is JSON"

    static func run(_ input: [UInt8]) throws {
        var reader = CanonicalReader(input)
        let canonical = try? reader.value()
        try require(reader.position <= input.count + 2, "the reader has gone past the end")
        guard let value = try? JSONValue(json: input) else { return }
        if let canonical { try require(canonical.count <= input.count, "a value longer than the text") }
        let text = value.bytes
        let again = try JSONValue(json: text)
        try require(again.bytes == text, "written again: \(again.json) instead of \(value.json)")
    }
}
