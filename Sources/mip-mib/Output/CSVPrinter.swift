import JSON

/// Comma-separated values (RFC 4180, but with LF): a header of member names, then the values as in JSON. The elements of an array
/// are separated by spaces.
struct CSVPrinter: RowPrinter {
    let members: [String]
    let hasHeader: Bool

    init(_ members: [String], hasHeader: Bool) {
        self.members = members
        self.hasHeader = hasHeader
    }

    mutating func begin(_ sample: [Row], to output: inout StandardOutput) {
        if hasHeader { output.write(members.map(Self.field).joined(separator: ",") + "\n") }
    }

    mutating func print(_ row: Row, to output: inout StandardOutput) {
        output.write(members.map { Self.field(Self.text(row.member(at: $0))) }.joined(separator: ",") + "\n")
    }

    mutating func end(to output: inout StandardOutput) {}

    private static func text(_ value: JSONValue?) -> String {
        switch value {
        case nil, .null: ""
        case .array(let values): values.map { text($0) }.joined(separator: " ")
        case let value?: value.plainText
        }
    }

    private static func field(_ text: String) -> String {
        // Compares scalars, because CR LF is a single `Character`.
        guard text.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
