public import JSON
public import MobileIPv4

/// What a Registration Request asks for (MipRequestKind).
public enum RequestKind: String, Hashable, Sendable, CaseIterable, Codable {
    /// A pair of home address and care-of address that is not registered yet.
    case initial
    /// A pair that is registered.
    case renewal
    /// A lifetime of 0.
    case deregistration
}

/// The key of a request in progress: who sent it.
public struct PendingRegistrationKey: Hashable, Sendable, Codable {
    /// The home address in the request; 0.0.0.0 if the node requests one.
    public var homeAddress: IPv4Address
    /// The mobile node's NAI, if it sent one.
    public var nai: NetworkAccessIdentifier?

    public init(homeAddress: IPv4Address, nai: NetworkAccessIdentifier?) {
        self.homeAddress = homeAddress
        self.nai = nai
    }
}

/// A request that a foreign agent has relayed and the home agent has not yet answered (`mipExtPendingTable`, RFC 5944 §3.7.2.2).
public struct PendingRegistration: Hashable, Sendable, Codable {
    /// The home address in the request; 0.0.0.0 if the node requests one.
    public var homeAddress: IPv4Address
    /// The mobile node's NAI, if it sent one.
    public var nai: NetworkAccessIdentifier?
    /// Where the request was relayed to.
    public var homeAgent: IPv4Address
    /// What the request asks for.
    public var kind: RequestKind
    /// When it was first relayed.
    public var sent: Timestamp
    /// How many times the mobile node repeated it and it was relayed again.
    public var retransmissions: UInt32
    /// When the foreign agent gives up and answers with code 78.
    public var expires: Timestamp

    public init(
        homeAddress: IPv4Address, nai: NetworkAccessIdentifier?, homeAgent: IPv4Address, kind: RequestKind, sent: Timestamp,
        retransmissions: UInt32 = 0, expires: Timestamp
    ) {
        self.homeAddress = homeAddress
        self.nai = nai
        self.homeAgent = homeAgent
        self.kind = kind
        self.sent = sent
        self.retransmissions = retransmissions
        self.expires = expires
    }

    /// Identifies this request among all others.
    public var key: PendingRegistrationKey { PendingRegistrationKey(homeAddress: homeAddress, nai: nai) }
}

extension PendingRegistrationKey: Record {
    public static var typeName: String { "PendingRegistrationRemoved" }

    public static var blank: PendingRegistrationKey { PendingRegistrationKey(homeAddress: .zero, nai: nil) }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("homeAddress", &homeAddress)
        try visitor.member("nai", &nai)
    }
}

extension PendingRegistration: Record {
    public static var blank: PendingRegistration {
        PendingRegistration(
            homeAddress: .zero, nai: nil, homeAgent: .zero, kind: .initial, sent: .blank, expires: .blank)
    }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("homeAddress", &homeAddress)
        try visitor.member("nai", &nai)
        try visitor.member("homeAgent", &homeAgent)
        try visitor.member("kind", &kind)
        try visitor.member("sent", &sent)
        try visitor.member("retransmissions", &retransmissions)
        try visitor.member("expires", &expires)
    }
}
