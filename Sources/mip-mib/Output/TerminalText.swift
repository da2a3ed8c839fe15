extension String {
    /// Untrusted text made safe for a terminal: characters that move the cursor, change the writing direction or are invisible are shown
    /// as `\u{…}`.
    var printable: String {
        // Nearly all text is ASCII without control characters.
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return self }
        var text = ""
        for scalar in unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                text += "\\u{\(String(scalar.value, radix: 16))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// The number of terminal columns the text occupies, assuming one column per character.
    var terminalWidth: Int { utf8.allSatisfy { $0 < 0x80 } ? utf8.count : count }
}

/// A number of seconds for people: `45s`, `12m05s`, `3h20m`, `2d04h`; 65535 is `never`.
func duration(_ seconds: UInt32) -> String {
    func two(_ value: UInt32) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return switch seconds {
    case 65535: "never"
    case ..<60: "\(seconds)s"
    case ..<3600: "\(seconds / 60)m\(two(seconds % 60))s"
    case ..<86400: "\(seconds / 3600)h\(two(seconds / 60 % 60))m"
    default: "\(seconds / 86400)d\(two(seconds / 3600 % 24))h"
    }
}
