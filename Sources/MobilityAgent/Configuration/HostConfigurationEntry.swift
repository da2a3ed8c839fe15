public import MobileIPv4

/// What a home agent gives the nodes of a home network that ask for host configuration (RFC 4332).
public struct HostConfigurationEntry: Hashable, Sendable {
    /// The home network. The longest one that contains a node's home address applies to it.
    public var network: IPv4Prefix
    /// The length of the home network's prefix as the nodes are to have it, 0 to 32 bits.
    public var prefixLength: UInt8
    /// At most two servers, the first one preferred; empty for none.
    public var domainNameServers: [IPv4Address]
    /// The DHCP server from which this agent has got the home addresses; nil for none.
    public var dhcpServer: IPv4Address?
    /// The router of the home network; nil for none.
    public var defaultGateway: IPv4Address?
    /// The domain in which nodes look up short names, 1 to 245 bytes; nil for none.
    public var domainNameSuffix: String?
    /// From where nodes get the rest of their configuration, 1 to 245 bytes; nil for none.
    public var configurationURL: String?

    /// - Parameter prefixLength: nil for that of the network.
    public init(
        _ network: IPv4Prefix, prefixLength: UInt8? = nil, domainNameServers: [IPv4Address] = [], dhcpServer: IPv4Address? = nil,
        defaultGateway: IPv4Address? = nil, domainNameSuffix: String? = nil, configurationURL: String? = nil
    ) {
        self.network = network
        self.prefixLength = prefixLength ?? UInt8(clamping: network.length)
        self.domainNameServers = domainNameServers
        self.dhcpServer = dhcpServer
        self.defaultGateway = defaultGateway
        self.domainNameSuffix = domainNameSuffix
        self.configurationURL = configurationURL
    }

    /// The parts that there are, in the order in which they are sent: those that a reply can best do without are last.
    var parts: [HostConfiguration] {
        var parts: [HostConfiguration] = [.homeNetworkPrefixLength(UInt16(prefixLength))]
        if let defaultGateway { parts.append(.defaultGateway(defaultGateway)) }
        if let primary = domainNameServers.first {
            let secondary = domainNameServers.count > 1 ? domainNameServers[1] : .zero
            parts.append(.domainNameServers(primary: primary, secondary: secondary))
        }
        if let dhcpServer { parts.append(.dhcpServer(dhcpServer)) }
        if let domainNameSuffix { parts.append(.domainNameSuffix(domainNameSuffix)) }
        if let configurationURL { parts.append(.configurationURL(configurationURL)) }
        return parts
    }

    /// What nodes would not use, which check each value as this does.
    func problems(at path: String) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        func check(_ member: String, _ isValid: Bool, _ value: String, _ expected: String) {
            if !isValid { problems.append(ConfigurationProblem(path: "\(path).\(member)", value: value, expected: expected)) }
        }
        check("prefixLength", prefixLength <= 32, "\(prefixLength)", "0 to 32 bits")
        check("domainNameServers", domainNameServers.count <= 2, "\(domainNameServers.count) servers", "at most 2")
        for (index, server) in domainNameServers.enumerated() {
            check("domainNameServers[\(index)]", server.isHost, "\(server)", "an address of a host")
        }
        for (member, address) in [("dhcpServer", dhcpServer), ("defaultGateway", defaultGateway)] {
            if let address { check(member, address.isHost, "\(address)", "an address of a host") }
        }
        let longest = HostConfiguration.longestValue
        if let suffix = domainNameSuffix {
            check(
                "domainNameSuffix", suffix.utf8.count <= longest && DomainName(suffix) != nil, suffix,
                "a domain name of at most \(longest) bytes such as home.example")
        }
        if let url = configurationURL {
            check(
                "configurationURL", url.utf8.count <= longest && url.isSecureURL, url,
                "an https URL of at most \(longest) bytes such as https://home.example/node")
        }
        return problems
    }
}
