public import MobileIPv4

/// A service that a home agent offers (RFC 5446): which nodes may use it, and from where they get home addresses.
public struct ServicePolicy: Hashable, Sendable {
    /// The service.
    public var service: ServiceIdentifier
    /// The home addresses for nodes that use the service and ask for an address by their identifier; empty for those of
    /// `HomeAgentConfiguration.addressPool`. No address may be in two pools.
    public var addressPool: [IPv4AddressRange]
    /// Who may use the service; empty for every node. A node without an identifier may use only a service that is for every node.
    public var allowed: [NAIPattern]

    public init(_ service: ServiceIdentifier, addressPool: [IPv4AddressRange] = [], allowed: [NAIPattern] = []) {
        self.service = service
        self.addressPool = addressPool
        self.allowed = allowed
    }

    /// Whether a node may use the service.
    ///
    /// - Parameter nai: The node's identifier; nil if it has none.
    func permits(_ nai: NetworkAccessIdentifier?) -> Bool {
        if allowed.isEmpty { return true }
        guard let nai else { return false }
        return allowed.contains { $0.matches(nai) }
    }
}

extension [ServicePolicy] {
    /// What is wrong with the services of a home agent.
    ///
    /// - Parameters:
    ///   - fallback: The service of nodes that select none.
    ///   - pool: The agent's own pool.
    func problems(default fallback: ServiceIdentifier?, beside pool: [IPv4AddressRange]) -> [ConfigurationProblem] {
        var problems: [ConfigurationProblem] = []
        var seen: Set<ServiceIdentifier> = []
        var ranges = pool
        for (index, policy) in enumerated() {
            let path = "homeAgent.services[\(index)]"
            if !seen.insert(policy.service).inserted {
                problems.append(
                    ConfigurationProblem(path: path + ".service", value: "\(policy.service)", expected: "each service only once"))
            }
            for (place, range) in policy.addressPool.enumerated() {
                if ranges.contains(where: { $0.overlaps(range) }) {
                    problems.append(
                        ConfigurationProblem(
                            path: "\(path).addressPool[\(place)]", value: "\(range)",
                            expected: "addresses that are in no other pool of this home agent"))
                }
                ranges.append(range)
            }
        }
        if let fallback, !seen.contains(fallback) {
            problems.append(
                ConfigurationProblem(
                    path: "homeAgent.defaultService", value: "\(fallback)", expected: "one of the services of this home agent"))
        }
        return problems
    }
}

extension IPv4AddressRange {
    fileprivate func overlaps(_ other: IPv4AddressRange) -> Bool { first <= other.last && other.first <= last }
}
