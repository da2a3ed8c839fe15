import AgentModel
import MobileIPv4

extension HomeAgentConfiguration {
    /// Whether requests for any home agent are served or redirected.
    var assignsHomeAgent: Bool { acceptsAnyHomeAgent && settings.discovery.dynamicHomeAgent }
}

/// Nodes that leave the choice of their home agent to the network (RFC 4433).
extension HomeAgent {
    /// Whether the home address of a request is only a wish, in place of which the node takes the one that it gets (RFC 4433 §1).
    func wishesAddress(_ incoming: IncomingRequest) -> Bool {
        incoming.request.isForAnyHomeAgent && configuration.assignsHomeAgent && !incoming.isDeregistration
    }

    /// Reads the requested home agent: 134 if it cannot be read or there are several.
    func readRequestedHomeAgent(_ datagram: RawSpan, _ incoming: inout IncomingRequest) throws(Refusal) {
        let part = incoming.scan.homePart
        guard let located = incoming.scan.first(.dynamicHomeAgent, in: part) else { return }
        guard incoming.scan.count(of: .dynamicHomeAgent, in: part) == 1,
            let requested = try? DynamicHomeAgent(located, in: datagram)
        else { throw .deny(.haPoorlyFormedRequest) }
        incoming.wishes.homeAgent = requested.address
    }

    /// Denials that must not cost the agent a home address: 143 for a node that another home agent is to serve, 129 for one that asks this
    /// agent itself while it is drained, and 151 for a service that the node may not use. They concern requests that are in sequence, and
    /// authentic ones of nodes that have yet to get their first nonce: anyone may have copied those, but a denial changes nothing.
    mutating func turnAway(
        _ datagram: RawSpan, _ incoming: inout IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) {
        guard incoming.isInSequence || incoming.isNewcomer, configuration.settings.enabled, !incoming.isDeregistration else {
            return
        }
        let isBound = incoming.node.map { nodes[$0].bindingCount > 0 } ?? false
        let isForAny = incoming.request.isForAnyHomeAgent
        let redirection = isForAny && !isBound ? redirection(of: incoming) : nil
        let isDrained = !isForAny && !isBound && drain != nil
        let isRefused = !permitsService(of: incoming)
        guard redirection != nil || isDrained || isRefused else { return }
        try checkForm(datagram, incoming)
        try checkForeignAgent(datagram, incoming, &shared, &effects)
        try checkHomeAgent(&incoming)
        if let redirection {
            if redirection.isForRoom { noteFull(incoming, &effects) }
            let other = choose(from: redirection.homeAgents, for: incoming.nai)
            throw redirect(&incoming, to: other)
        }
        if isDrained {
            if incoming.isInSequence, let text = drain?.order.text, !text.isEmpty { incoming.text = text }
            throw .deny(.haAdministrativelyProhibited)
        }
        throw refuseService(incoming, &shared, &effects)
    }

    /// The home agents of which one is to serve a node.
    private struct Redirection {
        var homeAgents: [IPv4Address]
        /// Whether this agent has no room for the node.
        var isForRoom = false
    }

    /// Where a node without a binding is sent; nil if it is to be served here.
    private func redirection(of incoming: IncomingRequest) -> Redirection? {
        guard configuration.assignsHomeAgent else { return nil }
        if let drain { return Redirection(homeAgents: drain.order.homeAgents) }
        let rule = configuration.redirects.first {
            $0.applies(to: incoming.request.careOfAddress, nai: incoming.nai, bindings: bindings.count)
        }
        if let rule { return rule.homeAgents.isEmpty ? nil : Redirection(homeAgents: rule.homeAgents) }
        let isAtLimit = bindings.count >= Int(configuration.settings.limits.maximumBindings)
        if isAtLimit, !configuration.redirectsWhenFull.isEmpty {
            return Redirection(homeAgents: configuration.redirectsWhenFull, isForRoom: true)
        }
        guard let identity = incoming.wishes.homeAgentIdentity, identity != configuration.identity,
            let other = configuration.homeAgentsByIdentity[identity], !addresses.contains(other)
        else { return nil }
        return Redirection(homeAgents: [other])
    }

    /// One of several home agents: always the same for a node with an identifier, else each in turn.
    private mutating func choose(from homeAgents: [IPv4Address], for nai: NetworkAccessIdentifier?) -> IPv4Address {
        if let nai { return homeAgents[Int(nai.stableHash % UInt64(homeAgents.count))] }
        redirectionTurn &+= 1
        return homeAgents[Int(redirectionTurn % UInt(homeAgents.count))]
    }

    private mutating func redirect(_ incoming: inout IncomingRequest, to homeAgent: IPv4Address) -> Refusal {
        incoming.redirection = homeAgent
        counters.redirects += 1
        drain?.redirected += 1
        return .deny(.haRedirected)
    }

    /// Names the home agent that the node is to ask instead, which the node's authenticator must cover (RFC 4433 §3.4.2).
    func appendRedirection(_ code: ReplyCode, _ incoming: IncomingRequest, _ payload: inout [UInt8]) {
        guard code == .haRedirected, let homeAgent = incoming.redirection else { return }
        payload.append(extension: DynamicHomeAgent(purpose: .redirected, address: homeAgent))
    }

    /// Appends what an operator says to the user of the node.
    mutating func appendOperatorText(_ text: String, _ payload: inout [UInt8]) {
        guard let message = MessageString(author: .homeAgent, clipping: text) else { return }
        payload.append(extension: message)
        counters.messageStringsSent += 1
    }
}
