extension ExtensionType {
    /// UDP tunnel request (144, RFC 3519 §3.1.1).
    public static let udpTunnelRequest = ExtensionType(rawValue: 144)
}

/// A request to tunnel in UDP through a NAT (144, RFC 3519 §3.1.1).
public struct UDPTunnelRequest: FittingExtension {
    public static let type = ExtensionType.udpTunnelRequest
    public static let name = "UDP Tunnel Request"
    public static let form = ExtensionForm.shortWithSubtype
    public static let subtypes: [UInt8]? = [0]

    /// F and R of the request.
    public struct Flags: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// F: use UDP even if no NAT is detected.
        public static let force = Flags(rawValue: 0x80)
        /// R: the advertisement required registration through the foreign agent.
        public static let registrationRequired = Flags(rawValue: 0x40)
    }

    /// F and R.
    public var flags: Flags
    /// IP protocol of the payload: 4 IP in IP, 47 GRE, 55 minimal; 0 leaves it to the M and G flags of the request.
    public var encapsulation: UInt8
    /// Must be 0; kept so that a receiver can check it (RFC 3519 §4.4.1).
    public var reserved: UInt16

    public init(flags: Flags = [], encapsulation: UInt8 = 0, reserved: UInt16 = 0) {
        self.flags = flags
        self.encapsulation = encapsulation
        self.reserved = reserved
    }

    public init(_ fields: inout ExtensionFields, in datagram: RawSpan) throws(MessageError) {
        try fields.expect(subtype: 0)
        try fields.skip(1)
        flags = Flags(rawValue: try fields.octet(in: datagram))
        encapsulation = try fields.octet(in: datagram)
        reserved = try fields.uint16(in: datagram)
    }

    public func appendData(to octets: inout [UInt8]) {
        octets.append(contentsOf: [0, flags.rawValue, encapsulation])
        octets.append(bigEndian: reserved)
    }
}
