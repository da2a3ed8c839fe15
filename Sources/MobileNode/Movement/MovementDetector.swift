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
    /// RFC 1256 §5.1: so many at a second's distance, then ever fewer (RFC 5944 §2.4).
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
        var actions: [Action] = []
        if source == current {
            if outcome == .restarted { actions.append(.registerAgain) }
        } else if let new = attachment(through: agent), isBetter(new) {
            actions.append(attach(to: new, through: agent))
        }
        if source == current, let challenge = agent.advertisement.challenge { actions.append(.challenge(challenge)) }
        return actions
    }

    /// Does what is due: solicits, gives up agents that are heard no more, turns to an address of its own.
    public mutating func advance(to now: Moment) -> [Action] {
        var actions: [Action] = []
        let lost = agents.advance(to: now)
        if let current, lost.contains(where: { $0.address == current }) {
            self.current = nil
            attachment = nil
            let others = agents.all.sorted { $0.heard > $1.heard }
            if let agent = others.first(where: canAttach), let new = attachment(through: agent) {
                actions.append(attach(to: new, through: agent))
            } else {
                actions.append(.detach)
                search(at: now)
            }
        }
        if attachment == nil, let coLocated, let searchingSince, now.uptime >= searchingSince + coLocatedDelay {
            actions.append(attach(to: .coLocated(coLocated), through: nil))
        }
        if let due = nextSolicitation, due <= now.uptime {
            solicitations += 1
            let doublings = min(max(0, solicitations - Self.promptSolicitations), 6)
            nextSolicitation = now.uptime + min(Self.longestSilence, Self.second << doublings)
            actions.append(.solicit)
        }
        return actions
    }

    // MARK: - Inside

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

    private func canAttach(through agent: HeardAgent) -> Bool { attachment(through: agent) != nil }

    /// How the node would attach through this agent; nil when it cannot.
    private func attachment(through agent: HeardAgent) -> NetworkAttachment? {
        let flags = agent.mobility.flags
        let isAtHome =
            agent.address == configuration.homeAgent
            || flags.contains(.homeAgent) && configuration.homeNetwork?.contains(agent.address) == true
        if isAtHome { return .home }
        guard flags.contains(.foreignAgent), !flags.contains(.busy), let careOf = agent.mobility.careOfAddresses.first
        else { return nil }
        let endpoint = TransportEndpoint(agent.address, port: configuration.foreignAgentPort)
        if let coLocated, flags.contains(.registrationRequired) { return .coLocated(coLocated, foreignAgent: endpoint) }
        return .foreignAgent(endpoint, careOfAddress: careOf)
    }

    /// Whether to leave what the node has for this: home always, another agent when the node is eager.
    private func isBetter(_ new: NetworkAttachment) -> Bool {
        guard let attachment else { return true }
        if attachment == .home { return false }
        return new == .home || configuration.isEager
    }
}
