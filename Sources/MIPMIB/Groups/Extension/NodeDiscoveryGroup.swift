import AgentModel
import ManagementCore
import MobileIPv4

/// The scalars of mipExtMobileNode, 1.6 of MIPV4-EXT-MIB, about the node's home agent: how it was found, and what it gave the node.
enum NodeDiscoveryGroup {
    static var leaves: [MIBLeaf] { search + hostConfiguration + names }

    // MARK: - The search for a home agent

    private static var search: [MIBLeaf] {
        [
            searched(.mipExtMnSearchState, "homeAgentSearch.state", "How far the node has got with its search.") {
                $0.state.mibValue
            },
            searched(
                .mipExtMnSearchHomeAgent, "homeAgentSearch.homeAgent", "The home agent that the node asks or is registered with."
            ) { .ipAddress($0.homeAgent) },
            searched(.mipExtMnSearchSource, "homeAgentSearch.source", "How that home agent was found.") { $0.source.mibValue },
            searched(
                .mipExtMnSearchRedirects, .addresses("homeAgentSearch.redirects"),
                "The home agents that have redirected the node."
            ) { .addresses($0.redirects) },
        ]
    }

    /// A scalar that has an instance if the node searches its home agent.
    private static func searched(
        _ node: MIBNode, _ member: MIBMember, _ summary: String, _ value: @escaping @Sendable (HomeAgentSearch) -> MIBValue
    ) -> MIBLeaf {
        .scalar(node, member, summary) { view in view.mobileNodeStatus?.homeAgentSearch.map(value) }
    }

    // MARK: - Host configuration

    private static var hostConfiguration: [MIBLeaf] {
        [
            configured(.mipExtMnHostPrefixLength, "hostConfiguration.prefixLength", "The length of the home network's prefix.") {
                $0.prefixLength.map { .unsigned(UInt32($0)) }
            },
            configured(
                .mipExtMnHostNameServers, .addresses("hostConfiguration.domainNameServers"), "The name servers."
            ) { .addresses($0.domainNameServers) },
            configured(.mipExtMnHostDhcpServer, "hostConfiguration.dhcpServer", "The DHCP server of the home network.") {
                $0.dhcpServer.map { .ipAddress($0) }
            },
            configured(.mipExtMnHostGateway, "hostConfiguration.defaultGateway", "The router of the home network.") {
                $0.defaultGateway.map { .ipAddress($0) }
            },
            configured(
                .mipExtMnHostSuffix, "hostConfiguration.domainNameSuffix",
                "The domain in which names without a dot are looked up."
            ) { $0.domainNameSuffix.map { .text($0) } },
            configured(
                .mipExtMnHostURL, "hostConfiguration.configurationURL",
                "Where more configuration is, according to the home agent."
            ) { $0.configurationURL.map { .text($0) } },
            configured(.mipExtMnHostTime, "hostConfiguration.received", "When the host configuration arrived.") {
                .dateAndTime($0.received)
            },
            configured(
                .mipExtMnHostApplied, "hostConfiguration.isApplied",
                "Whether the node's machine uses the name servers and domain."
            ) { $0.hasResolverSettings ? .truth($0.isApplied) : nil },
        ]
    }

    /// A scalar that has an instance if the node has received host configuration with what it shows.
    private static func configured(
        _ node: MIBNode, _ member: MIBMember, _ summary: String,
        _ value: @escaping @Sendable (ReceivedHostConfiguration) -> MIBValue?
    ) -> MIBLeaf {
        .scalar(node, member, summary) { view in view.mobileNodeStatus?.hostConfiguration.flatMap(value) }
    }

    // MARK: - Names

    private static var names: [MIBLeaf] {
        [
            .scalar(.mipExtMnHomeAgentIdentity, "homeAgentIdentity", "The identity of the home agent, or empty.") { view in
                view.mobileNodeStatus.map { .nai($0.homeAgentIdentity) }
            },
            .scalar(.mipExtMnHomeAAAIdentity, "homeAAAIdentity", "The identity of the home AAA server, or empty.") { view in
                view.mobileNodeStatus.map { .nai($0.homeAAAIdentity) }
            },
            .scalar(.mipExtMnService, "service", "The service that the node selects, or empty.") { view in
                view.mobileNodeStatus.map { .service($0.service) }
            },
        ]
    }
}
