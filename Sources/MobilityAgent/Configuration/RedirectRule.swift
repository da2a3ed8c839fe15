public import MobileIPv4

/// A home agent's rule that sends nodes without a binding to other home agents, if they have asked for any (RFC 4433).
///
/// Each condition limits the rule; without any, it is about all such nodes.
public struct RedirectRule: Hashable, Sendable {
    /// Only requests with a care-of address in this network; nil for all.
    public var careOfNetwork: IPv4Prefix?
    /// Only nodes whose identifier is in this realm; nil for all.
    public var realm: Realm?
    /// Only while the agent has at least this many bindings; nil for always.
    public var above: UInt32?
    /// Where the nodes are sent, at least one unicast address that is not this agent's own. A node with an identifier always gets the
    /// same one; the others get them in turn.
    public var homeAgents: [IPv4Address]

    public init(careOfNetwork: IPv4Prefix? = nil, realm: Realm? = nil, above: UInt32? = nil, homeAgents: [IPv4Address]) {
        self.careOfNetwork = careOfNetwork
        self.realm = realm
        self.above = above
        self.homeAgents = homeAgents
    }

    /// Whether the rule is about a request.
    ///
    /// - Parameter bindings: How many the agent has.
    func applies(to careOfAddress: IPv4Address, nai: NetworkAccessIdentifier?, bindings: Int) -> Bool {
        (careOfNetwork?.contains(careOfAddress) ?? true) && (above.map { bindings >= $0 } ?? true)
            && (realm == nil || realm == nai.flatMap { Realm(of: $0) })
    }
}

extension [IPv4Address] {
    /// What is wrong with a list of home agents to which nodes are sent.
    ///
    /// - Parameter own: The addresses of the home agent that sends them.
    func problems(asHomeAgentsAt path: String, beside own: Set<IPv4Address>) -> [ConfigurationProblem] {
        var seen: Set<IPv4Address> = []
        return enumerated().compactMap { index, address in
            let isValid = address.isUnicast && !own.contains(address) && seen.insert(address).inserted
            return isValid
                ? nil
                : ConfigurationProblem(
                    path: "\(path)[\(index)]", value: "\(address)",
                    expected: "a unicast address of another home agent, each only once")
        }
    }
}
