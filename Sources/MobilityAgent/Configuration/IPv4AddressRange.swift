public import MobileIPv4

/// A range of addresses, including both ends.
public struct IPv4AddressRange: Hashable, Sendable, CustomStringConvertible {
    /// The lowest address.
    public let first: IPv4Address
    /// The highest address, included in the range.
    public let last: IPv4Address

    /// Nil when `last` is lower than `first`.
    public init?(first: IPv4Address, last: IPv4Address) {
        guard first <= last else { return nil }
        self.first = first
        self.last = last
    }

    /// Every host address of a prefix, without the network and broadcast addresses if the prefix has them.
    public init(hostsOf prefix: IPv4Prefix) {
        if let broadcast = prefix.directedBroadcast {
            first = IPv4Address(rawValue: prefix.network.rawValue &+ 1)
            last = IPv4Address(rawValue: broadcast.rawValue &- 1)
        } else {
            first = prefix.network
            last = prefix.length == 31 ? IPv4Address(rawValue: prefix.network.rawValue | 1) : prefix.network
        }
    }

    /// Parses `192.0.2.10-192.0.2.99`, or a prefix, which means its host addresses. Returns nil for anything else.
    public init?(_ text: String) {
        if let prefix = IPv4Prefix(text) {
            self.init(hostsOf: prefix)
            return
        }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let first = IPv4Address(ends[0]), let last = IPv4Address(ends[1]) else { return nil }
        self.init(first: first, last: last)
    }

    /// Whether the range contains the address.
    public func contains(_ address: IPv4Address) -> Bool { first <= address && address <= last }

    public var description: String { "\(first)-\(last)" }
}
