/// A request for a key generation nonce (40 or 42, RFC 3957 §6.1, §6.3).
public struct KeyGenerationRequest: Hashable, Sendable {
    /// 1 is the only assigned Sub-Type; 7 must not be used.
    public var subtype: UInt8
    /// The SPI the mobile node chose for the new association.
    public var mobileNodeSPI: SecurityParameterIndex

    public init(subtype: UInt8 = 1, mobileNodeSPI: SecurityParameterIndex) {
        self.subtype = subtype
        self.mobileNodeSPI = mobileNodeSPI
    }

    init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        subtype = try fields.requiredSubtype()
        mobileNodeSPI = SecurityParameterIndex(rawValue: try fields.uint32(in: datagram))
    }

    func append(to octets: inout [UInt8]) { octets.append(bigEndian: mobileNodeSPI.rawValue) }
}

/// A key generation nonce and the parameters of the association derived from it (41 or 43, RFC 3957 §6.2, §6.4).
public struct KeyGenerationReply: Hashable, Sendable {
    /// Sub-Type; 1 is the one RFC 3957 defines.
    public var subtype: UInt8
    /// The lifetime of the association in seconds.
    public var lifetime: UInt32
    /// The SPI of the association with the AAA server that protects the nonce.
    public var aaaSPI: SecurityParameterIndex
    /// The SPI the agent chose.
    public var agentSPI: SecurityParameterIndex
    /// The identifier of the algorithm that uses the key (RFC 3957 §9).
    public var algorithm: UInt16
    /// 2 timestamps, 3 nonces.
    public var replayMethod: UInt16
    /// At least 16 octets.
    public var nonce: [UInt8]

    /// The minimum length of a nonce in octets (RFC 3957 §5).
    public static let minimumNonceLength = 16

    public init(
        subtype: UInt8 = 1, lifetime: UInt32, aaaSPI: SecurityParameterIndex, agentSPI: SecurityParameterIndex,
        algorithm: UInt16, replayMethod: UInt16, nonce: [UInt8]
    ) {
        self.subtype = subtype
        self.lifetime = lifetime
        self.aaaSPI = aaaSPI
        self.agentSPI = agentSPI
        self.algorithm = algorithm
        self.replayMethod = replayMethod
        self.nonce = nonce
    }

    init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        subtype = try fields.requiredSubtype()
        lifetime = try fields.uint32(in: datagram)
        aaaSPI = SecurityParameterIndex(rawValue: try fields.uint32(in: datagram))
        agentSPI = SecurityParameterIndex(rawValue: try fields.uint32(in: datagram))
        algorithm = try fields.uint16(in: datagram)
        replayMethod = try fields.uint16(in: datagram)
        nonce = try fields.rest(in: datagram, atLeast: Self.minimumNonceLength)
    }

    func append(to octets: inout [UInt8]) {
        octets.append(bigEndian: lifetime)
        octets.append(bigEndian: aaaSPI.rawValue)
        octets.append(bigEndian: agentSPI.rawValue)
        octets.append(bigEndian: algorithm)
        octets.append(bigEndian: replayMethod)
        octets.append(contentsOf: nonce)
    }
}
