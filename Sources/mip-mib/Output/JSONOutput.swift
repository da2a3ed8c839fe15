import Foundation

/// A JSON array written item by item, so that a long one needs no room of its own.
struct JSONArray {
    private let encoder = JSONEncoder()
    private var isFirst = true

    init(_ output: inout StandardOutput) {
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        output.write("[")
    }

    mutating func append(_ item: some Encodable, to output: inout StandardOutput) throws {
        output.write(isFirst ? "\n " : ",\n ")
        isFirst = false
        output.write(try encoder.encode(item))
    }

    func end(_ output: inout StandardOutput) { output.write(isFirst ? "]\n" : "\n]\n") }
}
