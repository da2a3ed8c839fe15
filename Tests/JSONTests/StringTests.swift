import Foundation
import JSON
import Testing

@Suite("Strings as JSON")
struct StringTests {
    static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = []
        JSONText.append(quoted: text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let escapes: [UInt8: String] = [
        0x08: #"\b"#, 0x09: #"\t"#, 0x0A: #"\n"#, 0x0C: #"\f"#, 0x0D: #"\r"#, 0x22: #"\""#, 0x5C: #"\\"#,
    ]

    /// The text that represents an ASCII character.
    private static func expected(_ byte: UInt8) -> String {
        if let escape = escapes[byte] { return escape }
        if byte >= 0x20 { return String(UnicodeScalar(byte)) }
        let digits = Array("0123456789abcdef")
        return "\\u00\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }

    @Test("An ASCII character is escaped where RFC 8259 requires it, and nowhere else", arguments: UInt8(0)...0x7F)
    func ascii(byte: UInt8) throws {
        let text = "a\(UnicodeScalar(byte))z"
        #expect(Self.quoted(text) == "\"a\(Self.expected(byte))z\"")
        #expect(try JSONValue(json: Self.quoted(text).utf8) == .string(text))
    }

    @Test(
        "Characters beyond ASCII are not escaped",
        arguments: ["é", "\u{7F}\u{80}\u{9F}", "\u{2028}\u{2029}", "turned\u{202E}", "😀", "\u{FFFF}\u{10FFFF}", "e\u{301}", ""])
    func beyond(text: String) throws {
        #expect(Self.quoted(text).unicodeScalars.elementsEqual("\"\(text)\"".unicodeScalars))
        #expect(Self.quoted(text + "\n").unicodeScalars.elementsEqual("\"\(text)\\n\"".unicodeScalars))
        let read = try JSONSerialization.jsonObject(with: Data(Self.quoted(text).utf8), options: .fragmentsAllowed)
        #expect((read as? String)?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
    }

    @Test("Names of members are escaped like strings")
    func names() throws {
        let value = JSONValue.object(["a\"\u{1}": 1])
        #expect(value.json == #"{"a\"\u0001":1}"#)
        var bytes: [UInt8] = []
        let encoder = JSONByteEncoder()
        try encoder.write(["a\"\u{1}": 1])
        encoder.take { bytes = $0 }
        #expect(bytes == value.bytes)
    }
}
