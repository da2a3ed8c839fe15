public import Logging

/// One log line as text: time, level, label, message, then `key=value` pairs in the order of their names.
///
/// Whatever a message or a value holds stays on its line and inside its quotes, so outside data can forge neither lines nor pairs:
/// control and format characters and line separators are escaped, values that are not plain words are quoted.
public struct LogLine {
    /// The line without its newline.
    public let text: String

    /// - Parameter time: RFC 3339; nil leaves it out.
    public init(
        time: String?, level: Logger.Level, label: String, message: String, metadata: [(name: String, value: String)]
    ) {
        var line = ""
        if let time { line += time + " " }
        line += level.rawValue + " "
        Self.append(label, to: &line, escapingQuotes: false)
        line += ": "
        Self.append(message, to: &line, escapingQuotes: false)
        for (name, value) in metadata {
            line += " "
            Self.appendValue(name, to: &line)
            line += "="
            Self.appendValue(value, to: &line)
        }
        text = line
    }

    private static func appendValue(_ value: String, to line: inout String) {
        let isPlain =
            !value.isEmpty
            && value.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value < 0x7F && $0 != "\"" && $0 != "=" && $0 != "\\" }
        if isPlain {
            line += value
        } else {
            line += "\""
            append(value, to: &line, escapingQuotes: true)
            line += "\""
        }
    }

    private static func append(_ text: String, to line: inout String, escapingQuotes: Bool) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"" where escapingQuotes: line += "\\\""
            case "\\" where escapingQuotes: line += "\\\\"
            case "\n": line += "\\n"
            case "\r": line += "\\r"
            case "\t": line += "\\t"
            default:
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate:
                    line += "\\u{" + String(scalar.value, radix: 16) + "}"
                default: line.unicodeScalars.append(scalar)
                }
            }
        }
    }
}
