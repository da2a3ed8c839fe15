/// The fixed part of a Registration Request, 24 octets (RFC 5944 §3.3).
public struct RegistrationRequest: Hashable, Sendable {
    /// What the node requests.
    public var flags: RegistrationFlags
    /// The requested lifetime in seconds; 0 deregisters.
    public var lifetime: RegistrationLifetime
    /// The home address; 0.0.0.0 requests one (RFC 2794).
    public var homeAddress: IPv4Address
    /// The home agent; 0.0.0.0 or 255.255.255.255 leaves the choice open (RFC 4433).
    public var homeAgent: IPv4Address
    /// The care-of address to bind; in a deregistration, the home address here ends all bindings.
    public var careOfAddress: IPv4Address
    /// Identification, echoed by the reply (RFC 5944 §5.7).
    public var identification: Identification

    /// The size of the fixed part in octets; the extensions begin at this offset.
    public static let fixedSize = 24

    public init(
        flags: RegistrationFlags, lifetime: RegistrationLifetime, homeAddress: IPv4Address, homeAgent: IPv4Address,
        careOfAddress: IPv4Address, identification: Identification
    ) {
        self.flags = flags
        self.lifetime = lifetime
        self.homeAddress = homeAddress
        self.homeAgent = homeAgent
        self.careOfAddress = careOfAddress
        self.identification = identification
    }

    /// Decodes the fixed part at the start of a UDP payload.
    public init(decoding datagram: RawSpan) throws(MessageError) {
        guard datagram.byteCount >= Self.fixedSize else {
            throw .truncated(expected: Self.fixedSize, actual: datagram.byteCount)
        }
        let type = datagram.octet(at: 0)
        guard type == MessageType.registrationRequest.rawValue else { throw .unexpectedType(type) }
        flags = RegistrationFlags(rawValue: datagram.octet(at: 1))
        lifetime = RegistrationLifetime(rawValue: datagram.uint16(at: 2))
        homeAddress = IPv4Address(rawValue: datagram.uint32(at: 4))
        homeAgent = IPv4Address(rawValue: datagram.uint32(at: 8))
        careOfAddress = IPv4Address(rawValue: datagram.uint32(at: 12))
        identification = Identification(high: datagram.uint32(at: 16), low: datagram.uint32(at: 20))
    }

    /// Appends the 24 octets.
    public func encode(into octets: inout [UInt8]) {
        octets.append(MessageType.registrationRequest.rawValue)
        octets.append(flags.rawValue)
        octets.append(bigEndian: lifetime.rawValue)
        octets.append(bigEndian: homeAddress.rawValue)
        octets.append(bigEndian: homeAgent.rawValue)
        octets.append(bigEndian: careOfAddress.rawValue)
        octets.append(bigEndian: identification.rawValue)
    }
}
