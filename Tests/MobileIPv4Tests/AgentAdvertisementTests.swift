import MIPTesting
import MobileIPv4
import Testing

@Suite("Agent discovery messages")
struct AgentAdvertisementTests {
    static let full = AgentAdvertisement(
        onlyMobility: true, lifetime: 1800, routers: [.init(address: IPv4Address(192, 0, 2, 1), preference: -3)],
        mobilityAgent: .init(
            sequence: .init(rawValue: 300), registrationLifetime: .infinity,
            flags: [.foreignAgent, .registrationRequired, .reverseTunnel],
            careOfAddresses: [IPv4Address(198, 51, 100, 1), IPv4Address(198, 51, 100, 2)]),
        prefixLengths: [24], challenge: [1, 2, 3, 4, 5, 6, 7, 8],
        carriedNAI: NetworkAccessIdentifier("fa.example.net").map { .init(subtype: 3, nai: $0) })

    static func decode(_ octets: [UInt8]) throws(AdvertisementError) -> AgentAdvertisement {
        try AgentAdvertisement(decoding: octets.span.bytes)
    }

    static func matches(_ octets: [UInt8]) -> Bool { AgentSolicitation.matches(octets.span.bytes) }

    @Test("An advertisement with every extension decodes to what was encoded")
    func roundTrip() throws {
        #expect(try Self.decode(Self.full.encoded()) == Self.full)
    }

    /// Code, routers with their preferences, and the one to use.
    private static let routers: [(onlyMobility: Bool, routers: [(UInt8, Int32)], expected: UInt8?)] = [
        (false, [(1, 0)], 1), (true, [(1, 0)], nil), (false, [(1, 0), (2, 5), (3, 1)], 2), (false, [], nil),
        (false, [(1, .min)], nil), (false, [(1, -7), (2, .min)], 1),
    ]

    @Test("With code 0 the preferred router on the network is used for common traffic, with code 16 none", arguments: 0..<6)
    func defaultRouter(index: Int) throws {
        let (onlyMobility, routers, expected) = Self.routers[index]
        let network = try #require(IPv4Prefix(containing: IPv4Address(192, 0, 2, 0), length: 24))
        var advertisement = AgentAdvertisement(
            onlyMobility: onlyMobility, lifetime: 9,
            routers: routers.map { .init(address: IPv4Address(192, 0, 2, $0), preference: $1) }, mobilityAgent: nil)
        // One on another network is never used.
        advertisement.routers.append(.init(address: IPv4Address(198, 51, 100, 1), preference: .max))
        #expect(advertisement.defaultRouter(on: network) == expected.map { IPv4Address(192, 0, 2, $0) })
    }

    @Test("A code other than 0 and 16 is not an advertisement")
    func code() throws {
        #expect(try Self.decode(Self.full.encoded()).onlyMobility)
        var octets = Self.full.encoded()
        octets[1] = 5
        #expect(throws: AdvertisementError.notAnAdvertisement) { try Self.decode(octets) }
    }

    @Test("The encoded octets match RFC 1256 and RFC 5944")
    func octets() {
        let advertisement = AgentAdvertisement(
            onlyMobility: false, lifetime: 9, routers: [.init(address: IPv4Address(10, 0, 0, 1))],
            mobilityAgent: .init(
                sequence: .first, registrationLifetime: .init(rawValue: 600), flags: [.homeAgent], careOfAddresses: []))
        let octets = advertisement.encoded()
        #expect(octets[0...1] == [9, 0])
        #expect(octets[4...] == [1, 2, 0, 9, 10, 0, 0, 1, 0, 0, 0, 0, 16, 6, 0, 0, 2, 0x58, 0x20, 0])
    }

    @Test("Every truncation is refused or is a shorter well-formed message, and none traps")
    func truncations() {
        let octets = Self.full.encoded()
        for length in 0..<octets.count {
            #expect(throws: AdvertisementError.self) { try Self.decode(Array(octets[..<length])) }
        }
    }

