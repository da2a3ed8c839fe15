public import AgentModel
public import MobileIPv4

/// A mobile node's registration as a state machine (RFC 5944 §3.6): time and datagrams go in, requests and outcomes come out.
///
/// It has a single owner, which passes times that never decrease. No input makes it trap.
public struct MobileNode {
    /// The state of the registration.
    public enum State: Hashable, Sendable {
        /// Nothing is in progress.
        case idle
        /// A registration request is pending.
        case registering
        /// Registered until this uptime in nanoseconds; nil for no end.
        case registered(until: Int64?)
        /// Denied or abandoned.
        case failed(Outcome)
        /// A deregistration request is pending.
        case deregistering
        /// Deregistered.
        case deregistered
    }

    /// The outcome of a request.
    public enum Outcome: Hashable, Sendable {
        /// Accepted, with the lifetime granted in seconds.
        case accepted(ReplyCode, lifetime: UInt16)
        /// Denied by an agent, or accepted by the home agent and refused by the foreign agent (RFC 4636), with the code of either.
        case denied(ReplyCode)
        /// Only replies that could not be authenticated arrived, the last one with this code.
        case unauthenticated(ReplyCode)
        /// No reply arrived in time.
        case unanswered
        /// The home agent has revoked the registration (RFC 3543).
        case revoked
    }

    /// The node's configuration, updated with what it learned: an assigned home address, a discovered home agent, the agent it moved to.
    public internal(set) var configuration: MobileNodeConfiguration
    /// The state of the registration.
    public internal(set) var state = State.idle
    /// All counts since the start.
    public internal(set) var counters = MobileNodeCounters()
    /// When the pending request, or else the last one, was first sent.
    public private(set) var firstSent: Int64 = 0
    /// Where the node was last attached; nil until it is attached for the first time.
    public internal(set) var attachment: NetworkAttachment?
    /// True while no agent is heard and there is no address to register with.
    public internal(set) var isDetached = false
    /// False while the owner does not allow it to register.
    public internal(set) var isEnabled = true
    /// When a failed registration is tried again.
    public internal(set) var retry = RegistrationRetry()
    /// The tunnel that the current registration requires of the node; nil for none. A tunnel to a co-located care-of address is kept until
    /// the next such registration is accepted.
    public internal(set) var tunnel: NodeTunnel?

    var pending: SentRequest?
    /// The request of the current registration.
    var accepted: SentRequest?
    /// Until when requests that were never answered may have made a binding.
    var perhapsBoundUntil: Int64 = 0
    var renewAt: Int64?
    /// The longest lifetime that the agent in use accepts, in seconds (RFC 5944 §3.6.1.1).
    var longestLifetime: UInt16 = .max
    /// Seconds to add to the wall clock to get the home agent's clock (learned from code 133 since the wall clock was last set).
    var clockOffset: Double = 0
    /// The home agent's nonce for the next request.
    var nonce: UInt32 = 0
    /// The last timestamp sent since the clock was last set, or a denial showed the home agent's; 0 before the first.
    var lastIdentification = Identification(rawValue: 0)
    var challenges = ChallengeMemory()
    var security = NodeSecurity()
    var revocations = RevocationMemory()
    var messages = MessageMemory()
    var refusals = RefusalMemory()
    var notifications = NotificationState()
    var search: HomeAgentSearching
    var identities = HomeIdentities()
    /// What the home agent gave for the current registration, whether or not the node uses it.
    var receivedHostConfiguration: NodeHostConfiguration?
    /// The service that the home agent has refused; nil for none.
    var refusedService: ServiceIdentifier?
    /// The number of the latest exchange, a revocation or a notification.
    private var exchangeNumber: UInt32 = 0
    /// The reverse tunnel currently requested.
    var reverseTunnel: ReverseTunnel
    /// What has already been tried to turn a denial into an acceptance.
    var remedies = Remedies()
    /// The home address as configured.
    let configuredHomeAddress: IPv4Address
    /// True for a node that started without a home address.
    var isAddressAssigned: Bool { configuredHomeAddress == .zero }

    static let second: Int64 = 1_000_000_000
    /// RFC 5944 §3.6.3: at least one second between requests, growing exponentially.
    private static let longestWait: Int64 = 32 * second

    /// Creates a node that has not registered yet.
    public init(configuration: MobileNodeConfiguration) {
        self.configuration = configuration
        configuredHomeAddress = configuration.homeAddress
        search = HomeAgentSearching(homeAgent: configuration.homeAgent.address)
        reverseTunnel = configuration.wantedReverseTunnel
    }

    /// Sets the other home agents that the node knows, in addition to the one it registers with (`mnHATable`).
    public mutating func setOtherHomeAgents(_ addresses: [IPv4Address]) { configuration.otherHomeAgents = addresses }

    /// When `advance` is due, in nanoseconds of uptime; nil while there is nothing to wait for.
    public var nextDeadline: Int64? {
        (pending?.deadline ?? renewAt).earlier(or: accepted?.expires).earlier(or: featureDeadline)
    }

    /// Whether there is a current registration away from home.
    public var isRegistered: Bool { accepted != nil }

