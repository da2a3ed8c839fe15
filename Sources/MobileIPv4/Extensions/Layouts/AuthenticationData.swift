/// What an authentication extension (32, 33, 34, 36) carries (RFC 5944 §3.5.1).
public struct AuthenticationData: Hashable, Sendable {
    /// Security parameter index.
    public var spi: SecurityParameterIndex
    /// The authenticator; its length depends on the algorithm of the association.
    public var authenticator: [UInt8]

    public init(spi: SecurityParameterIndex, authenticator: [UInt8]) {
        self.spi = spi
        self.authenticator = authenticator
    }

    init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        spi = SecurityParameterIndex(rawValue: try fields.uint32(in: datagram))
        authenticator = try fields.rest(in: datagram)
    }

    func append(to octets: inout [UInt8]) {
        octets.append(bigEndian: spi.rawValue)
        octets.append(contentsOf: authenticator)
    }
}
