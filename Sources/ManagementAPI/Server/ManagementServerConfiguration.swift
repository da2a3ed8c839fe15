public import MobileIPv4

/// Where the HTTP API listens, and who may use it.
public struct ManagementServerConfiguration: Sendable {
    /// A loopback address, served to everyone on this machine; or another one, served with TLS to those who have a token.
    public let address: IPv4Address
    /// 0 lets the system choose.
    public let port: UInt16
    /// What connections are encrypted with; nil for plain HTTP, on loopback alone.
    public let tls: TLSIdentity?
    /// Who may come in from elsewhere. On loopback a token only names its user and narrows what it may do.
    public let tokens: [AccessToken]
    /// A Unix socket served beside the address, without a token: the rights of its folder tell who may use it. Nil for none.
    public var socketPath: String?
    /// The names under which an address that is not loopback is asked for; empty for any.
    public var hosts: Set<String> = []
    /// Requests a second each client may make in the long run, and twice as many at once.
    public var requestsPerSecond = 1000
    /// How long a client may take to send its request.
    public var requestTimeout = Duration.seconds(10)
    /// How long a connection may stay open without a request.
    public var idleTimeout = Duration.seconds(60)
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

    /// Nil when the address is not in 127.0.0.0/8 and there is no TLS or no token.
    public init?(address: IPv4Address, port: UInt16, tls: TLSIdentity? = nil, tokens: [AccessToken] = []) {
        guard Self.isLoopback(address) || tls != nil && !tokens.isEmpty else { return nil }
        (self.address, self.port, self.tls, self.tokens) = (address, port, tls, tokens)
    }

    /// Whether an address is in 127.0.0.0/8, which no other machine reaches.
    public static func isLoopback(_ address: IPv4Address) -> Bool { address.rawValue >> 24 == 127 }
}
