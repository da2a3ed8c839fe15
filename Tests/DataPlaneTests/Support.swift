import AgentModel
import MobileIPv4

@testable import DataPlane

func address(_ text: String) -> IPv4Address { IPv4Address(text) ?? .zero }

/// The octets of a hexadecimal dump; blanks are ignored.
func octets(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.filter(\.isHexDigit)
    return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(Array(digits)[$0..<$0 + 2]), radix: 16) }
}

/// A datagram whose payload octets count up.
func datagram(_ header: IPv4Header) -> [UInt8] {
    var octets = (0..<header.totalLength).map { UInt8(truncatingIfNeeded: $0) }
    var span = octets.mutableSpan
    var bytes = span.mutableBytes
    header.write(into: &bytes, at: 0)
    return octets
}

func header(_ octets: [UInt8], verifyingChecksum: Bool = true) throws(DropReason) -> IPv4Header {
    try IPv4Header(decoding: octets.span.bytes, verifyingChecksum: verifyingChecksum)
}

/// The outer datagram.
func encapsulate(
    _ datagram: [UInt8], as encapsulation: Encapsulation, local: IPv4Address, remote: IPv4Address
) throws(DropReason) -> [UInt8] {
    var buffer = [UInt8](repeating: 0xEE, count: TunnelCodec.headroom) + datagram
    var range = TunnelCodec.headroom..<buffer.count
    let inner = try header(datagram)
    do {
        var span = buffer.mutableSpan
        var bytes = span.mutableBytes
        _ = try TunnelCodec.encapsulate(
            &bytes, &range, inner: inner, as: encapsulation, local: local, remote: remote, identification: 0x4242)
    }
    return Array(buffer[range])
}

/// The decapsulated headers, and the inner datagram.
func decapsulate(_ outer: [UInt8]) throws(DropReason) -> (TunnelCodec.Decapsulated, [UInt8]) {
    var buffer = outer
    var range = 0..<buffer.count
    var found: TunnelCodec.Decapsulated
    do {
        var span = buffer.mutableSpan
        var bytes = span.mutableBytes
        found = try TunnelCodec.decapsulate(&bytes, &range)
    }
    return (found, Array(buffer[range]))
}
