public import AgentModel
public import MobileIPv4

/// Determines where a mobile node is: solicits, listens, and reports which network to attach to (RFC 5944 §2.4).
///
/// A pure state machine: it sends and configures nothing itself. Calls return the actions to perform, in order.
public struct MovementDetector: Sendable {
    /// What distinguishes home from other networks, and how eager the node is.
    public struct Configuration: Sendable {
        /// The home agent's address; hearing it means that the node is at home. 0.0.0.0 or 255.255.255.255 for a node that
        /// registers with any: it is at home only in its home network.
        public var homeAgent: IPv4Address
        /// The home network; hearing a home agent inside it also means that the node is at home. Nil for a home network without a link.
        public var homeNetwork: IPv4Prefix?
        /// UDP port of foreign agents.
        public var foreignAgentPort = TransportEndpoint.registrationPort
        /// Whether the node moves to a foreign agent as soon as it hears a new one; otherwise it stays as long as it hears the old one.
        public var isEager = true
        /// Milliseconds without an agent after which the node uses a co-located care-of address.
        public var coLocatedDelay: Int64 = 1000

        public init(homeAgent: IPv4Address, homeNetwork: IPv4Prefix?) {
            self.homeAgent = homeAgent
            self.homeNetwork = homeNetwork
        }
    }

    /// An action to perform.
    public enum Action: Hashable, Sendable {
        /// Send an agent solicitation.
        case solicit
        /// Attach to this network, through this agent if one is given.
        case attach(NetworkAttachment, HeardAgent?)
        /// The agent in use restarted or has revoked the registration, and has no record of the node: register again.
        case registerAgain
        /// The agent in use issued this challenge (RFC 4721).
        case challenge([UInt8])
        /// There is no network to attach to.
        case detach
    }

    /// The agents heard on the current link.
    public private(set) var agents = AgentList()
    /// The network that the latest action attaches the node to; nil for none.
    public private(set) var attachment: NetworkAttachment?
    /// The home agent of the current registration, for a node that registers with any; nil without one. Only that one then shows
    /// that the node is at home: at the others, there is nothing to deregister.
    public var anchor: IPv4Address?
    private let configuration: Configuration
    /// The agent that it is attached through.
    private var current: IPv4Address?
    private var coLocated: IPv4Address?
    private var nextSolicitation: Int64?
    private var solicitations = 0
    private var searchingSince: Int64?

    private static let second: Int64 = 1_000_000_000
    /// RFC 5944 §2.4: this many solicitations one second apart, then each interval is twice the previous one.
    private static let promptSolicitations = 3
    private static let longestSilence: Int64 = 60 * second

    public init(configuration: Configuration) { self.configuration = configuration }

    /// When `advance` is due, in nanoseconds of uptime; nil while there is nothing to wait for.
    public var nextDeadline: Int64? {
        let patience = coLocated == nil || attachment != nil ? nil : searchingSince.map { $0 + coLocatedDelay }
        return [nextSolicitation, agents.nextDeadline, patience].compactMap { $0 }.min()
    }

    private var coLocatedDelay: Int64 { configuration.coLocatedDelay * 1_000_000 }

    // MARK: - Events

    /// The link came up, at the start or after a move: forgets all agents heard before and solicits.
    public mutating func linkUp(at now: Moment) -> [Action] {
        let actions = linkDown()
        search(at: now)
        return actions + advance(to: now)
    }

    /// The link went down: nothing can be sent until it is up again.
    public mutating func linkDown() -> [Action] {
        agents.forgetAll()
        nextSolicitation = nil
        searchingSince = nil
        current = nil
        guard attachment != nil else { return [] }
        attachment = nil
        return [.detach]
    }

    /// The node has gained or lost an address of the link that it can use as a care-of address.
    public mutating func setCoLocatedAddress(_ address: IPv4Address?, at now: Moment) -> [Action] {
        guard address != coLocated else { return [] }
        let old = coLocated
        coLocated = address
        guard case .coLocated(let used, _) = attachment, used == old else { return advance(to: now) }
        attachment = nil
        current = nil
        search(at: now)
        return [.detach] + advance(to: now)
    }

    /// Processes an ICMP message that arrived from `source`.
    public mutating func receive(
        _ message: RawSpan, from source: IPv4Address, arrival: AdvertisementArrival = AdvertisementArrival(), at now: Moment
    ) -> [Action] {
        let outcome = agents.receive(message, from: source, arrival: arrival, at: now)
        guard outcome != .ignored, let agent = agents[source] else { return [] }
        // A lifetime of 0 announces that the agent leaves (RFC 1256 §4.1).
        guard agent.expires > now.uptime else { return advance(to: now) }
        var actions: [Action] = []
        if source == current {
            actions = follow(agent, restarted: outcome == .restarted, at: now)
        } else if let new = attachment(through: agent), isBetter(new, agent, isNew: outcome == .discovered) {
            actions.append(attach(to: new, through: agent))
        }
        if source == current, let challenge = agent.advertisement.challenge { actions.append(.challenge(challenge)) }
        return actions
    }

