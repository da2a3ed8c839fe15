import AgentModel
import MobileIPv4
import Testing

@testable import DataPlane

@Suite("Datagrams that exceed the path MTU")
struct FragmentationTests {
    private func whole(_ length: Int) -> IPv4Header {
        IPv4Header(
            totalLength: length, identification: 99, timeToLive: 64, protocolNumber: 4, source: address("192.0.2.1"),
            destination: address("203.0.113.5"))
    }

    @Test(
        "Fragments fit, are contiguous, and the last one is marked", arguments: [1500, 1501, 2000, 65_535], [68, 576, 1499, 1500])
    func pieces(length: Int, mtu: Int) throws {
        let pieces = Array(try #require(Fragmentation(whole(length), mtu: mtu)))
        var next = 20
        for (index, piece) in pieces.enumerated() {
            #expect(piece.header.totalLength <= mtu)
            #expect(piece.payload.lowerBound == next && piece.header.fragmentOffset == next - 20)
            #expect(piece.payload.count == piece.header.payloadLength)
            #expect(piece.header.moreFragments == (index < pieces.count - 1))
            #expect(piece.header.identification == 99)
            next = piece.payload.upperBound
        }
        #expect(next == length)
    }

    @Test("A path too narrow for any fragment yields none", arguments: [0, 20, 27])
    func tooNarrow(mtu: Int) { #expect(Fragmentation(whole(1500), mtu: mtu) == nil) }

    @Test("Fragmentation needed names the next hop's MTU and quotes the datagram (RFC 1191)")
    func fragmentationNeeded() throws {
        let original = IPv4Header(
            totalLength: 1500, dontFragment: true, timeToLive: 60, protocolNumber: 6, source: address("198.51.100.9"),
            destination: address("10.0.0.77"))
        let quoted = datagram(original)
        var error = [UInt8](repeating: 0, count: ICMPError.maximumLength)
        var length = 0
        do {
            var span = error.mutableSpan
            var bytes = span.mutableBytes
            length = ICMPError.fragmentationNeeded(nextHopMTU: 1480).write(
                about: quoted.span.bytes, header: original, from: address("192.0.2.1"), identification: 1, into: &bytes)
        }
        error.removeLast(error.count - length)
        let outer = try header(error)
        #expect(length == 576 && outer.totalLength == 576)
        #expect(outer.source == address("192.0.2.1") && outer.destination == original.source && outer.protocolNumber == 1)
        #expect(Array(error[20..<22]) == [3, 4])
        #expect(Array(error[24..<28]) == [0, 0, 0x05, 0xC8])
        #expect(Array(error[28...]) == Array(quoted[..<548]))
        #expect(InternetChecksum.compute(Array(error[20...]).span.bytes) == 0)
    }

    @Test(
        "No error is sent about an error or a later fragment, or to an address that is not a host's",
        arguments: [
            ("198.51.100.9", "10.0.0.77", 17 as UInt8, 0, true), ("198.51.100.9", "10.0.0.77", 1, 0, true),
            ("198.51.100.9", "10.0.0.77", 17, 8, false), ("198.51.100.9", "224.0.0.5", 17, 0, false),
            ("0.0.0.0", "10.0.0.77", 17, 0, false), ("127.0.0.1", "10.0.0.77", 17, 0, false),
        ])
    func allowed(source: String, destination: String, number: UInt8, offset: Int, isAllowed: Bool) {
        let header = IPv4Header(
            totalLength: 60, fragmentOffset: offset, timeToLive: 9, protocolNumber: number, source: address(source),
            destination: address(destination))
        var octets = datagram(header)
        octets[20] = 8
        #expect(ICMPError.isAllowed(about: header, octets.span.bytes) == isAllowed)
        octets[20] = 3
        #expect(ICMPError.isAllowed(about: header, octets.span.bytes) == (isAllowed && number != 1))
    }
}
