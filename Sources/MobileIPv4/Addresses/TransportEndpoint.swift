/// One end of a UDP exchange: an IPv4 address and a port.
public struct TransportEndpoint: Hashable, Sendable, CustomStringConvertible {
    /// The IPv4 address.
    public var address: IPv4Address
    /// The UDP port in host byte order.
    public var port: UInt16

    public init(_ address: IPv4Address, port: UInt16) {
        self.address = address
        self.port = port
    }

    public var description: String { "\(address):\(port)" }

    /// The UDP port of Mobile IP registration (RFC 5944 §3.3).
    public static let registrationPort: UInt16 = 434
}
