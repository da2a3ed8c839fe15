import MIPTesting
import MobileIPv4
import Testing

@Suite("The header of each extension type")
struct ExtensionFormTests {
    @Test("Every type is skipped by its own length, so that the next extension is found", arguments: ExtensionOnTheWire.all)
    func length(_ sample: ExtensionOnTheWire) throws {
        let next: [UInt8] = [132, 4, 1, 2, 3, 4]
        let found = try allExtensions(sample.octets + next)
        #expect(found.last?.start == sample.octets.count)
        #expect(found.last?.type == .challenge)
        guard sample.type != 0 else { return }
        #expect(found.count == 2)
        #expect(found.first?.end == sample.octets.count)
        if let subtype = sample.subtype { #expect(found.first?.subtype == subtype) }
    }

    @Test("A Dynamic Home Agent extension in the short form is read as in the long one", arguments: [UInt8(1), 2])
    func dynamicHomeAgent(subtype: UInt8) throws {
        let short: [UInt8] = [139, 5, subtype, 192, 0, 2, 77]
        let long: [UInt8] = [139, subtype, 0, 4, 192, 0, 2, 77]
        for octets in [short, long] {
            let values = try readExtensions(of: octets.span.bytes, from: 0)
            let value = try #require(values.first as? DynamicHomeAgent)
            #expect(value.purpose.rawValue == subtype)
            #expect(value.address == IPv4Address(192, 0, 2, 77))
            #expect(value.isShortForm == (octets == short))
            var again: [UInt8] = []
            try value.encode(into: &again)
            #expect(again == octets)
        }
    }

    @Test("A long Dynamic Home Agent extension is skipped completely, whatever its Sub-Type and contents")
    func longDynamicHomeAgent() throws {
        for (subtype, filler) in [(UInt8(5), UInt8(1)), (5, 0), (0, 1), (6, 1), (255, 2)] {
            let octets = [139, subtype, 0, 8] + [UInt8](repeating: filler, count: 8) + [132, 4, 1, 2, 3, 4]
            let found = try allExtensions(octets)
            #expect(found.map(\.type.rawValue) == [139, 132])
            #expect(found.first?.subtype == subtype)
        }
    }

    @Test(
        "A Replay Protection Style has twelve octets, whether its Length is 10 or the 2 that RFC 4857 prints",
        arguments: [UInt8(2), 10])
    func replayProtectionStyle(length: UInt8) throws {
        let octets: [UInt8] = [141, length, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8] + [132, 4, 9, 9, 9, 9]
        let values = try readExtensions(of: octets.span.bytes, from: 0)
        #expect(values.count == 2)
        let value = try #require(values.first as? ReplayProtectionStyle)
        #expect(value.style == 1)
        #expect(value.initialIdentification == Identification(rawValue: 0x0102_0304_0506_0708))
        var again: [UInt8] = []
        try value.encode(into: &again)
        #expect(again == [141, 10, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8])
        #expect(throws: MessageError.self) { try allExtensions(Array(octets.prefix(11))) }
    }

    @Test("Two reserved octets precede the addresses of RFC 4857", arguments: [UInt8(46), 140])
    func reserved(type: UInt8) throws {
        let octets: [UInt8] = [type, 6, 0, 0, 192, 0, 2, 77]
        let value = try #require(try readExtensions(of: octets.span.bytes, from: 0).first ?? nil)
        let address = (value as? GatewayForeignAgentAddress)?.address ?? (value as? HierarchicalForeignAgent)?.address
        #expect(address == IPv4Address(192, 0, 2, 77))
        var again: [UInt8] = []
        try value.encode(into: &again)
        #expect(again == octets)
        let short: [UInt8] = [type, 4, 192, 0, 2, 77]
        #expect(throws: MessageError.malformedExtension(type: type, offset: 0)) {
            try readExtensions(of: short.span.bytes, from: 0)
        }
    }
}
