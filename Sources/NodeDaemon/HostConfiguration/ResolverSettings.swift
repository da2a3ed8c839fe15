import AgentModel
import MobileIPv4

/// What a machine needs to look up names. There is at least one name server or a search domain.
struct ResolverSettings: Hashable, Sendable {
    /// Distinct unicast addresses outside 127.0.0.0/8, in order of preference, at most `mostNameServers`.
    let nameServers: [IPv4Address]
    /// The domain in which names without a dot are looked up.
    let searchDomain: DomainName?

    /// Resolvers use no more of them (resolv.conf(5)).
    static let mostNameServers = 3

    /// Leaves out what cannot be used; nil if nothing remains. A loopback address from a home agent would lead to programs of this
    /// machine.
    init?(nameServers: [IPv4Address], searchDomain: DomainName?) {
        var usable: [IPv4Address] = []
        for server in nameServers where server.isHost && !usable.contains(server) { usable.append(server) }
        guard !usable.isEmpty || searchDomain != nil else { return nil }
        self.nameServers = Array(usable.prefix(Self.mostNameServers))
        self.searchDomain = searchDomain
    }

    /// The part of a received host configuration that concerns names; nil if there is none.
    init?(_ received: ReceivedHostConfiguration) {
        self.init(
            nameServers: received.domainNameServers, searchDomain: received.domainNameSuffix.flatMap { DomainName($0) })
    }
}
