extension ExtensionType {
    /// UDP tunnel reply (44, RFC 3519 §3.1.2).
    public static let udpTunnelReply = ExtensionType(rawValue: 44)
}

/// The home agent's answer to a UDP tunnel request (44, RFC 3519 §3.1.2).
public struct UDPTunnelReply: FittingExtension {
    public static let type = ExtensionType.udpTunnelReply
    public static let name = "UDP Tunnel Reply"
    public static let form = ExtensionForm.shortWithSubtype
    public static let subtypes: [UInt8]? = [0]

    /// 0…63: the home agent will tunnel; 64…255: it declines.
    public var code: UInt8
    /// F: UDP is used although no NAT was detected.
    public var isForced: Bool
    /// Seconds between keepalives; 0 leaves the interval to the mobile node (110 s).
    public var keepaliveInterval: UInt16

    public init(code: UInt8, isForced: Bool = false, keepaliveInterval: UInt16) {
        self.code = code
        self.isForced = isForced
        self.keepaliveInterval = keepaliveInterval
    }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        try fields.expect(subtype: 0)
        code = try fields.octet(in: datagram)
        isForced = try fields.uint16(in: datagram) & 0x8000 != 0
        keepaliveInterval = try fields.uint16(in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) {
        octets.append(code)
        octets.append(bigEndian: isForced ? 0x8000 : 0 as UInt16)
        octets.append(bigEndian: keepaliveInterval)
    }
}
