import AgentModel
import MIPTesting
import MobileIPv4
import Testing

@testable import DataPlane

@Suite("Encapsulation")
struct TunnelCodecTests {
    private static let correspondent = address("198.51.100.9")
    private static let home = address("10.0.0.77")
    private static let agent = address("192.0.2.1")
    private static let careOf = address("203.0.113.5")

    private static func inner(
        length: Int = 84, dontFragment: Bool = false, moreFragments: Bool = false, timeToLive: UInt8 = 63,
        typeOfService: UInt8 = 0
    ) -> IPv4Header {
        IPv4Header(
            typeOfService: typeOfService, totalLength: length, identification: 7, dontFragment: dontFragment,
            moreFragments: moreFragments, timeToLive: timeToLive, protocolNumber: IPProtocol.udp, source: correspondent,
            destination: home)
    }

    @Test(
        "An encapsulated datagram is decapsulated unchanged", arguments: Encapsulation.allCases, [20, 21, 84, 1480, 9000, 65_000])
    func roundTrip(encapsulation: Encapsulation, length: Int) throws {
        let original = datagram(Self.inner(length: length))
        let outer = try encapsulate(original, as: encapsulation, local: Self.agent, remote: Self.careOf)
        let (found, back) = try decapsulate(outer)
        #expect(back == original)
        #expect(found.encapsulation == encapsulation)
        #expect(found.outer.source == Self.agent && found.outer.destination == Self.careOf)
        #expect(found.outer.totalLength == outer.count)
        #expect(found.key == nil)
    }

