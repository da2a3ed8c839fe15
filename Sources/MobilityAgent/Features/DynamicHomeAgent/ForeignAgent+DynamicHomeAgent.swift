import AgentModel
import MobileIPv4

/// The home agent to which a request is relayed (RFC 4433 §5.2). The request itself stays as the node has signed it: its Home Agent field
/// and the requested home agent (139) are never changed.
extension ForeignAgent {
    /// Counts requests for any home agent, and those that name the one to which they are to be relayed.
    mutating func countDynamic(_ visiting: VisitingRequest) {
        if visiting.request.isForAnyHomeAgent { counters.dynamicRequests += 1 }
        if visiting.requestedHomeAgent != nil { counters.dynamicRequestsWithHomeAgent += 1 }
    }

    /// The destination of a request, which is never this agent itself: the home agent that the node names for it, else that of the Home
    /// Agent field, else the one that the configuration has for the node.
    ///
    /// 90 if the node names one to which nothing can be relayed, or if there is no other for it; 116 for such a Home Agent field.
    func homeAgent(for visiting: VisitingRequest) throws(Refusal) -> TransportEndpoint {
        if let requested = visiting.requestedHomeAgent {
            guard requested.isHost, let destination = endpoint(of: requested) else {
                throw .deny(.faNonZeroHomeAgentAddressRequired)
            }
            return destination
        }
        if visiting.request.isForAnyHomeAgent {
            guard let assigned = assignedHomeAgent(identity: visiting.homeAgentIdentity, nai: visiting.nai),
                let destination = endpoint(of: assigned)
            else { throw .deny(.faNonZeroHomeAgentAddressRequired) }
            return destination
        }
        guard let destination = endpoint(of: visiting.request.homeAgent) else { throw .deny(.faInvalidHomeAgentAddress) }
        return destination
    }

    /// The endpoint of a home agent; nil for an address that none can have, or that is this agent's own.
    private func endpoint(of address: IPv4Address) -> TransportEndpoint? {
        let destination = TransportEndpoint(address, port: configuration.homeAgentPort)
        guard address.isUnicast, !addresses.contains(address) || homeAgentEndpoints.contains(destination),
            !configuration.endpoints.contains(destination)
        else { return nil }
        return destination
    }

    /// The home agent that the configuration has for a node which leaves the choice open; nil without one.
    ///
    /// - Parameter identity: that of the home agent that the node wants.
    func assignedHomeAgent(identity: NetworkAccessIdentifier?, nai: NetworkAccessIdentifier?) -> IPv4Address? {
        if let identity, let known = configuration.homeAgentsByIdentity[identity] { return known }
        if !configuration.homeAgentsByRealm.isEmpty, let nai, let realm = Realm(of: nai),
            let addresses = configuration.homeAgentsByRealm[realm], !addresses.isEmpty
        {
            return addresses[Int(nai.stableHash % UInt64(addresses.count))]
        }
        return configuration.defaultHomeAgent
    }
}

extension RegistrationRequest {
    /// True when the node leaves the choice of its home agent open (RFC 4433 §1, ALL-ZERO-ONE-ADDR).
    var isForAnyHomeAgent: Bool { homeAgent.isAnyHomeAgent }
}

extension IPv4Address {
    /// True for an address of this host that no other host can reach.
    var isOfLoopback: Bool { rawValue >> 24 == 127 }
}
