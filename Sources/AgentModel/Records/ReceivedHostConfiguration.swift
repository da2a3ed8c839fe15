public import JSON
public import MobileIPv4

/// The host configuration that a home agent gave a mobile node with its registration (RFC 4332), as far as the node can use it.
public struct ReceivedHostConfiguration: Hashable, Sendable, Codable {
    /// The length of the home network's prefix, 0 to 32.
    public var prefixLength: UInt8?
    /// Unicast addresses of name servers, at most two.
    public var domainNameServers: [IPv4Address]
    /// The DHCP server of the home network.
    public var dhcpServer: IPv4Address?
    /// The router of the home network.
    public var defaultGateway: IPv4Address?
    /// The domain in which names without a dot are looked up.
    public var domainNameSuffix: String?
    /// Where more configuration is; untrusted text that begins with `https:`.
    public var configurationURL: String?
    /// When it arrived.
    public var received: Timestamp
    /// Whether the node's machine looks up names by it; false if it has nothing for that (`hasResolverSettings`).
    public var isApplied: Bool

    public init(
        prefixLength: UInt8? = nil, domainNameServers: [IPv4Address] = [], dhcpServer: IPv4Address? = nil,
        defaultGateway: IPv4Address? = nil, domainNameSuffix: String? = nil, configurationURL: String? = nil,
        received: Timestamp, isApplied: Bool = false
    ) {
        self.prefixLength = prefixLength
        self.domainNameServers = domainNameServers
        self.dhcpServer = dhcpServer
        self.defaultGateway = defaultGateway
        self.domainNameSuffix = domainNameSuffix
        self.configurationURL = configurationURL
        self.received = received
        self.isApplied = isApplied
    }

    /// Whether it has name servers or a domain: what a machine can be configured with. The node itself uses the prefix and the router, and the
    /// rest is for people.
    public var hasResolverSettings: Bool { !domainNameServers.isEmpty || domainNameSuffix != nil }
}

extension ReceivedHostConfiguration: Record {
    public static var blank: ReceivedHostConfiguration { ReceivedHostConfiguration(received: .blank) }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("prefixLength", &prefixLength)
        try visitor.member("domainNameServers", &domainNameServers)
        try visitor.member("dhcpServer", &dhcpServer)
        try visitor.member("defaultGateway", &defaultGateway)
        try visitor.member("domainNameSuffix", &domainNameSuffix)
        try visitor.member("configurationURL", &configurationURL)
        try visitor.member("received", &received)
        try visitor.member("isApplied", &isApplied)
    }
}
