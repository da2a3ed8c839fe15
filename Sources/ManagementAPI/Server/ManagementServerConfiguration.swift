public import MobileIPv4

/// Where the HTTP API listens, and who may use it.
public struct ManagementServerConfiguration: Sendable {
    /// A loopback address, served to everyone on this machine; or any other address, served with TLS to clients that have a token.
    public let address: IPv4Address
    /// 0 lets the system choose.
    public let port: UInt16
    /// The certificate and key for TLS; nil for plain HTTP, on loopback only.
    public let tls: TLSIdentity?
    /// The tokens that admit clients from elsewhere, and changes over TCP from anywhere. Over the Unix socket, a token only names its user
    /// and restricts what they may do.
    public let tokens: [AccessToken]
    /// A Unix socket served in addition to the address, without a token: the owner and the group may use it for everything, as far as the
    /// permissions of its directory allow. Nil for none.
    public var socketPath: String?
    /// The host names that requests may use, in small letters: those of a loopback address in addition to loopback names and addresses; for
    /// any other address, empty for any. Also those of pages that may use the API.
    public var hosts: Set<String> = []
    /// Requests per second that each token, and each client without one, may make in the long run; twice as many are allowed at once.
    public var requestsPerSecond = 1000
    /// How long a client may take to send its request.
    public var requestTimeout = Duration.seconds(10)
    /// How long a connection may stay open without a request.
    public var idleTimeout = Duration.seconds(60)
    /// Where the daemon keeps settings changed at run time; nil where nothing is kept.
    public var stateFile: String?
    /// The version of the daemon, as the API and the metrics report it.
    public var version = "unknown"
    /// Maximum number of rows of each table that get metrics of their own; 0 for aggregates only.
    public var metricsPerRow = 0
    /// How many of the latest events are stored for streams that reconnect.
    public var eventsKept = 4096
    /// Maximum number of event streams open at once on each address; fewer where the process may not open many files.
    public var maximumEventStreams = 2000
    /// Time between two heartbeats on an idle event stream.
    public var heartbeat = Duration.seconds(15)

    /// Nil when the address is not in 127.0.0.0/8 and TLS or tokens are missing.
    public init?(address: IPv4Address, port: UInt16, tls: TLSIdentity? = nil, tokens: [AccessToken] = []) {
        guard Self.isLoopback(address) || tls != nil && !tokens.isEmpty else { return nil }
        (self.address, self.port, self.tls, self.tokens) = (address, port, tls, tokens)
    }

    /// Whether a text can be an element of `hosts`: a name or an address without a port.
    public static func isHost(_ text: String) -> Bool {
        guard let authority = Authority(text), !authority.host.isEmpty else { return false }
        return authority.host.utf8.count == text.utf8.count
    }

    /// Whether an address is in 127.0.0.0/8, which no other machine reaches.
    public static func isLoopback(_ address: IPv4Address) -> Bool { address.rawValue >> 24 == 127 }
}
