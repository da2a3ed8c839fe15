import AgentModel
import MIPTesting
import MobileIPv4
import Testing

@testable import DataPlane

@Suite("IPv4 headers")
struct IPv4HeaderTests {
    /// A real header: 192.168.0.1 to 192.168.0.199, UDP, 115 octets, Don't Fragment, checksum b861.
    private let sample = octets("4500 0073 0000 4000 4011 b861 c0a8 0001 c0a8 00c7")

    @Test("A header is read field by field")
    func reads() throws {
        let read = try header(sample + [UInt8](repeating: 0, count: 95))
        let expected = IPv4Header(
            totalLength: 115, dontFragment: true, timeToLive: 64, protocolNumber: 17, source: address("192.168.0.1"),
            destination: address("192.168.0.199"))
        #expect(read == expected)
    }

    @Test("A header is written with its checksum")
    func writes() throws {
        let written = datagram(
            IPv4Header(
                totalLength: 115, dontFragment: true, timeToLive: 64, protocolNumber: 17, source: address("192.168.0.1"),
                destination: address("192.168.0.199")))
        #expect(Array(written[..<20]) == sample)
    }

    @Test("Every field survives writing and reading")
    func roundTrip() throws {
        let original = IPv4Header(
            typeOfService: 0xB8, totalLength: 60, identification: 0xABCD, moreFragments: true, fragmentOffset: 1480,
            timeToLive: 3,
            protocolNumber: 47, source: address("255.254.253.252"), destination: address("1.2.3.4"))
        #expect(try header(datagram(original)) == original)
        #expect(original.isFragment)
    }

    @Test(
        "An incomplete or inconsistent header is malformed",
        arguments: [
            ("", "nothing"), ("4500 0014 0000 0000 4004 0000 0a00 0001 0a00", "cut"),
            ("6500 0014 0000 0000 4004 46e4 0a00 0001 0a00 0002", "another version"),
            ("4400 0014 0000 0000 4004 67e4 0a00 0001 0a00 0002", "header length 16"),
            ("4600 0014 0000 0000 4004 65e4 0a00 0001 0a00 0002", "options longer than the datagram"),
            ("4500 0013 0000 0000 4004 66e5 0a00 0001 0a00 0002", "total length below the header"),
            ("4500 0015 0000 0000 4004 66e3 0a00 0001 0a00 0002", "total length beyond the octets"),
            ("4500 0014 0000 0000 4004 66e5 0a00 0001 0a00 0002", "checksum"),
        ])
    func malformed(hexadecimal: String, what: String) {
        #expect(throws: DropReason.malformed) { try header(octets(hexadecimal)) }
    }

    @Test("Decrementing the time to live keeps the checksum correct")
    func timeToLive() throws {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<2000 {
            let original = IPv4Header(
                typeOfService: .random(in: 0...255, using: &random), totalLength: 20,
                identification: .random(in: 0...UInt16.max, using: &random), timeToLive: .random(in: 1...255, using: &random),
                protocolNumber: .random(in: 0...255, using: &random),
                source: IPv4Address(rawValue: .random(in: 0...UInt32.max, using: &random)),
                destination: IPv4Address(rawValue: .random(in: 0...UInt32.max, using: &random)))
            var octets = datagram(original)
            do {
                var span = octets.mutableSpan
                var bytes = span.mutableBytes
                IPv4Header.decrementTimeToLive(in: &bytes, at: 0)
            }
            #expect(try header(octets).timeToLive == original.timeToLive - 1)
        }
    }
}
