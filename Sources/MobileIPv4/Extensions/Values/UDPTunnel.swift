/// A request for tunnelling in UDP through a NAT (144, RFC 3519 §3.1.1).
public struct UDPTunnelRequest: Hashable, Sendable {
    /// F and R of the request (RFC 3519 §3.1.1).
    public struct Flags: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// F: use UDP even though no NAT is found.
        public static let force = Flags(rawValue: 0x80)
        /// R: the advertisement asked for registration through the foreign agent.
        public static let registrationRequired = Flags(rawValue: 0x40)
    }

    /// F and R.
    public var flags: Flags
    /// IP protocol of the payload: 4 IP in IP, 47 GRE, 55 minimal; 0 follows the M and G flags of the request.
    public var encapsulation: UInt8
    /// Must be 0; kept so that a receiver can tell (RFC 3519 §4.4.1).
    public var reserved: UInt16

    public init(flags: Flags = [], encapsulation: UInt8 = 0, reserved: UInt16 = 0) {
        self.flags = flags
        self.encapsulation = encapsulation
        self.reserved = reserved
    }
}

/// The home agent's answer to a UDP tunnel request (44, RFC 3519 §3.1.2).
public struct UDPTunnelReply: Hashable, Sendable {
    /// 0…63 the home agent will tunnel, 64…255 it declines.
    public var code: UInt8
    /// F: UDP is used though no NAT is found.
    public var isForced: Bool
    /// Seconds between keepalives; 0 leaves it to the mobile node (110 s).
    public var keepaliveInterval: UInt16

    public init(code: UInt8, isForced: Bool = false, keepaliveInterval: UInt16) {
        self.code = code
        self.isForced = isForced
        self.keepaliveInterval = keepaliveInterval
    }
}
