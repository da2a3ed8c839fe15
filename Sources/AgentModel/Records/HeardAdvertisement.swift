public import JSON
public import MobileIPv4

/// An agent advertisement as a mobile node received it (`mnRecentAdvReceived`).
public struct HeardAdvertisement: Hashable, Sendable, Codable {
    /// IP source address (`mnAdvSourceAddress`).
    public var sourceAddress: IPv4Address
    /// `mnAdvSequence`.
    public var sequence: UInt16
    /// What the agent offers (`mnAdvFlags`).
    public var flags: AdvertisementFlags
    /// Longest registration the agent accepts, in seconds; 65535 means infinity (`mnAdvMaxRegLifetime`).
    public var registrationLifetime: UInt16
    /// Seconds for which the advertisement is valid (`mnAdvMaxAdvLifetime`).
    public var advertisementLifetime: UInt16
    /// When it arrived (`mnAdvTimeReceived`).
    public var received: Timestamp

    public init(
        sourceAddress: IPv4Address, sequence: UInt16, flags: AdvertisementFlags, registrationLifetime: UInt16,
        advertisementLifetime: UInt16, received: Timestamp
    ) {
        self.sourceAddress = sourceAddress
        self.sequence = sequence
        self.flags = flags
        self.registrationLifetime = registrationLifetime
        self.advertisementLifetime = advertisementLifetime
        self.received = received
    }

    /// When the advertisement expires.
    public var expires: Timestamp { received.adding(milliseconds: Int64(advertisementLifetime) * 1000) }
}

extension HeardAdvertisement: Record {
    public static var blank: HeardAdvertisement {
        HeardAdvertisement(
            sourceAddress: .zero, sequence: 0, flags: [], registrationLifetime: 0, advertisementLifetime: 0, received: .blank)
    }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("sourceAddress", &sourceAddress)
        try visitor.member("sequence", &sequence)
        try visitor.member("flags", &flags)
        try visitor.member("registrationLifetime", &registrationLifetime)
        try visitor.member("advertisementLifetime", &advertisementLifetime)
        try visitor.member("received", &received)
    }
}
