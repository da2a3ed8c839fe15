import MIPTesting
import MobileIPv4
import Testing

@Suite("Names of services")
struct ServiceIdentifierTests {
    private static func decode(_ octets: [UInt8]) throws(MessageError) -> ServiceSelection? {
        try readExtensions(of: octets.span.bytes, from: 0).first.flatMap { $0 as? ServiceSelection }
    }

    private static func message(_ text: String) -> [UInt8] { [151, UInt8(text.utf8.count)] + Array(text.utf8) }

    @Test("A name is read and sent as it is", arguments: ["ims", "voip.example.com", "Caf\u{E9}", "a", " b "])
    func roundTrip(text: String) throws {
        let service = try #require(ServiceIdentifier(text))
        #expect(service.value == text && service.description == text && service.octets == Array(text.utf8))
        let received = try #require(try Self.decode(Self.message(text)))
        #expect(received == ServiceSelection(service))
        var octets: [UInt8] = []
        octets.append(extension: ServiceSelection(service))
        #expect(octets == Self.message(text))
    }

    @Test(
        "A received name is compared in its normal form NFKC, and echoed as it came",
        arguments: [
            ("e\u{301}", "\u{E9}"), ("\u{FB01}t", "fit"), ("\u{FF49}\u{FF4D}\u{FF53}", "ims"), ("x\u{2460}", "x1"),
        ])
    func normalForm(sent: String, normal: String) throws {
        let received = try #require(try Self.decode(Self.message(sent))).service
        let configured = try #require(ServiceIdentifier(normal))
        #expect(received == configured && received.hashValue == configured.hashValue)
        #expect(!(received < configured) && !(configured < received))
        #expect(Array(received.value.utf8) == Array(normal.utf8))
        var octets: [UInt8] = []
        octets.append(extension: ServiceSelection(received))
        #expect(octets == Self.message(sent))
        // What is written in a configuration is sent in the normal form.
        #expect(ServiceIdentifier(sent)?.octets == Array(normal.utf8))
    }

    @Test("Names that differ, if only in case, are different", arguments: [("ims", "IMS"), ("ims", "ims "), ("a", "b")])
    func others(left: String, right: String) throws {
        let a = try #require(ServiceIdentifier(left))
        let b = try #require(ServiceIdentifier(right))
        #expect(a != b && (a < b) != (b < a))
    }

    @Test("A name takes no more room than a reference, also where it is optional")
    func size() {
        #expect(MemoryLayout<ServiceIdentifier>.size == MemoryLayout<[UInt8]>.size)
        #expect(MemoryLayout<ServiceIdentifier?>.size == MemoryLayout<[UInt8]>.size)
    }

    @Test("A name has 1 to 255 bytes", arguments: [(0, false), (1, true), (255, true), (256, false)])
    func length(count: Int, isValid: Bool) {
        let text = String(repeating: "a", count: count)
        #expect((ServiceIdentifier(text) != nil) == isValid)
        #expect((ServiceIdentifier(octets: Array(text.utf8)) != nil) == isValid)
    }

    @Test(
        "An extension without a name, or with octets that are not one, is malformed",
        arguments: [
            [], [0xFF], [0x61, 0xC3], [0x61, 0], [0x61, 0x1B], [0xC2, 0x85],
            // The normal form of the ligature has 18 letters and spaces.
            Array(String(repeating: "\u{FDFA}", count: 20).utf8),
        ] as [[UInt8]])
    func malformed(data: [UInt8]) {
        #expect(throws: MessageError.malformedExtension(type: 151, offset: 0)) {
            try Self.decode([151, UInt8(data.count)] + data)
        }
    }
}
