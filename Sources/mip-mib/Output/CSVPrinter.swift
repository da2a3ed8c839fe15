import DaemonSupport
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

    /// The field as RFC 4180 quotes it. Because people open CSV in spreadsheets, a text that a spreadsheet would run as a formula begins
    /// with `'`, and characters that change the writing direction or are invisible are shown as `\u{…}`.
    static func field(_ text: String) -> String {
        var text = readable(text)
        let isFormula = isFormula(text)
        if isFormula { text = "'" + text }
        // Compares scalars, because CR LF is a single `Character`.
        guard isFormula || text.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// Whether a spreadsheet would take the text for a formula. Negative numbers are numbers.
    private static func isFormula(_ text: String) -> Bool {
        guard let first = text.utf8.first, "=+-@\t\r".utf8.contains(first) else { return false }
        return Double(text) == nil || text.utf8.contains { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }
    }

    private static func readable(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            // Quotes hold them within the field.
            if "\n\r\t".unicodeScalars.contains(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += String(scalar).printable
            }
        }
        return result
    }
}
