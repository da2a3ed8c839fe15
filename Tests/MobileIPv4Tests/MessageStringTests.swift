import MIPTesting
import MobileIPv4
import Testing

@Suite("Message strings")
struct MessageStringTests {
    /// Characters of two, three and four bytes, some of several scalars.
    static let characters = [
        "\u{E9}", "\u{20AC}", "\u{1F600}", "e\u{301}", "\u{1F1F8}\u{1F1EA}", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
        "\r\n",
    ]

    private static func decode(_ text: [UInt8], author: UInt8 = 1) throws -> MessageString {
        let octets = [145, UInt8(1 + text.count), author] + text
        let value = try readExtensions(of: octets.span.bytes, from: 0).first ?? nil
        return try #require(value as? MessageString)
    }

    @Test("A character that does not fit completely is left out", arguments: characters, 246...256)
    func border(character: String, total: Int) throws {
        let start = String(repeating: "a", count: total - character.utf8.count)
        let text = try #require(MessageString(author: .homeAgent, clipping: start + character + "b"))
        let expected = total < 254 ? start + character + "b" : total == 254 ? start + character : String(start.prefix(254))
        #expect(text.octets == Array(expected.utf8))
    }

    @Test("A character longer than the extension is cut between scalars")
    func longCharacter() throws {
        let text = try #require(
            MessageString(author: .homeAgent, clipping: "e" + String(repeating: "\u{301}", count: 200)))
        #expect(text.octets == Array(("e" + String(repeating: "\u{301}", count: 126)).utf8))
    }

    @Test("A text of 254 octets is sent whole, and any longer one appended without an error", arguments: [254, 255, 5000])
    func longest(length: Int) throws {
        let text = try #require(MessageString(author: .foreignAgent, clipping: String(repeating: "a", count: length)))
        var octets: [UInt8] = []
        octets.append(extension: text)
        #expect(octets == [145, 255, 2] + [UInt8](repeating: 97, count: 254))
    }

    @Test("There is no empty text")
    func empty() throws {
        #expect(MessageString(author: .homeAgent, clipping: "") == nil)
        #expect(throws: MessageError.malformedExtension(type: 145, offset: 0)) { try Self.decode([]) }
    }

    @Test("A text without a Sub-Type is malformed")
    func withoutSubtype() {
        #expect(throws: MessageError.malformedExtension(type: 145, offset: 0)) {
            try readExtensions(of: ([145, 0] as [UInt8]).span.bytes, from: 0)
        }
    }

    @Test(
        "Octets that are not UTF-8 become replacement characters, and encode as they came",
        arguments: [
            ([0xFF], "\u{FFFD}"), ([97, 0xC3], "a\u{FFFD}"), ([0xC3, 40], "\u{FFFD}("), ([0xC0, 0xAF], "\u{FFFD}\u{FFFD}"),
            ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"), ([0xF0, 0x9F, 0x98, 97], "\u{FFFD}a"),
            ([UInt8](repeating: 0xFF, count: 254), String(repeating: "\u{FFFD}", count: 254)),
        ] as [([UInt8], String)])
    func invalid(octets: [UInt8], text: String) throws {
        let message = try Self.decode(octets)
        #expect(Array(message.text.utf8) == Array(text.utf8))
        #expect(Array(message.printable.utf8) == Array(text.utf8))
        var again: [UInt8] = []
        again.append(extension: message)
        #expect(again == [145, UInt8(octets.count + 1), 1] + octets)
    }

    @Test(
        "What is shown has neither control characters nor changes of direction",
        arguments: [
            ("Caf\u{E9} Wi-Fi", "Caf\u{E9} Wi-Fi"), ("a\u{1B}[2Jb", "a[2Jb"), ("a\u{0}b\u{7}c\u{7F}", "abc"),
            ("a\u{9B}1mb\u{80}\u{9F}", "a1mb"), ("one\ntwo\tthree\u{85}four", "one two three four"),
            ("a\u{2028}b\u{2029}c", "a b c"), ("a\u{202E}b\u{202C}\u{2066}c\u{2069}\u{200F}\u{61C}", "abc"),
            ("\u{1F468}\u{200D}\u{1F469}", "\u{1F468}\u{200D}\u{1F469}"), ("\u{1}", ""),
        ])
    func printable(text: String, shown: String) throws {
        let message = try #require(MessageString(author: .homeAgent, clipping: text))
        #expect(Array(message.printable.utf8) == Array(shown.utf8))
        #expect(message.text == text)
    }

    @Test("Every control character of the two blocks is removed or becomes a space")
    func controls() throws {
        for value in (UInt32(0)...0x1F).map({ $0 }) + Array(0x7F...0x9F) {
            let scalar = try #require(Unicode.Scalar(value))
            let message = try #require(MessageString(author: .homeAgent, clipping: "a\(scalar)b"))
            #expect(message.printable == "ab" || message.printable == "a b")
        }
    }

    @Test("Authors other than the two agents are kept as they are", arguments: [UInt8(0), 1, 2, 3, 255])
    func authors(author: UInt8) throws {
        let message = try Self.decode([97], author: author)
        #expect(message.author.rawValue == author && message.text == "a")
    }
}
