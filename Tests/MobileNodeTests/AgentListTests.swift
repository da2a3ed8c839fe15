import AgentModel
import MobileIPv4
import MobileNode
import Testing

@Suite("Agents heard by a mobile node")
struct AgentListTests {
    static let agent = IPv4Address(192, 0, 2, 1)

    static func moment(_ seconds: Int64) -> Moment { Moment(uptime: seconds * 1_000_000_000, wallClock: 0) }

    static func advertisement(sequence: UInt16 = 0, lifetime: UInt16 = 9) -> [UInt8] {
        AgentAdvertisement(
            onlyMobility: true, lifetime: lifetime, routers: [.init(address: agent)],
            mobilityAgent: .init(
                sequence: .init(rawValue: sequence), registrationLifetime: .init(rawValue: 600), flags: [.foreignAgent],
                careOfAddresses: [agent])
        ).encoded()
    }

    static func hear(
        _ octets: [UInt8], in list: inout AgentList, from source: IPv4Address = agent, at seconds: Int64 = 0
    ) -> AgentList.Outcome {
        list.receive(octets.span.bytes, from: source, at: moment(seconds))
    }

    @Test("An agent is discovered, refreshed, and lost when it is silent for its ICMP lifetime")
    func lifetime() {
        var list = AgentList()
        #expect(Self.hear(Self.advertisement(sequence: 0), in: &list) == .discovered)
        #expect(Self.hear(Self.advertisement(sequence: 1), in: &list, at: 5) == .refreshed)
        #expect(list.nextDeadline == Self.moment(14).uptime)
        #expect(list.advance(to: Self.moment(13)).isEmpty)
        #expect(list.advance(to: Self.moment(14)).map(\.address) == [Self.agent])
        #expect(list.all.isEmpty)
        #expect(list.counters.advertisementsReceived == 2)
    }

    @Test("A sequence number that falls below 256 indicates a restart; a roll-over to 256 does not")
    func restart() {
        var list = AgentList()
        _ = Self.hear(Self.advertisement(sequence: 0xFFFF), in: &list)
        #expect(Self.hear(Self.advertisement(sequence: 256), in: &list, at: 1) == .refreshed)
        #expect(Self.hear(Self.advertisement(sequence: 0), in: &list, at: 2) == .restarted)
        #expect(list.counters.agentRebootsDetected == 1)
    }

    /// An advertisement followed by another extension with two octets of data; in advertisements all extensions are short, including 127
    /// (RFC 4064 §3).
    private static func advertisement(with type: UInt8) -> [UInt8] {
        var octets = Self.advertisement(sequence: 0) + [type, 2, 0, 0]
        (octets[2], octets[3]) = (0, 0)
        var sum: UInt32 = 0
        for index in stride(from: 0, to: octets.count - 1, by: 2) {
            sum += UInt32(octets[index]) << 8 | UInt32(octets[index + 1])
        }
        if octets.count % 2 == 1 { sum += UInt32(octets[octets.count - 1]) << 8 }
        while sum > 0xFFFF { sum = sum & 0xFFFF + sum >> 16 }
        (octets[2], octets[3]) = (UInt8(~sum >> 8 & 0xFF), UInt8(~sum & 0xFF))
        return octets
    }

    @Test(
        "A type of 128 to 255 that nothing acts on is only counted, one of 0 to 127 drops the advertisement",
        arguments: (UInt8.min...UInt8.max).filter { ![0, 16, 19, 24, 136].contains($0) })
    func extensions(type: UInt8) {
        var list = AgentList()
        let isCritical = type < 128
        #expect(Self.hear(Self.advertisement(with: type), in: &list) == (isCritical ? .ignored : .discovered))
        var expected = AgentList.Counters()
        expected.advertisementsReceived = 1
        expected.advertisementsIgnoredUnknownExtension = isCritical ? 0 : 1
        expected.advertisementsDroppedInvalidExtension = isCritical ? 1 : 0
        #expect(list.counters == expected)
    }

    @Test("A plain router advertisement and garbage are ignored and not counted as advertisements")
    func ignored() {
        var list = AgentList()
        let router = AgentAdvertisement(
            onlyMobility: false, lifetime: 9, routers: [.init(address: Self.agent)], mobilityAgent: nil
        ).encoded()
        #expect(Self.hear(router, in: &list) == .ignored)
        #expect(Self.hear([9, 0, 1], in: &list) == .ignored)
        #expect(Self.hear([], in: &list) == .ignored)
        #expect(list.counters == AgentList.Counters())
    }

    @Test("An advertisement truncated inside an extension is dropped and counted as having an invalid extension")
    func invalidExtension() {
        var list = AgentList()
        var octets = Self.advertisement() + [19, 4, 24]
        // Corrects the checksum: the octets above have an odd count, so the last word is padded to 0x1800.
        octets[2] = 0
        octets[3] = 0
        var sum = stride(from: 0, to: octets.count, by: 2).reduce(UInt32(0)) {
            $0 + UInt32(octets[$1]) << 8 + UInt32($1 + 1 < octets.count ? octets[$1 + 1] : 0)
        }
        while sum >> 16 != 0 { sum = sum & 0xFFFF + sum >> 16 }
        octets[2] = UInt8(truncatingIfNeeded: ~sum >> 8)
        octets[3] = UInt8(truncatingIfNeeded: ~sum)
        #expect(Self.hear(octets, in: &list) == .ignored)
        #expect(list.counters.advertisementsDroppedInvalidExtension == 1)
    }

    @Test("A flood of agents does not evict one that is heard again and again")
    func establishedStays() {
        var list = AgentList()
        for second in 0..<3 as Range<Int64> { _ = Self.hear(Self.advertisement(sequence: UInt16(second)), in: &list, at: second) }
        for index in 0..<1000 as Range<UInt32> {
            let source = IPv4Address(rawValue: 0x0A00_0000 + index)
            _ = Self.hear(Self.advertisement(), in: &list, from: source, at: 3)
        }
        #expect(list[Self.agent] != nil)
        #expect(Self.hear(Self.advertisement(sequence: 3), in: &list, at: 4) == .refreshed)
    }

    @Test("A flood of agents leaves the list bounded, with the newest agents in it")
    func flood() {
        var list = AgentList()
        for index in 0..<1000 {
            _ = Self.hear(
                Self.advertisement(), in: &list, from: IPv4Address(rawValue: 0x0A00_0000 + UInt32(index)), at: Int64(index))
        }
        #expect(list.all.count <= 65)
        #expect(list[IPv4Address(rawValue: 0x0A00_0000 + 999)] != nil)
    }
}
