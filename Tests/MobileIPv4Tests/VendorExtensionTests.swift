import MIPTesting
import MobileIPv4
import Testing

@Suite("Vendor extensions in a message")
struct VendorExtensionTests {
    @Test(
        "A kind is written as vendor and type, or as a vendor alone",
        arguments: [("9/14", 9, 14), ("8072", 8072, nil), ("0/0", 0, 0), ("4294967295/65535", .max, .max)]
            as [(String, UInt32, UInt16?)])
    func text(text: String, vendor: UInt32, type: UInt16?) {
        let kind = VendorExtensionKind(vendor: vendor, type: type)
        #expect(VendorExtensionKind(text) == kind)
        #expect(kind.description == text)
    }

    @Test(
        "Text that is not a kind is refused",
        arguments: ["", "/", "9/", "/14", "9/14/1", "-1", "4294967296", "9/65536", "a/1", "9 /1"])
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
