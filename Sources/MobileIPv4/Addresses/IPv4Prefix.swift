/// An IPv4 network prefix such as `192.0.2.0/24`; host bits are always zero.
public struct IPv4Prefix: Hashable, Sendable {
    /// The first address of the network; the host bits are 0.
    public let network: IPv4Address
    /// Number of leading network bits, 0…32.
    public let length: Int

    /// The prefix of `length` bits that contains `address`; nil when `length` is outside 0…32.
    public init?(containing address: IPv4Address, length: Int) {
        guard (0...32).contains(length) else { return nil }
        self.length = length
        self.network = IPv4Address(rawValue: address.rawValue & Self.mask(length))
    }

    /// The /32 prefix that contains only this address.
    public init(host address: IPv4Address) {
        network = address
        length = 32
    }

    /// 0.0.0.0/0, which contains every address.
    public static let everything = IPv4Prefix()

    private init() {
        network = .zero
        length = 0
    }

    private static func mask(_ length: Int) -> UInt32 { length == 0 ? 0 : ~UInt32(0) << UInt32(32 - length) }

    /// Whether the prefix contains the address.
    public func contains(_ address: IPv4Address) -> Bool { address.rawValue & Self.mask(length) == network.rawValue }

    /// The subnet-directed broadcast address; nil for /31 and /32, which have none (RFC 3021).
    public var directedBroadcast: IPv4Address? {
        length > 30 ? nil : IPv4Address(rawValue: network.rawValue | ~Self.mask(length))
    }
}

extension IPv4Prefix: TextCodable {
    /// Parses `address/length`. The host bits must be zero, and the length has no leading zero. Returns nil for anything else.
    public init?(_ description: String) {
        let parts = description.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPv4Address(parts[0]), let length: Int = DecimalNumber.parse(parts[1]),
            let prefix = IPv4Prefix(containing: address, length: length), prefix.network == address
        else { return nil }
        self = prefix
    }

    public var description: String { "\(network)/\(length)" }

    /// The expected form of the text.
    public static var textForm: String { "an IPv4 prefix such as 192.0.2.0/24" }
}
