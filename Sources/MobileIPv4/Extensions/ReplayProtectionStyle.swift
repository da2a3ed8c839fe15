extension ExtensionType {
    /// Replay protection style (141, RFC 4857 §9.3).
    public static let replayProtectionStyle = ExtensionType(rawValue: 141)
}

/// How the mobile node and the gateway foreign agent detect replays (141, RFC 4857 §9.3).
///
/// The RFC gives a Length of 2 next to a layout of 10 octets. 10 is sent; both are read as 10.
public struct ReplayProtectionStyle: FittingExtension {
    public static let type = ExtensionType.replayProtectionStyle
    public static let name = "Replay Protection Style"
    public static let form = ExtensionForm.replayProtectionStyle

    /// 0 timestamps, 1 nonces.
    public var style: UInt16
    /// The starting value for the node's next regional registration.
    public var initialIdentification: Identification

    public init(style: UInt16, initialIdentification: Identification) {
        self.style = style
        self.initialIdentification = initialIdentification
    }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        style = try fields.uint16(in: datagram)
        initialIdentification = Identification(rawValue: try fields.uint64(in: datagram))
    }

    public func appendData(to octets: inout [UInt8]) {
        octets.append(bigEndian: style)
        octets.append(bigEndian: initialIdentification.rawValue)
    }
}
