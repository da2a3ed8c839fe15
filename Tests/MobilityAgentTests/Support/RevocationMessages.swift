import MobileIPv4
import MobilityAgent

// The messages and the extension of RFC 3543, written and read byte by byte as its sections show them, without the product's own codec.

/// A Revocation Support extension (137, RFC 3543 §3.2).
struct Offer {
    var informs = true
    var timestamp: UInt32

    var octets: [UInt8] {
        let octets: [UInt8] = [137, 6, informs ? 0x80 : 0, 0]
        return octets + timestamp.octets
    }
}

/// A Registration Revocation to build (RFC 3543 §3.3): a test sets the parts that differ; the rest is about the lab's registration.
struct Revocation {
    var isFromHome: Bool
    var informs = false
    var homeAddress = Lab.home
    var homeAgent = Lab.homeAgent.address
    var careOfAddress = Lab.foreignAgent.address
    var identifier: UInt32
    /// Extensions before the authenticator.
    var extensions: [UInt8] = []
    var authentication = ExtensionType.foreignHomeAuthentication
    /// The association that signs; nil omits the authenticator.
    var association: ConfiguredSecurityAssociation? = Lab.ofForeignAgent

    init(fromHome: Bool, _ identifier: UInt32, _ change: (inout Revocation) -> Void = { _ in }) {
        isFromHome = fromHome
        self.identifier = identifier
        change(&self)
    }

    var octets: [UInt8] {
        var octets: [UInt8] = [7, 0, (isFromHome ? 0x80 : 0) | (informs ? 0x40 : 0), 0]
        for address in [homeAddress, homeAgent, careOfAddress] { octets += address.rawValue.octets }
        octets += identifier.octets
        octets += extensions
        if let association { octets.sign(authentication, association) }
        return octets
    }
}

/// A Registration Revocation Acknowledgment to build (RFC 3543 §3.4).
struct Acknowledgment {
    var informs = false
    var homeAddress = Lab.home
    var identifier: UInt32
    /// Extensions before the authenticator.
    var extensions: [UInt8] = []
    var authentication = ExtensionType.foreignHomeAuthentication
    /// The association that signs; nil omits the authenticator.
    var association: ConfiguredSecurityAssociation? = Lab.ofForeignAgent

    init(_ identifier: UInt32, _ change: (inout Acknowledgment) -> Void = { _ in }) {
        self.identifier = identifier
        change(&self)
    }

    var octets: [UInt8] {
        var octets: [UInt8] = [15, 0, informs ? 0x80 : 0, 0]
        octets += homeAddress.rawValue.octets
        octets += identifier.octets
        octets += extensions
        if let association { octets.sign(authentication, association) }
        return octets
    }
}

/// A Registration Revocation that an agent has sent.
struct SentRevocation {
    let source: TransportEndpoint
    let destination: TransportEndpoint
    let octets: [UInt8]

    /// Nil for any other datagram.
    init?(_ datagram: OutgoingDatagram) {
        guard datagram.payload.count >= 20, datagram.payload[0] == 7 else { return nil }
        source = datagram.source
        destination = datagram.destination
        octets = datagram.payload
    }

    var isFromHome: Bool { octets[2] & 0x80 != 0 }
    var informs: Bool { octets[2] & 0x40 != 0 }
    var homeAddress: IPv4Address { IPv4Address(rawValue: octets.word(at: 4)) }
    var homeAgent: IPv4Address { IPv4Address(rawValue: octets.word(at: 8)) }
    var careOfAddress: IPv4Address { IPv4Address(rawValue: octets.word(at: 12)) }
    var identifier: UInt32 { octets.word(at: 16) }

    /// True when the last extension is this authenticator, made with this HMAC-MD5 association.
    func isSigned(_ type: ExtensionType = .foreignHomeAuthentication, by association: ConfiguredSecurityAssociation) -> Bool {
        var expected = Array(octets.dropLast(22))
        expected.sign(type, association)
        return expected == octets
    }
}

extension UInt32 {
    /// In network byte order.
    fileprivate var octets: [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: self >> UInt32($0)) }
    }

    /// True if this timestamp is later than `other`, across the wrap of 2036 as well.
    func follows(_ other: UInt32) -> Bool { self != other && self &- other < 1 << 31 }
}

extension [UInt8] {
    /// Four bytes as a number in network byte order.
    func word(at offset: Int) -> UInt32 { self[offset..<(offset + 4)].reduce(0) { $0 << 8 | UInt32($1) } }
}
