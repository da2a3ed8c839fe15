public import MobileIPv4

/// A capture of UDP datagrams in the pcap format, for independent decoders. Packets begin with their IPv4 header.
public struct PacketCapture: Sendable {
    /// The bytes of the file, integers in big-endian order.
    public private(set) var octets: [UInt8] = []
    private var count: UInt32 = 0

    /// LINKTYPE_RAW of tcpdump.org's list.
    private static let rawIP: UInt32 = 101

    public init() {
        append(0xA1B2_C3D4 as UInt32)
        append(2 as UInt16)
        append(4 as UInt16)
        append(0 as UInt32)
        append(0 as UInt32)
        append(65_535 as UInt32)
        append(Self.rawIP)
    }

    /// Appends a datagram; its time stamp is one second after that of the previous one.
    public mutating func append(_ payload: [UInt8], from source: TransportEndpoint, to destination: TransportEndpoint) {
        count += 1
        let length = UInt32(payload.count + 28)
        for field in [count, 0, length, length] { append(field) }
        let header = octets.count
        append(0x4500 as UInt16)
        append(UInt16(length))
        append(0 as UInt32)
        append(0x4011 as UInt16)
        append(0 as UInt16)
        append(source.address.rawValue)
        append(destination.address.rawValue)
        let sum = Self.checksum(octets[header...])
        octets[header + 10] = UInt8(sum >> 8)
        octets[header + 11] = UInt8(sum & 0xFF)
        append(source.port)
        append(destination.port)
        append(UInt16(payload.count + 8))
        // No UDP checksum.
        append(0 as UInt16)
        octets += payload
    }

    private mutating func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.bigEndian) { octets.append(contentsOf: $0) }
    }

    private static func checksum(_ header: ArraySlice<UInt8>) -> UInt16 {
        var sum: UInt32 = 0
        var index = header.startIndex
        while index + 1 < header.endIndex {
            sum += UInt32(header[index]) << 8 | UInt32(header[index + 1])
            index += 2
        }
        while sum > 0xFFFF { sum = (sum & 0xFFFF) + sum >> 16 }
        return ~UInt16(sum)
    }
}
