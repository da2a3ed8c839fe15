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

    /// The field as RFC 4180 quotes it. Because people open CSV in spreadsheets, `'` precedes what a spreadsheet would run as a formula,
    /// and characters that change the writing direction or are invisible are shown as `\u{…}`.
    static func field(_ text: String) -> String {
        let own = readable(text)
        var shown = withoutInnerFormulas(own)
        if isFormula(own) { shown = "'" + shown }
        // Compares scalars, because CR LF is a single `Character`.
        guard shown != own || own.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else { return own }
        return "\"" + shown.replacing("\"", with: "\"\"") + "\""
    }

    /// With which a formula begins. Some spreadsheets also take the full-width forms.
    private static let signs: Set<Unicode.Scalar> = ["=", "+", "-", "@", "＝", "＋", "－", "＠"]
    private static let breaks: Set<Unicode.Scalar> = ["\t", "\r", "\n"]
    /// After which another cell may begin: in some countries, spreadsheets separate cells by semicolons, and then a quote within a cell
    /// holds nothing together.
    private static let separators: Set<Unicode.Scalar> = [";", "\t", "\r", "\n"]

    /// Whether a spreadsheet would take the text for a formula. Negative numbers are numbers.
    private static func isFormula(_ text: String) -> Bool {
        // Some skip an empty line.
        if let first = text.unicodeScalars.first, breaks.contains(first) { return true }
        // Some skip leading white space.
        let rest = text.unicodeScalars.drop { $0.properties.isWhitespace }
        guard let first = rest.first, signs.contains(first) else { return false }
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        return Double(String(rest)) == nil || text.utf8.contains { letters.contains($0 | 0x20) }
    }

    /// The text with `'` before each formula that would begin after a separator within it.
    private static func withoutInnerFormulas(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { separators.contains($0) }) else { return text }
        var result = ""
        var isAtBeginning = false
        for scalar in text.unicodeScalars {
            if isAtBeginning, signs.contains(scalar) { result += "'" }
            isAtBeginning = separators.contains(scalar) || isAtBeginning && scalar.properties.isWhitespace
            result.unicodeScalars.append(scalar)
        }
        return result
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
