import AgentModel
import MobileIPv4

/// What a request asks for besides a binding. Retransmissions ask for the same.
struct RegistrationWishes {
    /// The home agent that it asks for (RFC 4433); nil for none.
    var homeAgent: IPv4Address?
    /// The identity of the home agent (RFC 3846); nil for none.
    var homeAgentIdentity: NetworkAccessIdentifier?
    /// The identity of the AAA server of the home domain (RFC 3846); nil for none.
    var homeAAAIdentity: NetworkAccessIdentifier?
    /// The service (RFC 5446); nil for the home agent's default.
    var service: ServiceIdentifier?
    /// Whether it asks for host configuration (RFC 4332).
    var hostConfiguration = false
    /// Whether it may have experimental extensions, and its reply too (RFC 4064).
    var isExperimental = false
}

extension MobileNode {
    /// What a new request asks for. A deregistration has no use for host configuration.
    func makeWishes(lifetime: UInt16) -> RegistrationWishes {
        RegistrationWishes(
            homeAgent: requestedHomeAgent, homeAgentIdentity: presentedHomeAgentIdentity, homeAAAIdentity: identities.homeAAA,
            service: requestedService,
            hostConfiguration: configuration.asksForHostConfiguration && configuration.discovery.hostConfiguration
                && lifetime > 0,
            isExperimental: configuration.discovery.experimental)
    }
}
