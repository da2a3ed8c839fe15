public import JSON
public import MobileIPv4

/// How replays are distinguished from new requests (`mipSecReplayMethod`).
public enum ReplayMethod: String, Hashable, Sendable, CaseIterable, Codable {
    case timestamps, nonces
}

/// The key of an association (`mipSecAssocEntry` INDEX).
public struct SecurityAssociationKey: Hashable, Sendable, Comparable, Codable {
    /// The peer it is shared with (`mipSecPeerAddress`).
    public var peer: PeerIdentity
    /// The index that identifies it in messages (`mipSecSPI`).
    public var spi: SecurityParameterIndex

    public init(peer: PeerIdentity, spi: SecurityParameterIndex) {
        self.peer = peer
        self.spi = spi
    }

    public static func < (a: Self, b: Self) -> Bool { (a.peer, a.spi) < (b.peer, b.spi) }
}

/// A mobility security association as management sees it: everything except the key, which never leaves the agent.
public struct SecurityAssociation: Hashable, Sendable, Codable {
    /// The peer it is shared with (`mipSecPeerAddress`).
    public var peer: PeerIdentity
    /// The peer's role towards this agent.
    public var peerRole: AgentRole
    /// The index that identifies it in messages (`mipSecSPI`).
    public var spi: SecurityParameterIndex
    /// How authenticators are computed (`mipSecAlgorithmType`, `mipSecAlgorithmMode`).
    public var algorithm: AuthenticationAlgorithm
    /// How replays are detected (`mipSecReplayMethod`).
    public var replayMethod: ReplayMethod
    /// Largest accepted deviation of a timestamp, in seconds (RFC 5944 §5.7.1, default 7).
    public var replayTolerance: UInt16
    /// Whether it survives a restart; nil if it comes from the agent's configuration (`mipSecurityStorageType`).
    public var storage: StorageType?
    /// How it has been used; nil if it has not been used yet.
    public var use: AssociationUse?

    public init(
        peer: PeerIdentity, peerRole: AgentRole, spi: SecurityParameterIndex, algorithm: AuthenticationAlgorithm,
        replayMethod: ReplayMethod, replayTolerance: UInt16, storage: StorageType? = nil, use: AssociationUse? = nil
    ) {
        self.peer = peer
        self.peerRole = peerRole
        self.spi = spi
        self.algorithm = algorithm
        self.replayMethod = replayMethod
        self.replayTolerance = replayTolerance
        self.storage = storage
        self.use = use
    }

    /// Identifies this association among all others.
    public var key: SecurityAssociationKey { SecurityAssociationKey(peer: peer, spi: spi) }
}

extension SecurityAssociationKey: Record {
    public static var typeName: String { "SecurityAssociationRemoved" }

    public static var blank: SecurityAssociationKey { SecurityAssociationKey(peer: .address(.zero), spi: .blank) }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("peer", &peer)
        try visitor.member("spi", &spi)
    }
}

extension SecurityAssociation: Record {
    public static var blank: SecurityAssociation {
        SecurityAssociation(
            peer: .address(.zero), peerRole: .mobileNode, spi: .blank, algorithm: .hmacMD5, replayMethod: .timestamps,
            replayTolerance: 0)
    }

    @inlinable public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("peer", &peer)
        try visitor.member("peerRole", &peerRole)
        try visitor.member("spi", &spi)
        try visitor.member("algorithm", &algorithm)
        try visitor.member("replayMethod", &replayMethod)
        try visitor.member("replayTolerance", &replayTolerance)
        try visitor.member("storage", &storage)
        try visitor.member("use", &use)
    }
}