    @Test("A changed octet fails the checksum")
    func checksum() {
        var octets = Self.full.encoded()
        octets[7] ^= 1
        #expect(throws: AdvertisementError.badChecksum) { try Self.decode(octets) }
    }

    /// The message with raw extension octets appended and its checksum corrected.
    static func appending(_ extra: [UInt8]) -> [UInt8] {
        var octets = full.encoded() + extra
        octets[2] = 0
        octets[3] = 0
        var sum = stride(from: 0, to: octets.count, by: 2).reduce(UInt32(0)) {
            $0 + UInt32(octets[$1]) << 8 + UInt32($1 + 1 < octets.count ? octets[$1 + 1] : 0)
        }
        while sum >> 16 != 0 { sum = sum & 0xFFFF + sum >> 16 }
        octets[2] = UInt8(truncatingIfNeeded: ~sum >> 8)
        octets[3] = UInt8(truncatingIfNeeded: ~sum)
        return octets
    }

    @Test("Unknown extensions 0 to 127 drop the message, 128 to 255 are skipped and counted, and padding is ignored")
    func unknownExtensions() throws {
        #expect(throws: AdvertisementError.unknownCriticalExtension(type: 77)) {
            try Self.decode(Self.appending([77, 2, 0, 0]))
        }
        #expect(try Self.decode(Self.appending([200, 2, 0, 0])).skippedUnknown == 1)
        #expect(try Self.decode(Self.appending([0, 0])) == Self.full)
    }

    @Test(
        "Contradictory flags are refused (RFC 5944 §2.1.1)",
        arguments: [
            (AdvertisementFlags(), [IPv4Address(10, 0, 0, 1)]), ([.homeAgent, .busy], []), ([.foreignAgent], []),
            ([.homeAgent, .registrationRequired], [IPv4Address(10, 0, 0, 1)]),
        ] as [(AdvertisementFlags, [IPv4Address])])
    func contradictions(flags: AdvertisementFlags, careOfAddresses: [IPv4Address]) {
        var advertisement = Self.full
        advertisement.mobilityAgent?.flags = flags
        advertisement.mobilityAgent?.careOfAddresses = careOfAddresses
        #expect(throws: AdvertisementError.contradictoryFlags(flags)) {
            try Self.decode(advertisement.encoded())
        }
    }

    @Test("The sequence rolls over to 256, and only a fall below 256 indicates a restart")
    func sequence() {
        #expect(AdvertisementSequence(rawValue: 0xFFFF).next.rawValue == 256)
        #expect(AdvertisementSequence(rawValue: 7).next.rawValue == 8)
        #expect(AdvertisementSequence(rawValue: 0).indicatesRestart(after: .init(rawValue: 7)))
        #expect(!AdvertisementSequence(rawValue: 256).indicatesRestart(after: .init(rawValue: 0xFFFF)))
        #expect(!AdvertisementSequence(rawValue: 8).indicatesRestart(after: .init(rawValue: 7)))
    }

    @Test("A solicitation is eight octets with a correct checksum")
    func solicitation() {
        let octets = AgentSolicitation.encoded()
        #expect(octets == [10, 0, 0xF5, 0xFF, 0, 0, 0, 0])
        #expect(Self.matches(octets))
        #expect(!Self.matches([10, 0, 0, 0, 0, 0, 0, 0]))
        #expect(!Self.matches(octets.dropLast()))
    }

    @Test("Mutated advertisements never trap")
    func mutations() {
        var generator = SeededGenerator(seed: 1)
        let original = Self.full.encoded()
        for _ in 0..<TestLength.cases(20_000, long: 1_000_000) {
            var octets = original
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                octets[Int.random(in: 0..<octets.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            octets = Array(octets.prefix(Int.random(in: 0...octets.count, using: &generator)))
            _ = try? Self.decode(octets)
        }
    }
}
