import JSON

/// YAML 1.2: a sequence of mappings in block style.
struct YAMLPrinter: RowPrinter {
    let members: [String]?
    private var isFirst = true

    init(members: [String]?) { self.members = members }

    mutating func begin(_ sample: [Row], to output: inout StandardOutput) {}

    mutating func print(_ row: Row, to output: inout StandardOutput) {
        isFirst = false
        var text = ""
        Self.write(.object(row.only(members)), indent: 1, prefix: "-", to: &text)
        output.write(text)
    }

    mutating func end(to output: inout StandardOutput) { if isFirst { output.write("[]\n") } }

    /// A document with these members.
    static func text(_ members: JSONObject) -> String {
        var text = ""
        for member in members.members { write(member.value, indent: 1, prefix: scalar(member.name) + ":", to: &text) }
        return text
    }

    /// - Parameter prefix: the text already on the line. A scalar follows on the same line; members and elements go on lines of their own,
    ///   except that the first one follows a `-` directly.
    private static func write(_ value: JSONValue, indent: Int, prefix: String, to text: inout String) {
        let margin = String(repeating: "  ", count: indent)
        var start = prefix == "-" ? "- " : prefix + "\n" + margin
        switch value {
        case .object(let row) where !row.members.isEmpty:
            for member in row.members {
                write(member.value, indent: indent + 1, prefix: start + scalar(member.name) + ":", to: &text)
                start = margin
            }
        case .array(let values) where values.contains { $0.object != nil || $0.array != nil }:
            for value in values {
                text += start
                write(value, indent: indent + 1, prefix: "-", to: &text)
                start = margin
            }
        case .object: text += prefix + " {}\n"
        case .array(let values): text += prefix + " [" + values.map { scalar($0) }.joined(separator: ", ") + "]\n"
        default: text += prefix + " " + scalar(value) + "\n"
        }
    }

    private static func scalar(_ value: JSONValue) -> String { value.text.map { scalar($0) } ?? value.json }

    /// Unquoted if no reader can mistake it for anything but a string, else quoted; JSON quoting is valid YAML.
    private static func scalar(_ text: String) -> String {
        let isWord = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "/"):
                true
            default: false
            }
        }
        let begins = text.utf8.first.map { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") } ?? false
        let isAddress = text.utf8.filter { $0 == UInt8(ascii: ".") }.count == 3 && !text.contains("-")
        let isReserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
        return isWord && (begins || isAddress && text.utf8.first != UInt8(ascii: ".")) && !isReserved
            ? text : JSONValue.string(text).json
    }
}
