package import AgentModel
package import MobileIPv4

/// The header of an IPv4 datagram (RFC 791). Options are not read; `headerLength` includes them.
package struct IPv4Header: Hashable, Sendable {
    /// Octets of the header, including options: 20…60, a multiple of 4.
    package var headerLength: Int = Self.minimumLength
    /// DSCP and ECN.
    package var typeOfService: UInt8 = 0
    /// Octets of header and payload.
    package var totalLength: Int
    package var identification: UInt16 = 0
    package var dontFragment: Bool = false
    package var moreFragments: Bool = false
    /// Position of the payload in the whole datagram, in octets; a multiple of 8.
    package var fragmentOffset: Int = 0
    package var timeToLive: UInt8
    package var protocolNumber: UInt8
    package var source: IPv4Address
    package var destination: IPv4Address

    /// Length of a header without options.
    package static let minimumLength = 20
    /// Length of the longest IPv4 datagram, in octets.
    package static let maximumTotalLength = 65_535

    package init(
        typeOfService: UInt8 = 0, totalLength: Int, identification: UInt16 = 0, dontFragment: Bool = false,
        moreFragments: Bool = false, fragmentOffset: Int = 0, timeToLive: UInt8, protocolNumber: UInt8,
        source: IPv4Address, destination: IPv4Address
    ) {
        self.typeOfService = typeOfService
        self.totalLength = totalLength
        self.identification = identification
        self.dontFragment = dontFragment
        self.moreFragments = moreFragments
        self.fragmentOffset = fragmentOffset
        self.timeToLive = timeToLive
        self.protocolNumber = protocolNumber
        self.source = source
        self.destination = destination
    }

    /// Reads the header at the beginning of `octets`.
    ///
    /// - Parameter verifyingChecksum: false for headers that the kernel has already verified.
    /// - Throws: `.malformed` for another version, a length outside `octets`, or a wrong checksum.
    package init(decoding octets: RawSpan, verifyingChecksum: Bool = true) throws(DropReason) {
        guard octets.byteCount >= Self.minimumLength else { throw .malformed }
        let first = octets.octet(at: 0)
        headerLength = Int(first & 0x0F) * 4
        totalLength = Int(octets.uint16(at: 2))
        guard first >> 4 == 4, headerLength >= Self.minimumLength, totalLength >= headerLength, totalLength <= octets.byteCount
        else { throw .malformed }
        if verifyingChecksum, InternetChecksum.compute(octets.extracting(0..<headerLength)) != 0 { throw .malformed }
        typeOfService = octets.octet(at: 1)
        identification = octets.uint16(at: 4)
        let fragment = octets.uint16(at: 6)
        dontFragment = fragment & 0x4000 != 0
        moreFragments = fragment & 0x2000 != 0
        fragmentOffset = Int(fragment & 0x1FFF) * 8
        timeToLive = octets.octet(at: 8)
        protocolNumber = octets.octet(at: 9)
        source = IPv4Address(rawValue: octets.uint32(at: 12))
        destination = IPv4Address(rawValue: octets.uint32(at: 16))
    }

    /// True for every fragment of a datagram.
    package var isFragment: Bool { moreFragments || fragmentOffset > 0 }

    package var payloadLength: Int { totalLength - headerLength }

    /// Writes a header of 20 octets with its checksum at `offset`, where there must be room for it. `totalLength` must not exceed
    /// 65535.
    func write(into octets: inout MutableRawSpan, at offset: Int) {
        octets.put(0x45 as UInt8, at: offset)
        octets.put(typeOfService, at: offset + 1)
        octets.put(UInt16(truncatingIfNeeded: totalLength), at: offset + 2)
        octets.put(identification, at: offset + 4)
        octets.put(
            (dontFragment ? 0x4000 : 0) | (moreFragments ? 0x2000 : 0) | UInt16(truncatingIfNeeded: fragmentOffset / 8),
            at: offset + 6)
        octets.put(timeToLive, at: offset + 8)
        octets.put(protocolNumber, at: offset + 9)
        octets.put(0 as UInt16, at: offset + 10)
        octets.put(source.rawValue, at: offset + 12)
        octets.put(destination.rawValue, at: offset + 16)
        Self.writeChecksum(into: &octets, at: offset, headerLength: Self.minimumLength)
    }

    /// Computes the checksum of a header whose other fields are in place.
    static func writeChecksum(into octets: inout MutableRawSpan, at offset: Int, headerLength: Int) {
        octets.put(0 as UInt16, at: offset + 10)
        let checksum = InternetChecksum.compute(octets.bytes.extracting(offset..<offset + headerLength))
        octets.put(checksum, at: offset + 10)
    }

    /// Decrements the time to live of the header at `offset` (RFC 1624). The caller has checked that it is not 0.
    static func decrementTimeToLive(in octets: inout MutableRawSpan, at offset: Int) {
        octets.put(octets.bytes.octet(at: offset + 8) &- 1, at: offset + 8)
        // HC' = ~(~HC + ~m + m'), where the word of time to live and protocol decreases by 0x0100.
        let sum = UInt32(~octets.bytes.uint16(at: offset + 10)) + 0xFEFF
        octets.put(~UInt16(truncatingIfNeeded: sum & 0xFFFF + sum >> 16), at: offset + 10)
    }
}
