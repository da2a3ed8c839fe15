import MIPTesting
import MobileIPv4
import Testing

@Suite("Host configuration")
struct HostConfigurationTests {
    /// A value, and the octets after the vendor's type.
    struct Case: Sendable, CustomTestStringConvertible {
        var value: HostConfiguration
        var octets: [UInt8]

        var testDescription: String { "\(value)" }

        init(_ value: HostConfiguration, _ octets: [UInt8]) {
            self.value = value
            self.octets = octets
        }
    }

    static let cases: [Case] = [
        Case(.request(selector: 0), [0, 0, 0, 0]), Case(.request(selector: 0x0102), [0, 0, 1, 2]),
        Case(.homeNetworkPrefixLength(0), [0, 1, 0, 0]), Case(.homeNetworkPrefixLength(32), [0, 1, 0, 32]),
        Case(
            .domainNameServers(primary: IPv4Address(192, 0, 2, 53), secondary: .zero), [0, 2, 192, 0, 2, 53, 0, 0, 0, 0]),
        Case(.dhcpServer(IPv4Address(192, 0, 2, 67)), [0, 3, 192, 0, 2, 67]),
        Case(.dhcpClientIdentifier([7, 8]), [0, 4, 7, 8]),
        Case(.defaultGateway(IPv4Address(192, 0, 2, 254)), [0, 5, 192, 0, 2, 254]),
        Case(.domainNameSuffix("a.b"), [0, 6] + Array("a.b".utf8)), Case(.configurationURL("x"), [0, 7, 120]),
    ]

    private static func decode(
        _ value: [UInt8], vendor: UInt32 = 9, type: UInt16 = 14
    ) -> Result<HostConfiguration, HostConfiguration.Fault> {
        do throws(HostConfiguration.Fault) {
            return .success(try HostConfiguration(decoding: VendorSpecific(vendor: vendor, vendorType: type, value: value)))
        } catch {
            return .failure(error)
        }
    }

    @Test("A value is sent with a Sub-Type of two octets, and read", arguments: cases)
    func roundTrip(_ sample: Case) {
        #expect(sample.value.vendorSpecific == VendorSpecific(vendor: 9, vendorType: 14, value: sample.octets))
        #expect(Self.decode(sample.octets) == .success(sample.value))
        #expect(HostConfiguration(sample.value.vendorSpecific) == sample.value)
    }

    @Test("A value with a Sub-Type of one octet is read too", arguments: cases.filter { $0.octets[1] != 0 })
    func oneOctet(_ sample: Case) {
        #expect(Self.decode(Array(sample.octets.dropFirst())) == .success(sample.value))
    }

    @Test("A request for everything is read with a Sub-Type of one octet")
    func shortRequest() { #expect(Self.decode([0, 0, 0]) == .success(.request(selector: 0))) }

    @Test(
        "A value without the layout of its Sub-Type is malformed",
        arguments: [
            [], [0], [6], [0, 0], [0, 0, 0, 0, 0], [0, 1, 0], [0, 1, 0, 33], [0, 1, 1, 24], [1, 0, 33], [0, 2, 192, 0, 2, 53],
            [0, 2, 1, 1, 1, 1, 2, 2, 2, 2, 3], [0, 3, 1, 2, 3], [3, 1, 2, 3, 4, 5], [0, 4, 1], [0, 5], [0, 6], [0, 6, 0xFF],
            [0, 7, 0xC3], [7, 0xC3, 0x28],
        ] as [[UInt8]])
    func malformed(octets: [UInt8]) {
        #expect(Self.decode(octets) == .failure(.malformed))
        #expect(HostConfiguration(VendorSpecific(vendor: 9, vendorType: 14, value: octets)) == nil)
    }

    @Test("Other extensions and unknown Sub-Types are distinguished from malformed ones")
    func others() {
        #expect(Self.decode([0, 1, 0, 24], vendor: 10) == .failure(.otherKind))
        #expect(Self.decode([], type: 15) == .failure(.otherKind))
        #expect(Self.decode([0, 8, 1]) == .failure(.unknownSubtype(8)))
        #expect(Self.decode([8, 1]) == .failure(.unknownSubtype(0x0801)))
        #expect(Self.decode([255, 255]) == .failure(.unknownSubtype(.max)))
    }

    @Test("The longest text that is sent fills the extension, and a longer one is refused", arguments: [245, 246])
    func longest(count: Int) throws {
        #expect(HostConfiguration.longestValue == 245)
        let text = String(repeating: "a", count: count)
        let values: [HostConfiguration] = [
            .domainNameSuffix(text), .configurationURL(text), .dhcpClientIdentifier(Array(text.utf8)),
        ]
        for value in values {
            var octets: [UInt8] = []
            if count <= HostConfiguration.longestValue {
                try NormalVendorSpecific(value.vendorSpecific).encode(into: &octets)
                #expect(octets.count == 257 && octets[1] == 255)
            } else {
                #expect(throws: ExtensionTooLong.self) { try NormalVendorSpecific(value.vendorSpecific).encode(into: &octets) }
                #expect(octets.isEmpty)
            }
        }
    }

    @Test("A text of 246 bytes, which fits with a Sub-Type of one octet, is read")
    func longestReceived() {
        let text = String(repeating: "a", count: 246)
        #expect(Self.decode([6] + Array(text.utf8)) == .success(.domainNameSuffix(text)))
        #expect(Self.decode([6] + Array((text + "a").utf8)) == .failure(.malformed))
    }
}
