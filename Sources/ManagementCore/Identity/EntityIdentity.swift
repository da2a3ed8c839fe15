public import AgentModel
public import MobileIPv4

/// The identity of a Mobile IP entity in the order of MIP-MIB's indexes: by MipEntityIdentifierType, then the length of the
/// MipEntityIdentifier, then its bytes (RFC 2578 §7.7).
public enum EntityIdentity: Sendable {
    /// Human-readable text as bytes: an address prefix.
    case other([UInt8])
    /// An address, four bytes.
    case address(IPv4Address)
    /// A network access identifier of at most 64 bytes.
    case nai(NetworkAccessIdentifier)
    /// The 64-byte abbreviation of a longer one.
    case abbreviatedNAI([UInt8])

    /// A network access identifier, abbreviated if it has more than 64 bytes.
    public init(nai: NetworkAccessIdentifier) { self = nai.abbreviation.map(Self.abbreviatedNAI) ?? .nai(nai) }

    /// The identity by which an entity is known: its network access identifier if it has one, otherwise its address.
    public init(nai: NetworkAccessIdentifier?, address: IPv4Address) {
        if let nai { self.init(nai: nai) } else { self = .address(address) }
    }

    /// The peer of an association, or an offender.
    public init(_ peer: PeerIdentity) {
        switch peer {
        case .address(let address): self = .address(address)
        case .nai(let nai): self.init(nai: nai)
        case .prefix(let prefix): self = .other(Array(prefix.description.utf8))
        }
    }

    /// MipEntityIdentifierType: other(1), ipaddress(2), nai(3).
    public var type: Int32 {
        switch self {
        case .other: 1
        case .address: 2
        case .nai, .abbreviatedNAI: 3
        }
    }

    /// Number of bytes in the MipEntityIdentifier.
    public var length: Int {
        switch self {
        case .other(let octets): octets.count
        case .address: 4
        case .nai(let nai): nai.comparedOctets.count
        case .abbreviatedNAI(let octets): octets.count
        }
    }

    /// The MipEntityIdentifier. The realm of a network access identifier is in small letters: equal identifiers have one index.
    public var octets: [UInt8] {
        switch self {
        case .other(let octets): return octets
        case .address(let address):
            let (a, b, c, d) = address.octets
            return [a, b, c, d]
        case .nai(let nai): return nai.comparedOctets
        case .abbreviatedNAI(let octets): return octets
        }
    }
}

extension EntityIdentity: Hashable {
    /// Two identities are the same if their indexes are, even if one is an abbreviation and the other an identifier that looks like it.
    public static func == (a: Self, b: Self) -> Bool {
        switch (a, b) {
        case (.address(let a), .address(let b)): a == b
        case (.nai(let a), .nai(let b)): a == b
        default: a.type == b.type && a.length == b.length && a.octets == b.octets
        }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(type)
        hasher.combine(octets)
    }
}

extension EntityIdentity: Comparable {
    public static func < (a: Self, b: Self) -> Bool {
        switch (a, b) {
        case (.address(let a), .address(let b)): return a < b
        case (.nai(let a), .nai(let b)):
            let (left, right) = (a.octets.count, b.octets.count)
            return left == right ? a < b : left < right
        default:
            if a.type != b.type { return a.type < b.type }
            if a.length != b.length { return a.length < b.length }
            return a.octets.lexicographicallyPrecedes(b.octets)
        }
    }
}
