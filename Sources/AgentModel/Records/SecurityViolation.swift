public import JSON
public import MobileIPv4

/// Why a security violation was counted (`mipSecRecentViolationReason`).
public enum ViolationReason: String, Hashable, Sendable, CaseIterable, Codable {
    case noMobilitySecurityAssociation, badAuthenticator, badIdentifier, badSPI, missingSecurityExtension, other
}

/// What one offender did (`mipSecViolationTable`). The table is bounded: a new offender replaces the one that has been quiet longest.
public struct SecurityViolation: Hashable, Sendable, Codable {
    /// The identity claimed by the offending message: home address, else NAI, else source address. An offending agent is identified by its
    /// source address. Never a prefix.
    public var violator: PeerIdentity
    /// Violations since the entry was created (`mipSecViolationCounter`).
    public var count: UInt64
    /// `mipSecRecentViolationSPI`; 0 if the reason involves no SPI.
    public var recentSPI: SecurityParameterIndex
    /// When the last violation occurred (`mipSecRecentViolationTime`).
    public var recentTime: Timestamp
    /// Identification of the last violating message (`mipSecRecentViolationIDLow`, `…High`).
    public var recentIdentification: Identification
    /// Why it was a violation (`mipSecRecentViolationReason`).
    public var recentReason: ViolationReason
    /// The reply code sent; nil if the message was silently dropped.
    public var recentCode: UInt8?

    public init(
        violator: PeerIdentity, count: UInt64, recentSPI: SecurityParameterIndex, recentTime: Timestamp,
        recentIdentification: Identification, recentReason: ViolationReason, recentCode: UInt8?
    ) {
        self.violator = violator
        self.count = count
        self.recentSPI = recentSPI
        self.recentTime = recentTime
        self.recentIdentification = recentIdentification
        self.recentReason = recentReason
        self.recentCode = recentCode
    }

    /// Identifies this row among all others: the violator.
    public var key: PeerIdentity { violator }
}

extension SecurityViolation: Record {
    public static var blank: SecurityViolation {
        SecurityViolation(
            violator: .address(.zero), count: 0, recentSPI: .blank, recentTime: .blank,
            recentIdentification: Identification(rawValue: 0), recentReason: .other, recentCode: nil)
    }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("violator", &violator)
        try visitor.member("count", &count)
        try visitor.member("recentSPI", &recentSPI)
        try visitor.member("recentTime", &recentTime)
        try visitor.member("recentIdentification", &recentIdentification)
        try visitor.member("recentReason", &recentReason)
        try visitor.member("recentCode", &recentCode)
    }
}
