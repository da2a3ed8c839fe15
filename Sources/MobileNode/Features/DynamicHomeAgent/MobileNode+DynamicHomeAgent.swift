public import AgentModel
public import MobileIPv4

/// Registration with any home agent (RFC 4433 §5.1). Once a home agent has accepted the node, the node renews and deregisters
/// there, and wherever it moves, until that registration ends.
extension MobileNode {
    /// Sets which services the node uses from its next request on. While `hostConfiguration` is off, what the home agent gave for
    /// the current registration is not used; it is again once that is turned on.
    public mutating func setDiscovery(_ policy: DiscoveryPolicy) { configuration.discovery = policy }

    /// Whether the node registers with any home agent: it is configured so, and takes part in the search for one.
    var isDynamic: Bool { search.anyHomeAgent != nil && configuration.discovery.dynamicHomeAgent }

    /// The home agent of the current registration, for a node that registers with any; nil without one.
    public var anchorHomeAgent: IPv4Address? { search.anyHomeAgent == nil ? nil : accepted?.homeAgent }

    /// Where requests go that no foreign agent relays.
    var homeAgentEndpoint: TransportEndpoint {
        guard isDynamic, configuration.homeAgent.address.isAnyHomeAgent, let requested = search.requested else {
            return configuration.homeAgent
        }
        return TransportEndpoint(requested, port: configuration.homeAgent.port)
    }

    /// The home agent that a new request asks for (139/1); nil for none.
    var requestedHomeAgent: IPv4Address? { isDynamic ? search.requested : nil }

    /// The search as a record; nil for a node whose configuration names its home agent.
    var homeAgentSearch: HomeAgentSearch? {
        guard isDynamic else { return nil }
        // A registration that has expired is given up when the next one begins.
        let state = search.isAnchored && accepted == nil ? .unanchored : search.state
        return HomeAgentSearch(
            state: state, homeAgent: state == .unanchored ? .zero : askedHomeAgent ?? .zero, source: search.source,
            redirects: search.redirects)
    }

    /// The home agent that the node addresses or asks for; nil if it leaves the choice to a foreign agent.
    private var askedHomeAgent: IPv4Address? {
        let current = configuration.homeAgent.address
        return current.isAnyHomeAgent ? search.requested : current
    }

    // MARK: - Requests

    /// Begins to search, unless the node is registered: then it stays with its home agent.
    mutating func seekHomeAgent(at now: Moment) {
        guard isDynamic else { return }
        expire(at: now)
        guard accepted == nil else { return }
        leaveHomeAgent()
        search.begin(
            hint: configuration.homeAgentHint.flatMap { configuration.allows($0) ? $0 : nil },
            substitute: configuration.fallbackHomeAgent, isDirect: configuration.foreignAgent == nil)
    }

    /// Appends the home agent that a request asks for (RFC 4433 §3.4.1).
    func requestHomeAgent(of request: SentRequest, _ octets: inout [UInt8]) {
        guard let address = request.wishes.homeAgent else { return }
        octets.append(extension: DynamicHomeAgent(purpose: .requested, address: address))
    }

    /// How often a request is sent before the node does something else.
    func tries(of request: SentRequest) -> Int {
        let isBrief = mayFallBack(from: request) && (search.state == .redirected || fallbackAfterSilence != nil)
        return isBrief ? min(HomeAgentSearching.triesBeforeFallback, configuration.tries) : configuration.tries
    }

    /// The request to a known home agent after requests for any were not answered; nil if there is none to send.
    mutating func requestAfterSilence(
        _ waiting: SentRequest, at now: Moment, random: inout some RandomNumberGenerator
    ) -> [UInt8]? {
        guard !waiting.isWithdrawal, mayFallBack(from: waiting) else { return nil }
        search.doubt(askedHomeAgent)
        guard let known = fallbackAfterSilence else { return nil }
        fallBack(to: known)
        return begin(lifetime: waiting.lifetime, at: now, random: &random)
    }

    // MARK: - Replies

    /// Whether an acceptance by this home agent is used.
    func mayAnchor(at homeAgent: IPv4Address) -> Bool { homeAgent.isHost && configuration.allows(homeAgent) }

    /// Whether a request was for any home agent, and the node takes part in the search for one.
    func isForAnyHomeAgent(_ request: SentRequest) -> Bool { isDynamic && request.homeAgent.isAnyHomeAgent }

    /// Takes the home agent and the home address of an acceptance: a wished address may have been replaced (RFC 4433 §5.1).
    ///
    /// - Parameter waiting: the request as it was sent, from which it depends what the acceptance may replace.
    mutating func anchor(at reply: RegistrationReply, answering waiting: SentRequest, _ registration: inout SentRequest) {
        guard isDynamic else { return }
        if isForAnyHomeAgent(waiting) { configuration.homeAddress = reply.homeAddress }
        configuration.homeAgent.address = reply.homeAgent
        search.anchor(at: reply.homeAgent, namesIdentity: registration.wishes.homeAgentIdentity != nil)
        registration.destination = destination
    }

