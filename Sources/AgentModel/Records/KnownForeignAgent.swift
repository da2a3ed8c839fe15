public import JSON
public import MobileIPv4

/// The key of a foreign agent that a mobile node knows (`mnFAEntry` INDEX).
public struct KnownForeignAgentKey: Hashable, Sendable, Comparable, Codable {
    /// The agent's address.
    public var address: IPv4Address
    /// A care-of address it offers.
    public var careOfAddress: IPv4Address

    public init(address: IPv4Address, careOfAddress: IPv4Address) {
        self.address = address
        self.careOfAddress = careOfAddress
    }

    public static func < (a: Self, b: Self) -> Bool { (a.address, a.careOfAddress) < (b.address, b.careOfAddress) }
}

/// A care-of address that an agent offers to a mobile node that hears it (`mnFATable`). There is one row for each address an agent offers.
public struct KnownForeignAgent: Hashable, Sendable, Codable {
    /// The agent's address (`mnFAAddress`).
    public var address: IPv4Address
    /// A care-of address it offers (`mnCOA`).
    public var careOfAddress: IPv4Address
    /// What the agent offers.
    public var flags: AdvertisementFlags
    /// Sequence number of its latest advertisement.
    public var sequence: UInt16
    /// Longest registration it accepts, in seconds; 65535 means infinity.
    public var registrationLifetime: UInt16
    /// When its latest advertisement arrived.
    public var heard: Timestamp
    /// When the agent is considered lost unless it is heard again.
    public var expires: Timestamp

    /// A row for one of the care-of addresses in an advertisement.
    public init(_ advertisement: HeardAdvertisement, careOfAddress: IPv4Address) {
        address = advertisement.sourceAddress
        self.careOfAddress = careOfAddress
        flags = advertisement.flags
        sequence = advertisement.sequence
        registrationLifetime = advertisement.registrationLifetime
        heard = advertisement.received
        expires = advertisement.expires
    }

    /// Its key in the table.
    public var key: KnownForeignAgentKey { KnownForeignAgentKey(address: address, careOfAddress: careOfAddress) }
}

extension KnownForeignAgentKey: Record {
    public static var typeName: String { "KnownForeignAgentRemoved" }

    public static var blank: KnownForeignAgentKey { KnownForeignAgentKey(address: .zero, careOfAddress: .zero) }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("address", &address)
        try visitor.member("careOfAddress", &careOfAddress)
    }
}

extension KnownForeignAgent: Record {
    public static var blank: KnownForeignAgent { KnownForeignAgent(.blank, careOfAddress: .zero) }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("address", &address)
        try visitor.member("careOfAddress", &careOfAddress)
        try visitor.member("flags", &flags)
        try visitor.member("sequence", &sequence)
        try visitor.member("registrationLifetime", &registrationLifetime)
        try visitor.member("heard", &heard)
        try visitor.member("expires", &expires)
    }
}
