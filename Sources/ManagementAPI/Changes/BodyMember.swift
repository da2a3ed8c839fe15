import AgentModel
import Foundation
import JSON
import MobileIPv4

/// A member that the body of a change may have: its possible values and its meaning. Bodies are checked against these declarations, and the
/// document at `/openapi.json` is generated from them.
struct BodyMember: Sendable {
    /// The values a member can have.
    indirect enum Form: Sendable {
        case truth
        case whole(ClosedRange<Int64>)
        /// Exactly one of these words.
        case word([String])
        /// Some of these words, each at most once.
        case words([String])
        case text(TextForm)
        /// Some texts of this form, as many as the range allows, each at most once.
        case texts(TextForm, ClosedRange<Int>)
        /// An object with some of these members.
        case object([BodyMember])
    }

    let name: String
    let form: Form
    /// The meaning, in a sentence or two.
    let about: String
    /// Whether every body must have the member.
    var isRequired = false
    /// Whether the member is write-only: it appears in no answer, no record and no error.
    var isSecret = false
    /// The value used when something is created without the member.
    var defaultValue: JSONValue?
    /// What the row has after a PUT without the member; nil if that depends on more.
    var valueIfAbsent: JSONValue?

    /// What the member must be, worded to follow "expected".
    var expectation: String {
        switch form {
        case .truth: "true or false"
        case .whole(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .word(let words): words.joined(separator: ", ").replacingLastComma
        case .words(let words): "an array of some of \(words.joined(separator: ", ")), each at most once"
        case .text(let form): form.expectation
        case .texts(let form, let counts):
            "an array of \(counts.lowerBound) to \(counts.upperBound) texts, each \(form.expectation) and given once"
        case .object(let members): "an object with some of \(members.map(\.name).joined(separator: ", "))"
        }
    }
}

/// A text in the body of a change.
struct TextForm: Sendable {
    /// The `format` in JSON Schema, where there is one.
    let format: String?
    /// A regular expression that matches exactly the valid texts, as far as that is possible.
    let pattern: String?
    let lengths: ClosedRange<Int>
    let expectation: String
    let isValid: @Sendable (String) -> Bool

    /// Whether a text has the form, its length in characters included.
    func accepts(_ text: String) -> Bool { lengths.contains(text.unicodeScalars.count) && isValid(text) }

    private static let octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"

    static let address = TextForm(
        format: "ipv4", pattern: nil, lengths: 7...15, expectation: "an IPv4 address such as 192.0.2.1",
        isValid: { IPv4Address($0) != nil })

    /// An address that a single interface can have.
    static let unicastAddress = TextForm(
        format: "ipv4", pattern: #"^(?:22[0-3]|2[01][0-9]|1[0-9]{2}|[1-9][0-9]?)(?:\.\#(octet)){3}$"#, lengths: 7...15,
        expectation: "the IPv4 address of an interface such as 192.0.2.1",
        isValid: { IPv4Address($0).map { (1...223).contains($0.rawValue >> 24) } ?? false })

    /// Maximum length in characters of an identifier that is not all ASCII: however many bytes each character takes, the identifier fits the
    /// 255 bytes of extension 131.
    private static let longestNAI = 63

    static let peer = TextForm(
        format: nil, pattern: "^(?:[ -~]{1,255}|[^\\u0000-\\u001F\\u007F-\\u009F]{1,\(longestNAI)})$", lengths: 1...255,
        expectation:
            "an address such as 10.0.1.7, a prefix such as 10.0.0.0/8, or a network access identifier such as alice@example.net",
        isValid: { PeerIdentity($0) != nil && ($0.utf8.allSatisfy { $0 < 128 } || $0.unicodeScalars.count <= longestNAI) })

    static let nai = TextForm(
        format: nil, pattern: peer.pattern, lengths: 1...255,
        expectation: "a network access identifier such as alice@example.net",
        isValid: {
            NetworkAccessIdentifier($0) != nil && ($0.utf8.allSatisfy { $0 < 128 } || $0.unicodeScalars.count <= longestNAI)
        })

    static let addressOrPrefix = TextForm(
        format: nil, pattern: ValueSchemas.addressOrPrefixPattern, lengths: 7...18,
        expectation: "an address such as 10.0.0.7 or a prefix such as 10.0.0.0/8",
        isValid: { IPv4Prefix($0) != nil || IPv4Address($0) != nil })

    /// A text for people. The pattern does not limit its bytes, which only the length of each character determines.
    static let message = TextForm(
        format: nil,
        pattern: #"^[^\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]+$"#, lengths: 1...254,
        expectation: "a text of 1 to 254 bytes of UTF-8 on one line, without control characters",
        isValid: { text in (try? OperatorText.check(text)) != nil })

    /// Maximum length of a key in bytes.
    private static let maximumKey = 1024

    static let key = TextForm(
        format: nil, pattern: "^(?:[0-9A-Fa-f]{2})+$", lengths: 2...(2 * maximumKey),
        expectation: "an even number of hexadecimal digits, two for each byte, at most \(maximumKey) bytes",
        isValid: { SecretOctets(hexadecimal: $0) != nil })

    static let agent = TextForm(
        format: nil, pattern: nil, lengths: 1...255, expectation: "the name of an agent", isValid: { !$0.isEmpty })
}

extension String {
    /// The string with " or " in place of the last comma.
    fileprivate var replacingLastComma: String {
        guard let last = range(of: ", ", options: .backwards) else { return self }
        return replacingCharacters(in: last, with: " or ")
    }
}
