extension ExtensionType {
    /// Message string (145, RFC 4917).
    public static let messageString = ExtensionType(rawValue: 145)
}

/// A text for the user (145, RFC 4917): 1 to 254 octets of UTF-8. It never affects the protocol.
public struct MessageString: FittingExtension {
    public static let type = ExtensionType.messageString
    public static let name = "Message String"
    public static let form = ExtensionForm.shortWithSubtype
    public static let subtypes: [UInt8]? = [Author.homeAgent, .foreignAgent].map(\.rawValue)

    /// Sub-Type: who wrote the text.
    public struct Author: RawRepresentable, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// The home agent wrote it.
        public static let homeAgent = Author(rawValue: 1)
        /// The foreign agent wrote it.
        public static let foreignAgent = Author(rawValue: 2)
    }

    /// How many octets a text can have: what a Length of 255 leaves beside the Sub-Type.
    public static let lengths = 1...254

    /// Who wrote the text.
    public let author: Author
    /// The octets of the text as received or as they are sent; well-formed UTF-8 unless the sender did not follow RFC 4917.
    public let octets: [UInt8]

    /// A text to send, cut to at most 254 octets: between two characters as a user sees them, or between two Unicode scalars if the
    /// first of these characters alone is longer. Nil when the text is empty, which RFC 4917 §3 does not allow.
    public init?(author: Author, clipping text: String) {
        let octets = Array(Self.clipped(text).utf8)
        guard !octets.isEmpty else { return nil }
        self.author = author
        self.octets = octets
    }

    public var subtype: UInt8 { author.rawValue }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        author = Author(rawValue: try fields.requiredSubtype())
        octets = try fields.rest(in: datagram, atLeast: Self.lengths.lowerBound)
        guard octets.count <= Self.lengths.upperBound else { throw fields.malformed }
    }

    public func appendData(to octets: inout [UInt8]) { octets.append(contentsOf: self.octets) }
}

extension MessageString {
    /// The whole text, with U+FFFD in place of octets that are not UTF-8. It is untrusted: show `printable` instead.
    public var text: String { String(decoding: octets, as: UTF8.self) }

    /// The text for a terminal, a log or a table, on one line: without control characters (C0, DEL, C1) and without the characters
    /// that change the writing direction. A line break, a tab and U+2028 and U+2029 become a space, so that words stay apart. May
    /// be empty.
    ///
    /// Joiners and variation selectors remain, since scripts and emoji need them.
    public var printable: String {
        // Nearly all texts are ASCII without control characters.
        if octets.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator:
                if scalar.properties.isWhitespace { scalars.append(" ") }
            default:
                if !scalar.properties.isBidiControl { scalars.append(scalar) }
            }
        }
        return String(scalars)
    }

    /// The longest beginning of the text that fits.
    private static func clipped(_ text: String) -> Substring {
        guard text.utf8.count > lengths.upperBound else { return text[...] }
        var room = lengths.upperBound
        let characters = text.prefix { character in
            room -= character.utf8.count
            return room >= 0
        }
        if !characters.isEmpty { return characters }
        room = lengths.upperBound
        return Substring(
            text.unicodeScalars.prefix { scalar in
                room -= UTF8.width(scalar)
                return room >= 0
            })
    }
}
