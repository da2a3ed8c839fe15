import Crypto
import HTTPTypes
import Hummingbird
import JSON
import MobileIPv4

/// The version of a resource: a digest of its contents, except for what changes with the clock alone (RFC 9110 §8.8.3).
struct EntityTag: Hashable, Sendable {
    /// The tag with its quotes.
    let text: String

    init(_ value: some Encodable) throws { self.init(try JSONValue(encoding: value)) }

    init(_ value: JSONValue) { text = "\"\(Hexadecimal.text(Array(SHA256.hash(data: value.bytes)).prefix(12)))\"" }
}

/// The entity tags that an If-Match or If-None-Match field names (RFC 9110 §8.8.3, §13.1.1, §13.1.2).
struct EntityTagList: Sendable {
    private let isAny: Bool
    private let texts: [Substring]

    private static let tag = #"(?:W/)?"[!#-~]*""#
    /// A regular expression for such a field.
    static let pattern = "^(?:\\*|\(tag)(?:[ \\t]*,[ \\t]*\(tag))*)$"

    /// Nil when the request does not have the field.
    init?(_ request: Request, _ name: HTTPField.Name) throws(Problem) {
        guard let field = request.headers[name] else { return nil }
        isAny = field == "*"
        guard let texts = isAny ? [] : Self.tags(field[...]) else {
            throw .badRequest("\(name) '\(field)' is invalid; expected * or entity tags such as \"1f2e\", separated by commas")
        }
        self.texts = texts
    }

    /// The tags of a list; nil when the list is invalid. Commas inside a tag belong to the tag.
    private static func tags(_ list: Substring) -> [Substring]? {
        var rest = list
        var found: [Substring] = []
        func skipBlanks() { rest = rest.drop { $0 == " " || $0 == "\t" } }
        while true {
            let start = rest.startIndex
            if rest.hasPrefix("W/") { rest = rest.dropFirst(2) }
            guard rest.first == "\"" else { return nil }
            rest = rest.dropFirst().drop { $0 != "\"" && $0.asciiValue.map { (0x21...0x7E).contains($0) } == true }
            guard rest.first == "\"" else { return nil }
            rest = rest.dropFirst()
            found.append(list[start..<rest.startIndex])
            skipBlanks()
            guard !rest.isEmpty else { return found }
            guard rest.first == "," else { return nil }
            rest = rest.dropFirst()
            skipBlanks()
        }
    }

    /// Whether the list contains a tag. In a strong comparison, weak tags match nothing.
    func names(_ tag: EntityTag, strongly: Bool = false) -> Bool {
        isAny || texts.contains { $0 == tag.text || !strongly && $0 == "W/\(tag.text)" }
    }
}

extension EntityTagList: CustomStringConvertible {
    var description: String { isAny ? "*" : texts.joined(separator: ", ") }
}
