public import MobileIPv4

/// The subject of a security association or violation: an address, an NAI, or a whole prefix of addresses.
///
/// In JSON it is a string: `192.0.2.10`, `alice@example.net` or `192.0.2.0/24`.
public enum PeerIdentity: Hashable, Sendable {
    case address(IPv4Address)
    case nai(NetworkAccessIdentifier)
    /// Every address in the prefix that has no association of its own.
    case prefix(IPv4Prefix)
}

extension PeerIdentity: Comparable {
    /// Addresses first in numeric order, then prefixes by network and length, then NAIs.
    public static func < (a: PeerIdentity, b: PeerIdentity) -> Bool {
        switch (a, b) {
        case (.address(let a), .address(let b)): a < b
        case (.prefix(let a), .prefix(let b)): (a.network, a.length) < (b.network, b.length)
        case (.nai(let a), .nai(let b)): a < b
        default: a.rank < b.rank
        }
    }

    private var rank: Int {
        switch self {
        case .address: 0
        case .prefix: 1
        case .nai: 2
        }
    }
}

extension PeerIdentity: TextCodable {
    public init?(_ description: String) {
        if let address = IPv4Address(description) {
            self = .address(address)
        } else if let prefix = IPv4Prefix(description) {
            self = .prefix(prefix)
        } else if let nai = NetworkAccessIdentifier(description) {
            self = .nai(nai)
        } else {
            return nil
        }
    }

    public var description: String {
        switch self {
        case .address(let address): address.description
        case .nai(let nai): nai.value
        case .prefix(let prefix): prefix.description
        }
    }

    /// The form of its text.
    public static var textForm: String { "an address, a prefix or a network access identifier such as alice@example.net" }
}
