import AgentModel
import MobileIPv4

/// What the node has learnt about its home network from its home agent (RFC 4332 §3.2, §3.6), for the routes that it sets there.
///
/// A node that returns home deregisters, and no host configuration comes with that: values received abroad are kept.
struct LearntHomeNetwork: Hashable, Sendable {
    private(set) var prefixLength: Int?
    private(set) var defaultGateway: IPv4Address?

    /// Shorter prefixes would put addresses of others on the home link; a longer one has no neighbours.
    private static let usableLengths = 8...31

    /// Takes over the values that are present and usable; others keep what was known.
    mutating func learn(from received: ReceivedHostConfiguration) {
        if let length = received.prefixLength.map({ Int($0) }), Self.usableLengths.contains(length) { prefixLength = length }
        if let gateway = received.defaultGateway, gateway.isHost { defaultGateway = gateway }
    }

    /// The home network: what the operator has configured, otherwise what the home agent has sent; nil if neither is known.
    func network(configured: IPv4Prefix?, homeAddress: IPv4Address) -> IPv4Prefix? {
        if let configured { return configured }
        guard homeAddress != .zero else { return nil }
        return prefixLength.flatMap { IPv4Prefix(containing: homeAddress, length: $0) }
    }

    /// The router of the home network: what the operator has configured, then what the home agent has sent with its authentication,
    /// then what an advertisement names, and finally the home agent itself.
    ///
    /// - Parameter network: the home network as `network` returns it. A received gateway outside it is not used.
    func gateway(
        configured: IPv4Address?, advertised: IPv4Address?, network: IPv4Prefix?, homeAddress: IPv4Address, homeAgent: IPv4Address
    ) -> IPv4Address {
        if let configured { return configured }
        if let defaultGateway, defaultGateway != homeAddress, network?.contains(defaultGateway) ?? true { return defaultGateway }
        return advertised ?? homeAgent
    }
}
