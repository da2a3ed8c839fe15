public import AgentModel
public import MobileIPv4

/// An agent that a mobile node has heard and may still use (`mnFATable`, `mnRecentAdvReceived`).
public struct HeardAgent: Hashable, Sendable {
    /// IP source address of its advertisements (`mnFAAddress`).
    public let address: IPv4Address
    /// Its latest advertisement.
    public internal(set) var advertisement: AgentAdvertisement
    /// The Mobile IP part of that advertisement; every entry has one.
    public internal(set) var mobility: AgentAdvertisement.MobilityAgent
    /// Uptime in nanoseconds when it was last heard (`mnAdvTimeReceived`).
    public internal(set) var heard: Int64
    /// The Ethernet address that its latest advertisement came from, in the lower 48 bits; nil when unknown.
    public internal(set) var linkLayer: UInt64?
    /// The sequence number of its latest advertisement to everybody; nil before the first.
    var sequenceToAll: AdvertisementSequence?
    /// How often it was heard, up to `AgentList.established`.
    var timesHeard = 1

    /// Uptime at which the agent is considered lost unless it is heard again: the ICMP lifetime (RFC 5944 §2.4.2.1).
    public var expires: Int64 { heard + Int64(advertisement.lifetime) * 1_000_000_000 }
}

/// The agents that a mobile node hears: learns, refreshes and forgets them, detects restarts, and keeps counts (RFC 5944 §2.4).
public struct AgentList: Sendable {
    /// The result of receiving an ICMP message.
    public enum Outcome: Hashable, Sendable {
        /// An agent that was not known before.
        case discovered
        /// A known agent, unchanged.
        case refreshed
        /// A known agent whose sequence number shows that it restarted, or that it no longer serves this node: the node must register again.
        case restarted
        /// Malformed, not credible, or not an advertisement of a mobility agent: dropped, and counted where the MIB has a counter.
        case ignored
    }

    /// The node's counts, named as in MIP-MIB.
    public struct Counters: Hashable, Sendable {
        /// `mnAdvertisementsReceived`
        public var advertisementsReceived: UInt64 = 0
        /// `mnAdvsDroppedInvalidExtension`
        public var advertisementsDroppedInvalidExtension: UInt64 = 0
        /// `mnAdvsIgnoredUnknownExtension`
        public var advertisementsIgnoredUnknownExtension: UInt64 = 0
        /// `mnAgentRebootsDectected`
        public var agentRebootsDetected: UInt64 = 0

        public init() {}
    }

    /// The counts of advertisements.
    public private(set) var counters = Counters()
    /// The agent heard last (`mnRecentAdvReceived`).
    public private(set) var mostRecent: HeardAgent?
    private var agents: [IPv4Address: HeardAgent] = [:]

    /// Most agents remembered. A link with more agents than this is under attack: evicted is the one heard least often, and among several
    /// the one heard longest ago, so that agents that are really there stay.
    static let capacity = 64
    /// From this number of advertisements on, an agent counts as heard often.
    static let established = 3

    public init() {}

    /// Known agents in address order.
    public var all: [HeardAgent] { agents.values.sorted { $0.address < $1.address } }

    /// The entry of one agent.
    public subscript(address: IPv4Address) -> HeardAgent? { agents[address] }

    /// When the next agent is lost if it stays silent; nil when no agent is known.
    public var nextDeadline: Int64? { agents.values.lazy.map(\.expires).min() }

    /// Reads an ICMP message that arrived from `source`. One whose source cannot be the address of a host is ignored.
    public mutating func receive(
        _ message: RawSpan, from source: IPv4Address, arrival: AdvertisementArrival = AdvertisementArrival(), at now: Moment
    ) -> Outcome {
        guard source.isHost, arrival.isCredible(after: agents[source]) else { return .ignored }
        let advertisement: AgentAdvertisement
        do {
            advertisement = try AgentAdvertisement(decoding: message)
        } catch {
            switch error {
            case .malformedExtension, .unknownCriticalExtension:
                counters.advertisementsReceived += 1
                counters.advertisementsDroppedInvalidExtension += 1
            case .notAnAdvertisement, .badChecksum, .contradictoryFlags:
                break
            }
            return .ignored
        }
        guard let mobility = advertisement.mobilityAgent else { return .ignored }
        counters.advertisementsReceived += 1
        counters.advertisementsIgnoredUnknownExtension += UInt64(advertisement.skippedUnknown)
        return note(
            HeardAgent(
                address: source, advertisement: advertisement, mobility: mobility, heard: now.uptime,
                linkLayer: arrival.linkLayer ?? agents[source]?.linkLayer),
            isUnicast: arrival.isUnicast)
    }

    private mutating func note(_ agent: HeardAgent, isUnicast: Bool) -> Outcome {
        var agent = agent
        let known = agents[agent.address]
        agent.sequenceToAll = isUnicast ? known?.sequenceToAll : agent.mobility.sequence
        if let known { agent.timesHeard = min(known.timesHeard + 1, Self.established) }
        agents[agent.address] = agent
        mostRecent = agent
        guard let known else {
            if agents.count > Self.capacity { evict(except: agent.address) }
            return .discovered
        }
        guard Self.indicatesRestart(agent.mobility.sequence, after: known, isUnicast: isUnicast) else { return .refreshed }
        counters.agentRebootsDetected += 1
        return .restarted
    }

    /// An advertisement to this node alone with the first sequence number says that the agent has revoked its registration (RFC 3543 §4.1);
    /// the numbers of those to everybody go on meanwhile, and are compared only with each other.
    private static func indicatesRestart(
        _ sequence: AdvertisementSequence, after known: HeardAgent, isUnicast: Bool
    ) -> Bool {
        if isUnicast { return sequence == .first || sequence.indicatesRestart(after: known.mobility.sequence) }
        return sequence.indicatesRestart(after: known.sequenceToAll ?? known.mobility.sequence)
    }

    private mutating func evict(except newest: IPv4Address) {
        let least = agents.values.lazy.filter { $0.address != newest }
            .min { ($0.timesHeard, $0.heard) < ($1.timesHeard, $1.heard) }
        if let least { agents[least.address] = nil }
    }

    /// Forgets all agents because the link has changed. The counters continue.
    public mutating func forgetAll() { agents = [:] }

    /// Forgets the agents whose advertisements have expired and returns them.
    public mutating func advance(to now: Moment) -> [HeardAgent] {
        let lost = all.filter { $0.expires <= now.uptime }
        for agent in lost { agents[agent.address] = nil }
        return lost
    }
}
