public import MobileIPv4

/// Where the HTTP API listens.
public struct ManagementServerConfiguration: Sendable {
    /// A loopback address: without TLS and tokens the API is for this machine alone.
    public let address: IPv4Address
    /// 0 lets the system choose.
    public let port: UInt16
    /// The version of the daemon, for those who ask which it is.
    public var version = "unknown"
    /// Most rows of each table that get metrics of their own; 0 for aggregates alone.
    public var metricsPerRow = 0
    /// How many of the latest events are kept for streams that come back.
    public var eventsKept = 4096
    /// Most event streams open at once.
    public var maximumEventStreams = 2000
    /// Between two signs of life on an idle event stream.
    public var heartbeat = Duration.seconds(15)

    /// Nil when the address is not in 127.0.0.0/8.
    public init?(address: IPv4Address, port: UInt16) {
        guard address.rawValue >> 24 == 127 else { return nil }
        self.address = address
        self.port = port
    }
}
