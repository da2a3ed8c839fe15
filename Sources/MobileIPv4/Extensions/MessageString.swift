extension ExtensionType {
    /// Message string (145, RFC 4917).
    public static let messageString = ExtensionType(rawValue: 145)
}

/// A text for the user (145, RFC 4917).
public struct MessageString: MobileIPExtension {
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

    /// Who wrote the text.
    public var author: Author
    /// At most 254 octets of UTF-8. It is untrusted: sanitize it before writing it to a terminal.
    public var text: String

    public init(author: Author, text: String) {
        self.author = author
        self.text = text
    }

    public var subtype: UInt8 { author.rawValue }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        author = Author(rawValue: try fields.requiredSubtype())
        text = try fields.text(in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) { octets.append(contentsOf: text.utf8) }
}
