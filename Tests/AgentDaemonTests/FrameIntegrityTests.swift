import MobileIPv4
import MobilityLink
import Testing

@Suite("Checksums of datagrams in frames")
struct FrameIntegrityTests {
    /// A datagram with right checksums, of odd length.
    private static let intact = OutgoingDatagram(
        source: TransportEndpoint(.zero, port: 68), destination: TransportEndpoint(IPv4Address(192, 0, 2, 1), port: 434),
        payload: Array(1...51)
    ).inIPv4

    private static func isIntact(_ octets: [UInt8], isSettled: Bool = false) -> Bool {
        FrameIntegrity.isIntact(octets[...], udp: 20, isSettled: isSettled)
    }

    @Test("A datagram with right checksums is intact")
    func right() { #expect(Self.isIntact(Self.intact)) }

    @Test("A change of any byte is noticed", arguments: intact.indices)
    func damaged(index: Int) {
        var octets = Self.intact
        octets[index] ^= 0x10
        // A length that reaches beyond the frame is noticed by its reader.
        #expect(!Self.isIntact(octets) || index == 24)
    }

    @Test("An omitted UDP checksum is accepted, one that the kernel vouches for is not verified again")
    func omitted() {
        var octets = Self.intact
        octets[26] = 0
        octets[27] = 0
        #expect(Self.isIntact(octets))
        octets[27] = 1
        #expect(!Self.isIntact(octets))
        #expect(Self.isIntact(octets, isSettled: true))
    }

    @Test("The header's checksum is verified even when that of UDP is settled")
    func header() {
        var octets = Self.intact
        octets[8] ^= 1
        #expect(!Self.isIntact(octets, isSettled: true))
    }
}
