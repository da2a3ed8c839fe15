/// The fixed part of a Registration Revocation, 20 octets (RFC 3543 §3.3).
public struct RegistrationRevocation: Hashable, Sendable {
    /// A: sent on behalf of the home domain.
    public var isFromHomeDomain: Bool
    /// I: inform the mobile node.
    public var informsMobileNode: Bool
    /// The home address whose binding ends.
    public var homeAddress: IPv4Address
    /// The home agent.
    public var homeDomain: IPv4Address
    /// The foreign agent, or the care-of address.
    public var foreignDomain: IPv4Address
    /// The sender's timestamp; the acknowledgment repeats it.
    public var identifier: UInt32

    /// The size of the fixed part in octets; the extensions begin at this offset.
    public static let fixedSize = 20

    public init(
        isFromHomeDomain: Bool, informsMobileNode: Bool, homeAddress: IPv4Address, homeDomain: IPv4Address,
        foreignDomain: IPv4Address, identifier: UInt32
    ) {
        self.isFromHomeDomain = isFromHomeDomain
        self.informsMobileNode = informsMobileNode
        self.homeAddress = homeAddress
        self.homeDomain = homeDomain
        self.foreignDomain = foreignDomain
        self.identifier = identifier
    }

    /// Decodes the fixed part at the start of a UDP payload.
    public init(decoding datagram: RawSpan) throws(MessageError) {
        guard datagram.byteCount >= Self.fixedSize else {
            throw .truncated(expected: Self.fixedSize, actual: datagram.byteCount)
        }
        let type = datagram.octet(at: 0)
        guard type == MessageType.registrationRevocation.rawValue else { throw .unexpectedType(type) }
        let flags = datagram.uint16(at: 2)
        isFromHomeDomain = flags & 0x8000 != 0
        informsMobileNode = flags & 0x4000 != 0
        homeAddress = IPv4Address(rawValue: datagram.uint32(at: 4))
        homeDomain = IPv4Address(rawValue: datagram.uint32(at: 8))
        foreignDomain = IPv4Address(rawValue: datagram.uint32(at: 12))
        identifier = datagram.uint32(at: 16)
    }

    /// Appends the 20 octets.
    public func encode(into octets: inout [UInt8]) {
        octets.append(MessageType.registrationRevocation.rawValue)
        octets.append(0)
        octets.append(bigEndian: (isFromHomeDomain ? 0x8000 : 0) | (informsMobileNode ? 0x4000 : 0) as UInt16)
        octets.append(bigEndian: homeAddress.rawValue)
        octets.append(bigEndian: homeDomain.rawValue)
        octets.append(bigEndian: foreignDomain.rawValue)
        octets.append(bigEndian: identifier)
    }
}
