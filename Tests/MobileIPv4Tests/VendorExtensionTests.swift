import MIPTesting
import MobileIPv4
import Testing

@Suite("Vendor extensions in a message")
struct VendorExtensionTests {
    @Test(
        "A kind is written as vendor and type, or as a vendor alone",
        arguments: [("9/14", 9, 14), ("8072", 8072, nil), ("0/0", 0, 0), ("16777215/65535", 16_777_215, .max)]
            as [(String, UInt32, UInt16?)])
    func text(text: String, vendor: UInt32, type: UInt16?) {
        let kind = VendorExtensionKind(vendor: vendor, type: type)
        #expect(VendorExtensionKind(text) == kind)
        #expect(kind.description == text)
    }

    @Test(
        "Text that is not a kind is refused",
        arguments: ["", "/", "9/", "/14", "9/14/1", "-1", "16777216", "16777216/1", "4294967296", "9/65536", "a/1", "9 /1"])
    func wrongText(text: String) {
        #expect(VendorExtensionKind(text) == nil)
    }

    @Test("A set covers the kinds in it, and every kind of a vendor that is in it as a whole")
    func cover() {
        let known: Set = [VendorExtensionKind(vendor: 9, type: 14), VendorExtensionKind(vendor: 10)]
        #expect(known.covers(vendor: 9, type: 14))
        #expect(!known.covers(vendor: 9, type: 15))
        #expect(known.covers(vendor: 10, type: 0) && known.covers(vendor: 10, type: .max))
        #expect(!known.covers(vendor: 11, type: 14))
    }

    @Test("Every vendor extension is found, in order, with its kind; a truncated one has no kind")
    func found() throws {
        let octets: [UInt8] =
            [38, 0, 0, 7, 0, 0, 0, 9, 0, 1, 42] + [200, 1, 0] + [134, 8, 0, 0, 0, 0, 0, 10, 0, 2] + [0] + [38, 0, 0, 2, 0, 9]
            + [134, 7, 0, 0, 0, 0, 0, 9, 0]
        let scan = try ExtensionScan(octets.span.bytes, from: 0)
        #expect(scan.count(of: .criticalVendorSpecific) == 2 && scan.count(of: .normalVendorSpecific) == 2)
        let found = scan.vendorExtensions(in: octets.span.bytes)
        #expect(found.map(\.isCritical) == [true, false, true, false])
        #expect(found.map(\.kind?.description) == ["9/1", "10/2", nil, nil])
        #expect(found.map(\.start) == [0, 14, 25, 31])
        #expect(found.map { $0.isKnown([VendorExtensionKind(vendor: 9)]) } == [true, false, false, false])
    }

    @Test("A vendor of more than three octets makes the extension malformed, and it has no kind", arguments: [UInt8(38), 134])
    func vendor(type: UInt8) throws {
        for (first, isValid) in [(UInt8(0), true), (1, false), (0x80, false)] {
            let content: [UInt8] = [first, 0, 0, 9, 0, 14, 42]
            let octets = type == 38 ? [38, 0, 0, 7] + content : [134, 9, 0, 0] + content
            let scan = try ExtensionScan(octets.span.bytes, from: 0)
            let kinds = scan.vendorExtensions(in: octets.span.bytes).map(\.kind?.description)
            #expect(kinds == [isValid ? "9/14" : nil])
            if isValid {
                _ = try readExtensions(of: octets.span.bytes, from: 0)
            } else {
                #expect(throws: MessageError.malformedExtension(type: type, offset: 0)) {
                    try readExtensions(of: octets.span.bytes, from: 0)
                }
            }
        }
    }

    @Test("Challenges are counted, and a mobile-foreign authenticator is found even without an authorizing extension before it")
    func counts() throws {
        let authenticator: [UInt8] = [33, 20, 0, 0, 1, 0] + Array(repeating: 0, count: 16)
        let octets = [132, 4, 1, 2, 3, 4] + [132, 4, 5, 6, 7, 8] + authenticator
        let scan = try ExtensionScan(octets.span.bytes, from: 0)
        #expect(scan.count(of: .challenge) == 2)
        #expect(scan.first(.challenge).map { Array(octets[$0.data]) } == [1, 2, 3, 4])
        #expect(scan.mobileForeign == nil)
        #expect(scan.anyMobileForeign?.start == 12)
        #expect(scan.vendorExtensions(in: octets.span.bytes).isEmpty)
    }
}
