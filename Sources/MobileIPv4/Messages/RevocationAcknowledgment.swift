/// The fixed part of a Registration Revocation Acknowledgment, 12 octets (RFC 3543 §3.4).
public struct RevocationAcknowledgment: Hashable, Sendable {
    /// I: the mobile node was informed.
    public var informedMobileNode: Bool
    /// The home address whose binding ended.
    public var homeAddress: IPv4Address
    /// The identifier of the revocation that it answers.
    public var identifier: UInt32

    /// The size of the fixed part in octets; the extensions begin at this offset.
    public static let fixedSize = 12

    public init(informedMobileNode: Bool, homeAddress: IPv4Address, identifier: UInt32) {
        self.informedMobileNode = informedMobileNode
        self.homeAddress = homeAddress
        self.identifier = identifier
    }

    /// Decodes the fixed part at the start of a UDP payload.
    public init(decoding datagram: RawSpan) throws(MessageError) {
        guard datagram.byteCount >= Self.fixedSize else {
            throw .truncated(expected: Self.fixedSize, actual: datagram.byteCount)
        }
        let type = datagram.octet(at: 0)
        guard type == MessageType.revocationAcknowledgment.rawValue else { throw .unexpectedType(type) }
        informedMobileNode = datagram.uint16(at: 2) & 0x8000 != 0
        homeAddress = IPv4Address(rawValue: datagram.uint32(at: 4))
        identifier = datagram.uint32(at: 8)
    }

    /// Appends the 12 octets.
    public func encode(into octets: inout [UInt8]) {
        octets.append(MessageType.revocationAcknowledgment.rawValue)
        octets.append(0)
        octets.append(bigEndian: informedMobileNode ? 0x8000 : 0 as UInt16)
        octets.append(bigEndian: homeAddress.rawValue)
        octets.append(bigEndian: identifier)
    }
}
