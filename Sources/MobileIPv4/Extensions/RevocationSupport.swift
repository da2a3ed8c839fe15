extension ExtensionType {
    /// Revocation support (137, RFC 3543 §3.2).
    public static let revocationSupport = ExtensionType(rawValue: 137)
}

/// Announces that the sender supports registration revocation (137, RFC 3543 §3.2).
public struct RevocationSupport: FittingExtension {
    public static let type = ExtensionType.revocationSupport
    public static let name = "Revocation Support"

    /// I: the mobile node is to be informed of a revocation.
    public var informsMobileNode: Bool
    /// The sender's clock, in a format that the sender chooses.
    public var timestamp: UInt32

    public init(informsMobileNode: Bool, timestamp: UInt32) {
        self.informsMobileNode = informsMobileNode
        self.timestamp = timestamp
    }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        informsMobileNode = try fields.uint16(in: datagram) & 0x8000 != 0
        timestamp = try fields.uint32(in: datagram)
        // A longer extension may be defined; what follows is for those who know it (RFC 3543 §3.2).
        _ = try fields.rest(in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) {
        octets.append(bigEndian: informsMobileNode ? 0x8000 : 0 as UInt16)
        octets.append(bigEndian: timestamp)
    }
}