    /// Forgets the home agent, and the home address that it has assigned, because the registration there has ended.
    mutating func leaveHomeAgent() {
        guard isDynamic, let anyHomeAgent = search.anyHomeAgent else { return }
        search.end()
        configuration.homeAgent.address = anyHomeAgent
        configuration.homeAddress = configuredHomeAddress
    }

    /// The node is at home and hears a home agent there. A node that knows none deregisters with this one: a foreign agent may
    /// have registered it there without a reply that reached the node. Call before `attach`.
    public mutating func meetHomeAgent(_ address: IPv4Address) {
        guard isDynamic, askedHomeAgent == nil, mayAnchor(at: address) else { return }
        configuration.homeAgent.address = address
    }

    /// A registration has failed.
    mutating func endSearch(_ outcome: Outcome) {
        switch outcome {
        case .unanswered, .unauthenticated: search.doubt(askedHomeAgent)
        case .denied(let code) where code.saysHomeAgentSilent: search.doubt(askedHomeAgent)
        case .denied(let code) where !search.isAnchored && !code.isDeniedByForeignAgent: search.doubt(askedHomeAgent)
        default: break
        }
        if !search.isAnchored { search.end() }
    }

    // MARK: - Remedies

    /// After 143, asks the home agent that the reply names (RFC 4433 §5.1).
    mutating func followRedirection(
        _ incoming: IncomingReply, _ waiting: SentRequest, in datagram: RawSpan, at now: Moment
    ) -> Bool {
        guard isDynamic, waiting.lifetime > 0, let other = incoming.redirection(in: datagram), other.isHost else {
            return false
        }
        guard configuration.allows(other), search.follow(from: incoming.reply.homeAgent, to: other) else {
            counters.redirectLoops += 1
            return false
        }
        counters.redirects += 1
        endAtHomeAgent(at: now)
        configuration.homeAgent.address = search.anyHomeAgent ?? .zero
        // What was remedied concerned the other home agent. The number of redirections is limited.
        remedies = Remedies()
        return true
    }

    /// After 129 or 136 by the home agent of the session, which has ended it: searches anew.
    mutating func seekAgain(_ waiting: SentRequest, at now: Moment) -> Bool {
        guard isDynamic, search.isAnchored, waiting.lifetime > 0 else { return false }
        endAtHomeAgent(at: now)
        seekHomeAgent(at: now)
        remedies = Remedies()
        return true
    }

    /// After 70 or 90 by a foreign agent: addresses a known home agent (RFC 4433 §10).
    mutating func fallBack(from waiting: SentRequest) -> Bool {
        guard mayFallBack(from: waiting), let known = fallback else { return false }
        fallBack(to: known)
        return true
    }

    /// After a foreign agent has reported that the home agent is not reached: addresses the fallback.
    mutating func turnAway(from waiting: SentRequest) -> Bool {
        guard mayFallBack(from: waiting) else { return false }
        let asked = askedHomeAgent
        search.doubt(asked)
        guard let known = fallbackAfterSilence, known != asked else { return false }
        fallBack(to: known)
        return true
    }

    private mutating func fallBack(to known: IPv4Address) {
        counters.dynamicFallbacks += 1
        search.fallBack(to: known)
        configuration.homeAgent.address = known
        remedies = Remedies()
    }

    private func mayFallBack(from waiting: SentRequest) -> Bool { isForAnyHomeAgent(waiting) && waiting.lifetime > 0 }

    /// The home agent to address if requests for any home agent fail.
    private var fallback: IPv4Address? { configuration.fallbackHomeAgent ?? search.requested }

    /// The one to address if they are not answered. A home agent that another one has named, and that is silent, is given up.
    private var fallbackAfterSilence: IPv4Address? {
        guard search.state == .redirected else { return fallback }
        return configuration.fallbackHomeAgent == search.requested ? nil : configuration.fallbackHomeAgent
    }

    /// Ends what the node had at its former home agent, which has ended it too.
    private mutating func endAtHomeAgent(at now: Moment) {
        if accepted != nil { endFeatures(at: now) }
        accepted = nil
        tunnel = nil
        state = .registering
        configuration.homeAddress = configuredHomeAddress
    }
}

extension MobileNodeConfiguration {
    /// Whether the node may register with this home agent.
    func allows(_ homeAgent: IPv4Address) -> Bool {
        allowedHomeAgents.isEmpty || allowedHomeAgents.contains { $0.contains(homeAgent) }
    }
}

extension ReplyCode {
    /// Whether a foreign agent reports with it that the home agent has not answered (RFC 5944 §3.4).
    var saysHomeAgentSilent: Bool {
        switch self {
        case .faRegistrationTimeout, .faHomeNetworkUnreachable, .faHomeAgentHostUnreachable, .faHomeAgentPortUnreachable,
            .faHomeAgentUnreachable:
            true
        default: false
        }
    }
}

extension IncomingReply {
    /// The home agent to which the replying one redirects the node; nil without one, or if nobody has signed it.
    func redirection(in datagram: RawSpan) -> IPv4Address? {
        let located = scan.first(
            .dynamicHomeAgent, subtype: DynamicHomeAgent.Purpose.redirected.rawValue, in: homeAgentPart)
        return located.flatMap { try? DynamicHomeAgent($0, in: datagram) }?.address
    }
}
