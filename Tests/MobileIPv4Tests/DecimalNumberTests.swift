import MobileIPv4
import Testing

@Suite("Decimal numbers in text")
struct DecimalNumberTests {
    @Test(
        "Digits without a sign and a leading zero are a number",
        arguments: [("0", 0), ("7", 7), ("255", 255)] as [(String, UInt8)])
    func valid(text: String, value: UInt8) {
        #expect(DecimalNumber.parse(text) == value)
    }

    @Test("Anything else is not", arguments: ["", "00", "07", "+7", "-7", "256", "7 ", "0x7", "٧", "7_0"])
    func invalid(text: String) {
        #expect(DecimalNumber.parse(text, as: UInt8.self) == nil)
    }

    @Test(
        "A number in another form has a decimal and perhaps an octal meaning",
        arguments: [
            ("0400", "400", "256"), ("08", "8", nil), ("07", "7", nil), ("+12", "12", nil), ("000", "0", nil),
            ("10.0.0.0/024", "10.0.0.0/24", "10.0.0.0/20"), ("010.0.0.1", "10.0.0.1", "8.0.0.1"), ("010ms", "10ms", "8ms"),
            ("10.0.0.01-10.0.0.09", "10.0.0.1-10.0.0.9", nil),
            ("10.0.0.010-10.0.0.020", "10.0.0.10-10.0.0.20", "10.0.0.8-10.0.0.16"),
            ("10.0.0.010-10.0.0.09", "10.0.0.10-10.0.0.9", nil), ("udp:127.0.0.1:0161", "udp:127.0.0.1:161", "udp:127.0.0.1:113"),
            ("fd00::/08", "fd00::/8", nil), ("010.0.0.0/+8", "10.0.0.0/8", "8.0.0.0/8"),
        ] as [(String, String, String?)])
    func meanings(text: String, decimal: String, octal: String?) {
        let meanings = DecimalNumber.meanings(of: text)
        #expect(meanings?.decimal == decimal)
        #expect(meanings?.octal == octal)
    }

    @Test(
        "A number in the right form has no other meaning",
        arguments: ["400", "0", "0.05", "10.0.0.1", "word", "mip007", "fd00::1", ""])
    func right(text: String) {
        #expect(DecimalNumber.meanings(of: text) == nil)
    }

    @Test("The length of a prefix and a vendor's number are in this form")
    func prefix() {
        #expect(IPv4Prefix("10.0.0.0/8") != nil)
        #expect(IPv4Prefix("10.0.0.0/08") == nil)
        #expect(IPv4Prefix("10.0.0.0/+8") == nil)
        #expect(VendorExtensionKind("9/14") != nil)
        #expect(VendorExtensionKind("9/014") == nil)
        #expect(VendorExtensionKind("+9") == nil)
    }
}
