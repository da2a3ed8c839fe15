public import Logging

/// A log line as text: time, level, label, message, then `key=value` pairs sorted by name.
///
/// Whatever a message or value contains stays on its line and within its quotes, so that outside data can forge neither lines nor pairs:
/// control and format characters and line separators are escaped, and values that are not plain words are quoted.
public struct LogLine {
    /// The line, without a newline.
    public let text: String

    /// - Parameter time: The time in RFC 3339 format; nil omits it.
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
            default: line.appendPrintable(scalar)
            }
        }
    }
}
