/// The SMI syntax of an object: its base type, its textual convention, and its permitted values.
public struct MIBSyntax: Hashable, Sendable {
    /// The base types of SMIv2 that the modules use (RFC 2578 §7.1).
    public enum Base: String, Hashable, Sendable, CaseIterable {
        case integer32 = "Integer32"
        /// INTEGER with named values.
        case enumeration = "Enumeration"
        /// Bit 0 is the most significant bit of the first octet.
        case bits = "Bits"
        case unsigned32 = "Unsigned32"
        case gauge32 = "Gauge32"
        case counter32 = "Counter32"
        case counter64 = "Counter64"
        case timeTicks = "TimeTicks"
        case ipAddress = "IpAddress"
        case octetString = "OctetString"
    }

    /// A label of an enumeration or of a bit.
    public struct NamedNumber: Hashable, Sendable {
        /// The name of the number in the MIB module.
        public let label: String
        /// The number on the wire.
        public let number: Int

        public init(_ label: String, _ number: Int) {
            self.label = label
            self.number = number
        }
    }

    /// The type on the wire.
    public let base: Base
    /// The textual convention, or the application-wide name of a base type that one narrows; nil if there is none.
    public let convention: String?
    /// Permitted values of a number or sizes of an octet string, in ascending order; empty if there is no restriction.
    public let ranges: [ClosedRange<Int64>]
    /// The labels of an enumeration or of bits.
    public let names: [NamedNumber]

    /// The label of a value of an enumeration; nil if it has none.
    public func label(of number: Int) -> String? { names.first { $0.number == number }?.label }
}

// As written in the table of nodes: `Counter32`, `MipRole`, `SnmpAdminString(0..255)`, `Enumeration{enabled=1,disabled=2}`.
extension MIBSyntax {
    /// - Parameter conventions: the conventions that the text may name, by name.
    init?(_ text: String, conventions: [String: MIBSyntax]) {
        let end = text.utf8.firstIndex { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "{") } ?? text.endIndex
        let name = String(text[..<end])
        let convention = conventions[name]
        guard let base = convention?.base ?? Base(rawValue: name) else { return nil }
        self.base = base
        self.convention = convention == nil ? nil : name
        guard end < text.endIndex else {
            ranges = convention?.ranges ?? []
            names = convention?.names ?? []
            return
        }
        // Ranges are in parentheses, followed by labels in braces.
        let parts = text[end...].split { "(){}".contains($0) }
        ranges = parts.first { !$0.contains("=") }.map(Self.ranges) ?? []
        names = parts.first { $0.contains("=") }.map(Self.names) ?? []
    }

    private static func ranges(_ text: Substring) -> [ClosedRange<Int64>] {
        text.split(separator: "|").compactMap { range in
            let ends = range.split(separator: ".").compactMap { Int64($0) }
            return ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
        }
    }

    private static func names(_ text: Substring) -> [NamedNumber] {
        text.split(separator: ",").compactMap { name in
            let parts = name.split(separator: "=")
            return parts.count == 2 ? Int(parts[1]).map { NamedNumber(String(parts[0]), $0) } : nil
        }
    }

    /// The textual conventions that the modules use, by name.
    static let conventions: [String: MIBSyntax] = {
        var all: [String: MIBSyntax] = [:]
        for words in MIBTextNode.words(mibConventionTable, columns: 2) {
            guard let plain = MIBSyntax(words[1], conventions: [:]) else { continue }
            all[words[0]] = MIBSyntax(base: plain.base, convention: words[0], ranges: plain.ranges, names: plain.names)
        }
        return all
    }()
}
