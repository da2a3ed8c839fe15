import MobileIPv4
import Testing

@Suite("Hexadecimal digits")
struct HexadecimalTests {
    @Test("Every octet becomes two lower-case digits, which are parsed in either case")
    func octets() {
        let all = Array(UInt8.min...UInt8.max)
        let text = Hexadecimal.text(all)
        #expect(text.hasPrefix("000102030405060708090a0b0c0d0e0f10") && text.hasSuffix("feff"))
        #expect(text.utf8.count == 512)
        #expect(Hexadecimal.octets(text) == all)
        #expect(Hexadecimal.octets(text.uppercased()) == all)
        #expect(Hexadecimal.text([]) == "")
        #expect(Hexadecimal.octets("") == [])
    }

    @Test(
        "Anything else is refused",
        arguments: ["0", "abc", "0g", "+f", "-1", " 1", "0x0a", "00 00", "\u{FF11}\u{FF11}", "0a\u{0}0", "é"])
    func others(text: String) {
        #expect(Hexadecimal.octets(text) == nil)
    }

    @Test("A prefix is accepted where it is allowed, and only once")
    func prefix() {
        #expect(Hexadecimal.octets("0x0aFF", allowsPrefix: true) == [10, 255])
        #expect(Hexadecimal.octets("0aFF", allowsPrefix: true) == [10, 255])
        for text in ["0X0a", "0x0x0a", "0x0", "x0a"] { #expect(Hexadecimal.octets(text, allowsPrefix: true) == nil) }
    }

    @Test("The prefix of a host contains only that address")
    func hostPrefix() {
        for address in [IPv4Address.zero, IPv4Address(192, 0, 2, 1), .limitedBroadcast] {
            #expect(IPv4Prefix(host: address) == IPv4Prefix(containing: address, length: 32))
        }
    }
}
