/// A domain name of letters, digits and hyphens (RFC 1123 §2.1), in lower case and without a final dot.
///
/// It arrives from the network and is passed on to programs and files: it contains no space or line break, and does not begin like
/// an option.
package struct DomainName: Hashable, Sendable, CustomStringConvertible {
    /// The name as text.
    package let description: String

    /// Nil for anything else, and for a name whose last label is a number, which programs could take for an address.
    package init?(_ text: String) {
        var name = text.utf8[...]
        if name.last == UInt8(ascii: ".") { name.removeLast() }
        guard (1...253).contains(name.count) else { return nil }
        let labels = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard let last = labels.last, !last.allSatisfy(Self.isDigit) else { return nil }
        for label in labels {
            let hyphen = UInt8(ascii: "-")
            guard (1...63).contains(label.count), label.first != hyphen, label.last != hyphen,
                label.allSatisfy({ $0 == hyphen || Self.isDigit($0) || Self.isLetter($0) })
            else { return nil }
        }
        description = String(decoding: name, as: UTF8.self).lowercased()
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
}