    /// Does what is due: solicits, drops agents that are no longer heard, and switches to an address of its own.
    public mutating func advance(to now: Moment) -> [Action] {
        var actions: [Action] = []
        _ = agents.advance(to: now)
        if let current, agents[current] == nil { actions.append(leave(at: now)) }
        if attachment == nil, let coLocated, let searchingSince, now.uptime >= searchingSince + coLocatedDelay {
            actions.append(attach(to: .coLocated(coLocated), through: nil))
        }
        if let due = nextSolicitation, due <= now.uptime {
            solicitations += 1
            let doublings = min(max(0, solicitations + 1 - Self.promptSolicitations), 6)
            nextSolicitation = now.uptime + min(Self.longestSilence, Self.second << doublings)
            actions.append(.solicit)
        }
        return actions
    }

    /// Switches to another agent that is heard because the one in use accepts no registration; does nothing when there is no other.
    public mutating func tryAnother() -> [Action] {
        guard attachment != .home else { return [] }
        return another().map { [attach(to: $0.attachment, through: $0.agent)] } ?? []
    }

    // MARK: - Internals

    /// Does what the latest advertisement of the agent in use requires.
    private mutating func follow(_ agent: HeardAgent, restarted: Bool, at now: Moment) -> [Action] {
        if isStillServed(by: agent) { return restarted ? [.registerAgain] : [] }
        guard let new = attachment(through: agent) else { return [leave(at: now)] }
        return [attach(to: new, through: agent)]
    }

    /// Whether the agent in use still offers what the node registered with. A busy agent continues to serve its existing visitors.
    private func isStillServed(by agent: HeardAgent) -> Bool {
        switch attachment {
        case .home: isHome(agent)
        case .foreignAgent(_, let careOfAddress):
            !isHome(agent) && agent.mobility.flags.contains(.foreignAgent)
                && agent.mobility.careOfAddresses.contains(careOfAddress)
        case .coLocated: !isHome(agent) && agent.mobility.flags.contains(.foreignAgent)
        case nil: false
        }
    }

    /// Leaves the agent in use: attaches through the usable agent heard last, or detaches.
    private mutating func leave(at now: Moment) -> Action {
        let other = another()
        current = nil
        attachment = nil
        if let other { return attach(to: other.attachment, through: other.agent) }
        search(at: now)
        return .detach
    }

    private func another() -> (agent: HeardAgent, attachment: NetworkAttachment)? {
        agents.all.sorted { $0.heard > $1.heard }.lazy.filter { $0.address != current }
            .compactMap { agent in attachment(through: agent).map { (agent, $0) } }.first
    }

    private mutating func search(at now: Moment) {
        searchingSince = now.uptime
        nextSolicitation = now.uptime
        solicitations = 0
    }

    private mutating func attach(to new: NetworkAttachment, through agent: HeardAgent?) -> Action {
        attachment = new
        current = agent?.address
        if agent != nil {
            // An agent is heard, so there is no need to solicit. Without an agent, the node continues to solicit at growing intervals.
            nextSolicitation = nil
            searchingSince = nil
        }
        return .attach(new, agent)
    }

    /// How the node would attach through this agent; nil when it cannot.
    private func attachment(through agent: HeardAgent) -> NetworkAttachment? {
        let flags = agent.mobility.flags
        if isHome(agent) { return .home }
        guard flags.contains(.foreignAgent), !flags.contains(.busy), let careOf = agent.mobility.careOfAddresses.first
        else { return nil }
        let endpoint = TransportEndpoint(agent.address, port: configuration.foreignAgentPort)
        if let coLocated, flags.contains(.registrationRequired) { return .coLocated(coLocated, foreignAgent: endpoint) }
        return .foreignAgent(endpoint, careOfAddress: careOf)
    }

    private func isHome(_ agent: HeardAgent) -> Bool {
        let isInHomeNetwork =
            agent.mobility.flags.contains(.homeAgent) && configuration.homeNetwork?.contains(agent.address) == true
        guard configuration.homeAgent.isAnyHomeAgent else { return agent.address == configuration.homeAgent || isInHomeNetwork }
        return isInHomeNetwork && (anchor == nil || anchor == agent.address)
    }

    /// Whether to give up the current attachment for this one. Home always wins. An eager node prefers any foreign agent to none, and a
    /// foreign agent that it hears for the first time to the current one. It does not switch between agents it already knows, as it would
    /// alternate between two agents on the same link.
    private func isBetter(_ new: NetworkAttachment, _ agent: HeardAgent, isNew: Bool) -> Bool {
        guard let attachment else { return true }
        if attachment == .home || new == .home { return attachment != .home }
        if current == nil { return configuration.isEager || agent.mobility.flags.contains(.registrationRequired) }
        return configuration.isEager && isNew
    }
}
