import DaemonSupport

extension String {
    /// The lines of a message made safe for a terminal; only the line breaks themselves stay.
    var printableLines: String {
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A }) { return self }
        return split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }.joined(separator: "\n")
    }
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
