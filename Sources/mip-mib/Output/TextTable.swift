import MobileIPv4

/// Rows in aligned columns for people.
struct TextTable {
    private let header: [String]
    private var rows: [[String]] = []
    private var widths: [Int]

    init(_ header: [String]) {
        self.header = header
        widths = header.map(\.count)
    }

    var isEmpty: Bool { rows.isEmpty }

    mutating func append(_ cells: [String]) {
        for (column, cell) in cells.enumerated() where column < widths.count { widths[column] = max(widths[column], cell.count) }
        rows.append(cells)
    }

    func write(to output: inout StandardOutput) {
        for row in [header] + rows {
            var line = ""
            for (column, cell) in row.enumerated() {
                line += cell
                if column < row.count - 1 { line += String(repeating: " ", count: widths[column] - cell.count + 2) }
            }
            output.write(line + "\n")
        }
    }
}

extension String {
    /// Text from outside made safe for a terminal: what would move the cursor, change direction or hide is shown as `\u{…}`.
    var printable: String {
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
}

/// Seconds as people read them: `45s`, `12m05s`, `3h20m`, `2d04h`; 65535 is `never`.
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
