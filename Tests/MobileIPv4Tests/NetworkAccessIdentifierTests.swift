import MobileIPv4
import Testing

@Suite("Network access identifiers")
struct NetworkAccessIdentifierTests {
    @Test("Are equal only when their octets are equal, however similar they look")
    func octets() throws {
        let composed = try #require(NetworkAccessIdentifier(octets: Array("\u{E9}@example.net".utf8)))
        let decomposed = try #require(NetworkAccessIdentifier(octets: Array("e\u{301}@example.net".utf8)))
        #expect(composed.value == decomposed.value)
        #expect(composed != decomposed)
        #expect((composed < decomposed) != (decomposed < composed))
        #expect(Set([composed, decomposed, composed]).count == 2)
    }

    @Test(
        "Are 1 to 255 octets of UTF-8 without control characters",
        arguments: [[], Array(repeating: 0x61, count: 256), [0x61, 0xFF], [0x61, 0x1B], [0x61, 0], [0xC3]] as [[UInt8]])
    func wrong(octets: [UInt8]) {
        #expect(NetworkAccessIdentifier(octets: octets) == nil)
    }
}
