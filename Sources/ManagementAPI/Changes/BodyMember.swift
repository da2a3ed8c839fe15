import AgentModel
import Foundation
import JSON
import MobileIPv4

/// A member that the body of a change may have: what may stand there, and what it means. Bodies are checked against these declarations,
/// and the document at `/openapi.json` is made of them.
struct BodyMember: Sendable {
    /// What a member can be.
    indirect enum Form: Sendable {
        case truth
        case whole(ClosedRange<Int64>)
        /// One of these words.
        case word([String])
        /// Some of these words, each at most once.
        case words([String])
        case text(TextForm)
        /// An object with some of these members.
        case object([BodyMember])
    }

    let name: String
    let form: Form
    /// What it means, in a sentence or two.
    let about: String
    /// Whether every body has it.
    var isRequired = false
    /// Whether it is only ever written: it is in no answer, no record and no error.
    var isSecret = false
    /// What stands for it when something new is made without it.
    var usual: JSONValue?

    /// What is expected, to follow on "expected".
    var expectation: String {
        switch form {
        case .truth: "true or false"
        case .whole(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .word(let words): words.joined(separator: ", ").replacingLastComma
        case .words(let words): "an array of some of \(words.joined(separator: ", ")), none twice"
        case .text(let form): form.expectation
        case .object(let members): "an object with some of \(members.map(\.name).joined(separator: ", "))"
        }
    }
}

/// A text in the body of a change.
struct TextForm: Sendable {
    /// The `format` of JSON Schema, where there is one.
    let format: String?
    /// A regular expression that fits exactly what is right, as far as one can.
    let pattern: String?
    let lengths: ClosedRange<Int>
    let expectation: String
    let isRight: @Sendable (String) -> Bool

    private static let octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"

    static let address = TextForm(
        format: "ipv4", pattern: nil, lengths: 7...15, expectation: "an IPv4 address such as 192.0.2.1",
        isRight: { IPv4Address($0) != nil })

    /// An address that one interface can have.
    static let unicastAddress = TextForm(
        format: "ipv4", pattern: #"^(?:22[0-3]|2[01][0-9]|1[0-9]{2}|[1-9][0-9]?)(?:\.\#(octet)){3}$"#, lengths: 7...15,
        expectation: "the IPv4 address of one interface such as 192.0.2.1",
        isRight: { IPv4Address($0).map { (1...223).contains($0.rawValue >> 24) } ?? false })

    /// Most characters of an identifier that are not all ASCII: however many bytes each takes, it fits the 255 of extension 131.
    private static let longestNAI = 63

    static let peer = TextForm(
        format: nil, pattern: "^(?:[ -~]{1,255}|[^\\u0000-\\u001F\\u007F-\\u009F]{1,\(longestNAI)})$", lengths: 1...255,
        expectation:
            "an address such as 10.0.1.7, a prefix such as 10.0.0.0/8, or a network access identifier such as alice@example.net",
        isRight: { PeerIdentity($0) != nil && ($0.utf8.allSatisfy { $0 < 128 } || $0.unicodeScalars.count <= longestNAI) })

    /// Most bytes of a key.
    private static let maximumKey = 1024

    static let key = TextForm(
        format: nil, pattern: "^(?:[0-9A-Fa-f]{2})+$", lengths: 2...(2 * maximumKey),
        expectation: "an even number of hexadecimal digits, two for each byte, at most \(maximumKey) bytes",
        isRight: { SecretOctets(hexadecimal: $0) != nil })

    static let agent = TextForm(
        format: nil, pattern: nil, lengths: 1...255, expectation: "the name of an agent", isRight: { !$0.isEmpty })
}

extension String {
    /// With "or" in the place of the last comma.
    fileprivate var replacingLastComma: String {
        guard let last = range(of: ", ", options: .backwards) else { return self }
        return replacingCharacters(in: last, with: " or ")
    }
}