    @Test("IP in IP is an outer header before the datagram (RFC 2003)")
    func ipInIp() throws {
        let outer = try encapsulate(datagram(Self.inner(length: 24)), as: .ipInIp, local: Self.agent, remote: Self.careOf)
        #expect(
            outer
                == octets(
                    """
                    4500 002c 4242 0000 4004 \
                    3a85 c000 0201 cb00 7105 4500 0018 0007 0000 3f11 \
                    \(checksum(of: Self.inner(length: 24))) c633 6409 0a00 004d 1415 1617
                    """))
    }

    @Test("GRE adds four more octets (RFC 2784)")
    func gre() throws {
        let original = datagram(Self.inner(length: 24))
        let outer = try encapsulate(original, as: .gre, local: Self.agent, remote: Self.careOf)
        #expect(outer.count == 48 && outer[9] == 47)
        #expect(Array(outer[20...]) == octets("0000 0800") + original)
    }

    @Test("Minimal encapsulation stores protocol and addresses in twelve octets (RFC 2004)")
    func minimal() throws {
        let outer = try encapsulate(datagram(Self.inner(length: 24)), as: .minEnc, local: Self.agent, remote: Self.careOf)
        #expect(outer.count == 36 && outer[8] == 63 && outer[9] == 55)
        #expect(Array(outer[20..<22]) == [17, 0x80])
        #expect(Array(outer[24...]) == octets("0a00 004d c633 6409 1415 1617"))
    }

    @Test("In minimal encapsulation, a datagram from the encapsulator itself needs no source address")
    func minimalOwn() throws {
        var own = Self.inner(length: 40)
        own.source = Self.agent
        let original = datagram(own)
        let outer = try encapsulate(original, as: .minEnc, local: Self.agent, remote: Self.careOf)
        #expect(outer.count == 48 && outer[21] == 0)
        #expect(try decapsulate(outer).1 == original)
    }

    @Test("Header options survive minimal encapsulation by another encapsulator")
    func minimalOptions() throws {
        // Header of 24 octets with a router alert, minimal header of 8, payload of 2.
        var outer = octets("4600 0022 0001 0000 4037 0000 c000 0201 cb00 7105 9404 0000 1100 0000 0a00 004d abcd")
        do {
            var span = outer.mutableSpan
            var bytes = span.mutableBytes
            IPv4Header.writeChecksum(into: &bytes, at: 0, headerLength: 24)
            MinimalForwardingHeader(protocolNumber: 17, destination: Self.home, source: nil).write(into: &bytes, at: 24)
        }
        let (found, inner) = try decapsulate(outer)
        #expect(found.inner.headerLength == 24 && found.inner.totalLength == 26 && found.inner.protocolNumber == 17)
        #expect(found.inner.source == Self.agent && found.inner.destination == Self.home)
        #expect(Array(inner[20...]) == octets("9404 0000 abcd"))
    }

    @Test("A fragment uses IP in IP in a tunnel of minimal encapsulation")
    func fragment() throws {
        let outer = try encapsulate(
            datagram(Self.inner(length: 84, moreFragments: true)), as: .minEnc, local: Self.agent, remote: Self.careOf)
        #expect(outer[9] == 4)
        #expect(try decapsulate(outer).0.inner.moreFragments)
    }

    @Test("The outer header takes Don't Fragment from the datagram", arguments: Encapsulation.allCases, [true, false])
    func dontFragment(encapsulation: Encapsulation, isSet: Bool) throws {
        let outer = try encapsulate(
            datagram(Self.inner(dontFragment: isSet)), as: encapsulation, local: Self.agent, remote: Self.careOf)
        #expect(try header(outer).dontFragment == isSet)
    }

    @Test("DSCP is copied to the outer header, ECN is not")
    func typeOfService() throws {
        let outer = try encapsulate(
            datagram(Self.inner(typeOfService: 0xBB)), as: .ipInIp, local: Self.agent, remote: Self.careOf)
        #expect(try header(outer).typeOfService == 0xB8)
    }

    @Test("A datagram whose time to live is 0 neither enters nor leaves a tunnel", arguments: Encapsulation.allCases)
    func timeToLive(encapsulation: Encapsulation) throws {
        let dead = datagram(Self.inner(timeToLive: 0))
        #expect(throws: DropReason.ttlExpired) {
            try encapsulate(dead, as: encapsulation, local: Self.agent, remote: Self.careOf)
        }
        if encapsulation != .minEnc {
            var outer = try encapsulate(
                datagram(Self.inner(timeToLive: 1)), as: encapsulation, local: Self.agent, remote: Self.careOf)
            let start = outer.count - 84
            outer.replaceSubrange(start..., with: dead)
            #expect(throws: DropReason.ttlExpired) { try decapsulate(outer) }
        }
    }

    @Test("A datagram that would be longer than IPv4 allows is too big", arguments: Encapsulation.allCases)
    func tooBig(encapsulation: Encapsulation) {
        #expect(throws: DropReason.tooBig) {
            try encapsulate(datagram(Self.inner(length: 65_530)), as: encapsulation, local: Self.agent, remote: Self.careOf)
        }
    }

    @Test("GRE with checksum, key and sequence number is read (RFC 2890)")
    func greOptions() throws {
        let original = datagram(Self.inner(length: 28))
        var gre = octets("b000 0800 0000 0000 0102 0304 0000 0009") + original
        let sum = InternetChecksum.compute(gre.span.bytes)
        gre[4] = UInt8(sum >> 8)
        gre[5] = UInt8(sum & 0xFF)
        let outer = IPv4Header(
            totalLength: 20 + gre.count, timeToLive: 64, protocolNumber: 47, source: Self.agent, destination: Self.careOf)
        let (found, inner) = try decapsulate(Array(datagram(outer)[..<20]) + gre)
        #expect(found.key == 0x0102_0304)
        #expect(inner == original)
        gre[15] ^= 1
        #expect(throws: DropReason.malformed) { try decapsulate(Array(datagram(outer)[..<20]) + gre) }
    }

    @Test(
        "GRE packets that cannot be processed are refused",
        arguments: [
            ("0000 86dd", DropReason.unsupportedEncapsulation), ("0001 0800", .malformed), ("4000 0800", .malformed),
            ("2000 0800", .malformed),
        ])
    func greRefused(gre: String, reason: DropReason) {
        let outer = IPv4Header(
            totalLength: 24, timeToLive: 64, protocolNumber: 47, source: Self.agent, destination: Self.careOf)
        #expect(throws: reason) { try decapsulate(Array(datagram(outer)[..<20]) + octets(gre)) }
    }

    @Test("A protocol that is not an encapsulation is unsupported")
    func otherProtocol() {
        #expect(throws: DropReason.unsupportedEncapsulation) { try decapsulate(datagram(Self.inner())) }
    }

    @Test("Any octets are either decapsulated to a whole datagram or dropped")
    func fuzz() throws {
        var random = SeededGenerator(seed: 20_03)
        for round in 0..<30_000 {
            var octets = try encapsulate(
                datagram(Self.inner(length: .random(in: 20...120, using: &random))),
                as: Encapsulation.allCases.randomElement(using: &random) ?? .gre, local: Self.agent, remote: Self.careOf)
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                octets[.random(in: 0..<octets.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            if round % 3 == 0 { octets.removeLast(.random(in: 0...octets.count, using: &random)) }
            if round % 2 == 0, octets.count >= 20 {
                // A correct outer checksum lets the damage reach the inner headers.
                let length = min(max(20, Int(octets[0] & 0x0F) * 4), octets.count)
                var span = octets.mutableSpan
                var bytes = span.mutableBytes
                IPv4Header.writeChecksum(into: &bytes, at: 0, headerLength: length)
            }
            guard let (found, inner) = try? decapsulate(octets) else { continue }
            #expect(try header(inner) == found.inner)
            _ = try? encapsulate(inner, as: .minEnc, local: Self.agent, remote: Self.careOf)
        }
    }

    private func checksum(of header: IPv4Header) -> String {
        datagram(header)[10..<12].map { String($0, radix: 16) }.map { $0.count == 1 ? "0" + $0 : $0 }.joined()
    }
}
