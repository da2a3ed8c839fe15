import DaemonSupport
import MobileIPv4
import MobilityAgent

extension HomeAgentConfiguration {
    /// Reads where nodes are redirected, and what nodes get besides a binding.
    mutating func readDiscovery(from section: ConfigurationSection) {
        redirects = section.sections("redirects", RedirectRule.init)
        redirectsWhenFull = section.list("redirectsWhenFull", .unicastAddress)
        homeAgentsByIdentity = section.addresses(byNAI: "homeAgentsByIdentity")
        identity = section.optional("identity", .nai)
        aaaIdentity = section.optional("aaaIdentity", .nai)
        let entries: [HostConfigurationEntry?] = section.sections("hostConfigurations", HostConfigurationEntry.read)
        hostConfigurations = entries.compactMap { $0 }
        let policies: [ServicePolicy?] = section.sections("services", ServicePolicy.read)
        services = policies.compactMap { $0 }
        defaultService = section.optional("defaultService", .service)
        experimental = section.sections("experimental", ExperimentalRule.init)
    }
}

extension RedirectRule {
    fileprivate init(_ section: ConfigurationSection) {
        self.init(
            careOfNetwork: section.optional("careOfNetwork", .ipv4Prefix), realm: section.optional("realm", .realm),
            above: section.optional("above", .integer(in: 0...UInt32.max, unit: "bindings")),
            homeAgents: section.list("homeAgents", .unicastAddress, atLeastOne: true))
    }
}

extension HostConfigurationEntry {
    /// Nil without a valid network, which is a mistake.
    fileprivate static func read(_ section: ConfigurationSection) -> HostConfigurationEntry? {
        let network = section.value("network", .ipv4Prefix)
        let prefixLength: UInt8? = section.optional("prefixLength", .integer(in: 0...32, unit: "bits"))
        let servers = section.list("domainNameServers", .unicastAddress)
        let dhcpServer = section.optional("dhcpServer", .unicastAddress)
        let gateway = section.optional("defaultGateway", .unicastAddress)
        let suffix = section.optional("domainNameSuffix", .text)
        let url = section.optional("configurationURL", .text)
        return network.map {
            HostConfigurationEntry(
                $0, prefixLength: prefixLength, domainNameServers: servers, dhcpServer: dhcpServer, defaultGateway: gateway,
                domainNameSuffix: suffix, configurationURL: url)
        }
    }
}

extension ServicePolicy {
    /// Nil without a valid service, which is a mistake.
    fileprivate static func read(_ section: ConfigurationSection) -> ServicePolicy? {
        let service = section.value("service", .service)
        let pool: [IPv4AddressRange] = section.list("addressPool", .addressRange)
        let allowed: [NAIPattern] = section.list("allowed", .naiPattern)
        var seen: Set<NAIPattern> = []
        for (index, pattern) in allowed.enumerated() where !seen.insert(pattern).inserted {
            section.refuseRepetition(of: pattern.description, atPath: "allowed[\(index)]")
        }
        return service.map { ServicePolicy($0, addressPool: pool, allowed: allowed) }
    }
}
