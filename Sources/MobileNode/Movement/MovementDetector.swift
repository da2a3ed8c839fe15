public import AgentModel
public import MobileIPv4

/// Finds out where a mobile node is: solicits, listens, and says to which network to attach (RFC 5944 §2.4).
///
/// A pure state machine: it sends and configures nothing itself. Calls return what to do, in order.
public struct MovementDetector: Sendable {
    /// What tells home from elsewhere, and how eager the node is.
    public struct Configuration: Sendable {
        /// The home agent's address; hearing it means home.
        public var homeAgent: IPv4Address
        /// The home network; a home agent heard from inside of it means home as well. Nil for a home network without a link.
        public var homeNetwork: IPv4Prefix?
        /// UDP port of foreign agents.
        public var foreignAgentPort = TransportEndpoint.registrationPort
        /// Whether the node moves to a foreign agent as soon as it hears a new one; otherwise it stays while the old one is heard.
        public var isEager = true
        /// Milliseconds without an agent after which a care-of address of the node's own is used.
        public var coLocatedDelay: Int64 = 1000

        public init(homeAgent: IPv4Address, homeNetwork: IPv4Prefix?) {
            self.homeAgent = homeAgent
            self.homeNetwork = homeNetwork
        }
    }

    /// Something to do.
    public enum Action: Hashable, Sendable {
        /// Send an agent solicitation.
        case solicit
        /// Attach to this network, through this agent when there is one.
        case attach(NetworkAttachment, HeardAgent?)
        /// The agent in use started anew and knows nothing of the node: register again.
        case registerAgain
        /// The agent in use handed out this challenge (RFC 4721).
        case challenge([UInt8])
        /// There is nowhere to attach to.
        case detach
    }

    /// The agents heard on the link as it is now.
    public private(set) var agents = AgentList()
    /// Where the node was last told to attach; nil for nowhere.
    public private(set) var attachment: NetworkAttachment?
    private let configuration: Configuration
    /// The agent it is attached through.
    private var current: IPv4Address?
    private var coLocated: IPv4Address?
    private var nextSolicitation: Int64?
    private var solicitations = 0
    private var searchingSince: Int64?

    private static let second: Int64 = 1_000_000_000
    /// RFC 5944 §2.4: so many at a second's distance, then each interval twice as long as the one before.
    private static let promptSolicitations = 3
    private static let longestSilence: Int64 = 60 * second

    public init(configuration: Configuration) { self.configuration = configuration }

    /// When `advance` is due, in nanoseconds of uptime; nil while there is nothing to wait for.
    public var nextDeadline: Int64? {
        let patience = coLocated == nil || attachment != nil ? nil : searchingSince.map { $0 + coLocatedDelay }
        return [nextSolicitation, agents.nextDeadline, patience].compactMap { $0 }.min()
    }

    private var coLocatedDelay: Int64 { configuration.coLocatedDelay * 1_000_000 }

    // MARK: - What happens

    /// The link came up, at the start or after a move: whoever was heard before is gone, and the node asks who is there.
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

    /// The node has, or has no longer, an address of the link that it can use as care-of address.
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

    /// Takes an ICMP message that arrived from `source`.
    public mutating func receive(_ message: RawSpan, from source: IPv4Address, at now: Moment) -> [Action] {
        let outcome = agents.receive(message, from: source, at: now)
        guard outcome != .ignored, let agent = agents[source] else { return [] }
        // A lifetime of 0 is a farewell (RFC 1256 §4.1).
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

    /// Does what is due: solicits, gives up agents that are heard no more, turns to an address of its own.
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

    /// Turns to another agent that is heard, since the one in use takes no registration; nothing when there is no other.
    public mutating func tryAnother() -> [Action] {
        guard attachment != .home else { return [] }
        return another().map { [attach(to: $0.attachment, through: $0.agent)] } ?? []
    }

    // MARK: - Inside

    /// Does what the agent in use asks for by what it now says of itself.
    private mutating func follow(_ agent: HeardAgent, restarted: Bool, at now: Moment) -> [Action] {
        if isStillServed(by: agent) { return restarted ? [.registerAgain] : [] }
        guard let new = attachment(through: agent) else { return [leave(at: now)] }
        return [attach(to: new, through: agent)]
    }

    /// Whether the agent in use still offers what the node has registered with. A busy one serves those that it has.
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

    /// Turns away from the agent in use: to the one heard last that can be used, else to nowhere.
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
            // Heard: there is no need to ask. A node on its own goes on asking, ever less often.
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
        agent.address == configuration.homeAgent
            || agent.mobility.flags.contains(.homeAgent) && configuration.homeNetwork?.contains(agent.address) == true
    }

    /// Whether to leave what the node has for this: home always. An eager node takes any foreign agent rather than none, and one that it
    /// hears for the first time; among those that it knows it stays, or two agents of one link would have it go back and forth.
    private func isBetter(_ new: NetworkAttachment, _ agent: HeardAgent, isNew: Bool) -> Bool {
        guard let attachment else { return true }
        if attachment == .home || new == .home { return attachment != .home }
        if current == nil { return configuration.isEager || agent.mobility.flags.contains(.registrationRequired) }
        return configuration.isEager && isNew
    }
}
