public import AgentModel
public import MobileIPv4

/// The host configuration of a registration (RFC 4332), as far as a node can use it. The home agent has signed it; what it
/// names is untrusted nevertheless.
public struct NodeHostConfiguration: Hashable, Sendable {
    /// The length of the home network's prefix, 0 to 32.
    public private(set) var prefixLength: UInt8?
    /// Name servers, at most two; each can be the address of a host.
    public private(set) var domainNameServers: [IPv4Address] = []
    /// The DHCP server of the home network; can be the address of a host.
    public private(set) var dhcpServer: IPv4Address?
    /// The router of the home network; can be the address of a host.
    public private(set) var defaultGateway: IPv4Address?
    /// The domain of the home network: labels of letters, digits and hyphens, in lower case and without a dot at the end.
    public private(set) var domainNameSuffix: String?
    /// Where more configuration is: an `https` URL of visible ASCII characters.
    public private(set) var configurationURL: String?
    /// Uptime in nanoseconds when it last arrived.
    public let received: Int64
    /// Whether the node's machine uses it, which the owner reports by `setHostConfigurationApplied`.
    public internal(set) var isApplied = false

    init(received: Int64) { self.received = received }

    /// Whether there is nothing in it.
    var isEmpty: Bool { hasSameValues(as: NodeHostConfiguration(received: 0)) }

    /// Whether it configures a host in the same way.
    public func hasSameValues(as other: NodeHostConfiguration) -> Bool {
        prefixLength == other.prefixLength && domainNameServers == other.domainNameServers && dhcpServer == other.dhcpServer
            && defaultGateway == other.defaultGateway && domainNameSuffix == other.domainNameSuffix
            && configurationURL == other.configurationURL
    }

    /// Takes a value, or the part of it that can be used; returns how much of it cannot. Of several values of a kind, the first
    /// is used.
    mutating func take(_ value: HostConfiguration) -> UInt64 {
        switch value {
        case .homeNetworkPrefixLength(let length) where prefixLength == nil && length <= 32: prefixLength = UInt8(length)
        case .domainNameServers(let primary, let secondary) where domainNameServers.isEmpty:
            // 0.0.0.0 fills the place of a server that does not exist.
            let given = [primary, secondary].filter { $0 != .zero }
            let usable = given.filter(\.isHost)
            domainNameServers = usable.first == usable.last ? Array(usable.prefix(1)) : usable
            return UInt64(given.count - usable.count)
        case .dhcpServer(let address) where dhcpServer == nil && address.isHost: dhcpServer = address
        case .defaultGateway(let address) where defaultGateway == nil && address.isHost: defaultGateway = address
        case .domainNameSuffix(let text) where domainNameSuffix == nil:
            guard let name = DomainName(text) else { return 1 }
            domainNameSuffix = name.description
        case .configurationURL(let text) where configurationURL == nil && text.isSecureURL: configurationURL = text
        // The client identifier is for a node that uses DHCP at home, and a request is not an answer.
        default: return 1
        }
        return 0
    }

    /// The values as a record.
    ///
    /// - Parameter startTime: the wall clock when `Moment.uptime` is 0.
    public func record(startTime: Timestamp) -> ReceivedHostConfiguration {
        ReceivedHostConfiguration(
            prefixLength: prefixLength, domainNameServers: domainNameServers, dhcpServer: dhcpServer,
            defaultGateway: defaultGateway, domainNameSuffix: domainNameSuffix, configurationURL: configurationURL,
            received: startTime.adding(milliseconds: received / 1_000_000), isApplied: isApplied)
    }
}
