/// The fixed part of a Registration Reply, 20 octets (RFC 5944 §3.4).
public struct RegistrationReply: Hashable, Sendable {
    /// The result of the request.
    public var code: ReplyCode
    /// The granted lifetime for codes 0 and 1, the longest acceptable one for code 69, otherwise meaningless.
    public var lifetime: RegistrationLifetime
    /// The mobile node's home address.
    public var homeAddress: IPv4Address
    /// The home agent that answers or to which the request was addressed.
    public var homeAgent: IPv4Address
    /// Identification, echoed by the reply (RFC 5944 §5.7).
    public var identification: Identification

    /// The size of the fixed part in octets; the extensions begin at this offset.
    public static let fixedSize = 20

    public init(
        code: ReplyCode, lifetime: RegistrationLifetime, homeAddress: IPv4Address, homeAgent: IPv4Address,
        identification: Identification
    ) {
        self.code = code
        self.lifetime = lifetime
        self.homeAddress = homeAddress
        self.homeAgent = homeAgent
        self.identification = identification
    }

    /// Decodes the fixed part at the start of a UDP payload.
    public init(decoding datagram: RawSpan) throws(MessageError) {
        guard datagram.byteCount >= Self.fixedSize else {
            throw .truncated(expected: Self.fixedSize, actual: datagram.byteCount)
        }
        let type = datagram.octet(at: 0)
        guard type == MessageType.registrationReply.rawValue else { throw .unexpectedType(type) }
        code = ReplyCode(rawValue: datagram.octet(at: 1))
        lifetime = RegistrationLifetime(rawValue: datagram.uint16(at: 2))
        homeAddress = IPv4Address(rawValue: datagram.uint32(at: 4))
        homeAgent = IPv4Address(rawValue: datagram.uint32(at: 8))
        identification = Identification(high: datagram.uint32(at: 12), low: datagram.uint32(at: 16))
    }

    /// Appends the 20 octets.
    public func encode(into octets: inout [UInt8]) {
        octets.append(MessageType.registrationReply.rawValue)
        octets.append(code.rawValue)
        octets.append(bigEndian: lifetime.rawValue)
        octets.append(bigEndian: homeAddress.rawValue)
        octets.append(bigEndian: homeAgent.rawValue)
        octets.append(bigEndian: identification.rawValue)
    }
}