    /// Whether the home agent may hold a binding: one that it has granted, or one that was requested and never answered credibly.
    public func mayBeBound(at now: Moment) -> Bool {
        accepted.map { $0.isValid(at: now) } == true || perhapsBoundUntil > now.uptime
            || pending.map { $0.lifetime > 0 } == true
    }

    /// The number of a new exchange, counted from 1.
    mutating func takeExchangeNumber() -> UInt32 {
        exchangeNumber &+= 1
        return exchangeNumber
    }

    /// Where requests are sent.
    public var destination: TransportEndpoint { configuration.foreignAgent ?? homeAgentEndpoint }

    /// Begins to register; returns the request to send. A service that was refused is requested again.
    public mutating func register(at now: Moment, random: inout some RandomNumberGenerator) -> [UInt8] {
        state = .registering
        remedies = Remedies()
        refusedService = nil
        seekHomeAgent(at: now)
        reverseTunnel = configuration.wantedReverseTunnel
        return begin(lifetime: max(1, configuration.lifetime), at: now, random: &random)
    }

    /// Begins to deregister; returns the request to send, nil when there is nothing to deregister.
    public mutating func deregister(at now: Moment, random: inout some RandomNumberGenerator) -> [UInt8]? {
        guard mayBeBound(at: now) else {
            pending = nil
            renewAt = nil
            if state == .registering { state = .deregistered }
            return nil
        }
        return beginDeregistration(at: now, random: &random)
    }

    mutating func beginDeregistration(at now: Moment, random: inout some RandomNumberGenerator) -> [UInt8] {
        state = .deregistering
        remedies = Remedies()
        return begin(lifetime: 0, at: now, random: &random)
    }

    /// Retransmits, renews or gives up, whichever is due; returns a request to send.
    public mutating func advance(to now: Moment, random: inout some RandomNumberGenerator) -> [UInt8]? {
        expire(at: now)
        if var waiting = pending, waiting.deadline <= now.uptime {
            if let doubtful = waiting.doubtful {
                believe(doubtful, at: now)
                return nil
            }
            if waiting.tries >= tries(of: waiting) || waiting.isWithdrawal {
                if let request = requestAfterSilence(waiting, at: now, random: &random) { return request }
                abandon()
                finish(waiting.unauthenticated.map(Outcome.unauthenticated) ?? .unanswered)
                return nil
            }
            waiting.tries += 1
            // With nonces a retransmission keeps its identification; with timestamps each request has its own (RFC 5944 §5.7).
            if configuration.replayMethod == .timestamps {
                waiting.identification = makeIdentification(at: now, random: &random)
            }
            waiting.revocationOffer = makeRevocationOffer(lifetime: waiting.lifetime, at: now)
            waiting.sent = now.uptime
            waiting.deadline = now.uptime + min(Self.second << min(waiting.tries - 1, 5), Self.longestWait)
            pending = waiting
            return makeRequest(waiting)
        }
        if let due = renewAt, due <= now.uptime {
            renewAt = nil
            remedies = Remedies()
            return begin(lifetime: max(1, configuration.lifetime), at: now, random: &random)
        }
        return advanceFeatures(to: now, random: &random)
    }

    /// Takes the challenge from an advertisement of the agent that the node registers through (RFC 4721 §3.1).
    public mutating func hear(challenge: [UInt8]) { challenges.hear(Challenge(challenge)) }

    /// Ends a registration that was not renewed in time.
    mutating func expire(at now: Moment) {
        guard let accepted, !accepted.isValid(at: now) else { return }
        endFeatures(at: now)
        self.accepted = nil
        tunnel = nil
        if case .registered = state { state = pending == nil && renewAt == nil ? .failed(.unanswered) : .registering }
    }

    /// Stops waiting for an answer to the pending request, which may have made a binding nevertheless.
    mutating func abandon() {
        refusals.beginRequest()
        guard let abandoned = pending else { return }
        pending = nil
        if abandoned.lifetime > 0 { perhapsBoundUntil = max(perhapsBoundUntil, abandoned.expires ?? .max) }
    }

    mutating func begin(lifetime: UInt16, at now: Moment, random: inout some RandomNumberGenerator) -> [UInt8] {
        abandon()
        renewAt = nil
        firstSent = now.uptime
        var new = SentRequest(
            destination: destination, homeAgent: configuration.homeAgent.address, careOfAddress: configuration.careOfAddress,
            flags: configuration.flags(asking: reverseTunnel), reverseTunnel: reverseTunnel,
            isCoLocated: configuration.flags.contains(.decapsulationByMN),
            lifetime: lifetime == 0 ? 0 : max(1, min(lifetime, longestLifetime)),
            identification: makeIdentification(at: now, random: &random), challenge: takeChallenge(), sent: now.uptime,
            deadline: now.uptime + Self.second)
        new.revocationOffer = makeRevocationOffer(lifetime: new.lifetime, at: now)
        new.wishes = makeWishes(lifetime: new.lifetime)
        pending = new
        return makeRequest(new)
    }

    mutating func end(_ outcome: Outcome) -> Outcome {
        pending = nil
        finish(outcome)
        return outcome
    }

    private mutating func finish(_ outcome: Outcome) {
        renewAt = nil
        if state != .deregistering { endSearch(outcome) }
        state = state == .deregistering ? .deregistered : .failed(outcome)
    }
}
