import AgentModel
import MobileIPv4

/// A foreign agent: relays requests and replies and keeps the visitor list (RFC 5944 §3.7).
struct ForeignAgent {
    @Boxed var configuration: ForeignAgentConfiguration
    /// The addresses of this agent.
    var addresses: Set<IPv4Address>
    var careOfAddresses: Set<IPv4Address>
    /// The endpoints of the home agent in the same process.
    let homeAgentEndpoints: Set<TransportEndpoint>
    /// The home agents that the operator has named as destinations of requests for any home agent.
    let assignedHomeAgents: Set<IPv4Address>
    var mobileNodeAssociations: AssociationDirectory
    var homeAgentAssociations: AssociationDirectory
    let authenticationServer: AssociationDirectory
    /// The messages and extensions that it acts on.
    var understanding: RoleUnderstanding
    /// What it knows of vendors and experiments.
    var known: KnownExtensions
    /// Nil when requests need no challenge.
    var challenges: ChallengeBook?
    var table = VisitorTable()
    /// What this agent and home agents have agreed on about the revocation of visits.
    var revocationTerms = VisitorTermsTable()
    /// The visits that home agents have revoked.
    var revokedByPeers = EndedRegistrations()
    /// Texts in replies that anyone can cause.
    var repeatableTexts = PerSecondLimiter.messageStrings
    /// How far the agent has got with ending its visits; nil while it ends none.
    var withdrawal: Withdrawal?
    var denials = DenialLimiter()
    /// ICMP errors that deny a request, per second.
    var errors = PerSecondLimiter(limit: 100)
    /// ICMP errors that are looked up although they do not quote an identification, or one of several requests, per second.
    var lengthySearches = PerSecondLimiter(limit: 10)
    /// The home agents that have answered.
    var provenHomeAgents = ProvenHomeAgents()
    /// Limits what is relayed to other home agents.
    var unproven = UnprovenLimiter()
    @Boxed var counters = ForeignAgentCounters()
    /// True from the first refusal for lack of room until a tenth of the room is free.
    var isFull = false

    init(
        _ role: ForeignAgentConfiguration, in configuration: MobilityAgentConfiguration,
        _ associations: [ConfiguredSecurityAssociation]
    ) {
        var role = role
        role.settings = configuration.initialSettings
        self.configuration = role
        careOfAddresses = Set(role.careOfAddresses)
        addresses = careOfAddresses.union(role.endpoints.map(\.address))
        homeAgentEndpoints = Set(configuration.homeAgent?.endpoints ?? [])
        assignedHomeAgents = role.assignedHomeAgents
        mobileNodeAssociations = AssociationDirectory(
            associations, in: configuration, ownRole: .foreignAgent, peerRole: .mobileNode)
        homeAgentAssociations = AssociationDirectory(
            associations, in: configuration, ownRole: .foreignAgent, peerRole: .homeAgent)
        authenticationServer = AssociationDirectory(configuration.authenticationServerAssociations)
        understanding = Self.understanding(role)
        known = KnownExtensions(role)
        challenges = role.challenge.map { ChallengeBook($0, limit: Int(role.settings.limits.maximumVisitors)) }
    }

    func listens(on local: TransportEndpoint) -> Bool {
        configuration.endpoints.contains(local) || local == configuration.relayEndpoint
    }

    /// True when a new visitor would be refused. Requests that wait for a home agent do not count: anyone can cause them.
    var isBusy: Bool {
        configuration.settings.foreignAgent.busy || table.acceptedCount >= Int(configuration.settings.limits.maximumVisitors)
    }

    var visitors: SlotTable<VisitorEntry> { table.rows }
    var nextDeadline: Int64? { table.nextDeadline.earlier(or: featureDeadline) }

    mutating func advance(to now: Moment, shared: inout SharedAgentState, effects: inout AgentEffects) {
        let time = shared.time(now)
        advanceFeatures(to: now, &shared, &effects)
        for _ in 0..<MobilityAgent.advanceLimit {
            guard let slot = table.popTimedOut(now.uptime) else { break }
            guard let pending = table[slot].pending else { continue }
            counters.pendingTimeouts += 1
            send(.faRegistrationTimeout, to: pending, &shared, &effects)
            settle(pending, \.denied, &effects)
            endPending(slot, .timedOut, &effects)
            shared.alarm(
                Self.event(
                    .registrationTimedOut, pending, code: .faRegistrationTimeout, at: time,
                    "home agent \(pending.sentTo) did not answer the request of \(pending.mobileNode) within \(configuration.pendingTimeout) s"
                ),
                of: .registrationTimedOut, isKnown: pending.place == .visitor, at: now, effects: &effects)
        }
        for _ in 0..<MobilityAgent.advanceLimit {
            guard let slot = table.popExpired(now.uptime) else { break }
            let entry = table[slot]
            counters.visitorsExpired += 1
            endFeatures(slot, .expired, &effects)
            effects.changes.append(.visitorRemoved(entry.visitor.key, .expired))
            effects.changes.append(
                .event(
                    AgentEvent(
                        time: time, kind: .expired, role: .foreignAgent, homeAddress: entry.visitor.homeAddress,
                        nai: entry.visitor.nai, careOfAddress: entry.visitor.careOfAddress, homeAgent: entry.visitor.homeAgent,
                        message: "the visit of \(entry.visitor.homeAddress) expired")))
            if let pending = entry.pending {
                // A renewal is pending: what remains is a visitor that waits for its first acceptance.
                let wait = max(0, pending.deadline - now.uptime) / 1_000_000
                var visitor = Visitor(pending, created: time, expires: time.adding(milliseconds: wait))
                visitor.nai = entry.identity.nai
                table.update(slot, visitor, deadline: nil)
                effects.changes.append(.visitor(visitor))
            } else {
                table.remove(slot)
            }
        }
    }

    /// Counts the outcome of a pending request, once for each time it was sent, and publishes that it is no longer pending.
    mutating func settle(
        _ pending: PendingRequest, _ outcome: WritableKeyPath<RequestOutcomes, UInt64>, _ effects: inout AgentEffects
    ) {
        counters.outcomes[pending.kind][keyPath: outcome] += UInt64(pending.retransmissions) + 1
        effects.changes.append(.pendingRemoved(pending.key))
    }

    /// The kind of a request, given the current state.
    func kind(of visiting: VisitingRequest) -> RequestKind {
        if visiting.isDeregistration { return .deregistration }
        guard let slot = table.find(requestOf: visiting.identity) else { return .initial }
        let visitor = table[slot].visitor
        return visitor.state == .accepted && visitor.careOfAddress == visiting.request.careOfAddress ? .renewal : .initial
    }

    /// Forgets the pending request; a visitor that was never accepted is removed with it.
    mutating func endPending(_ slot: Int, _ reason: EndReason, _ effects: inout AgentEffects) {
        table.clearPending(slot)
        guard table[slot].visitor.state == .pending else { return }
        endFeatures(slot, reason, &effects)
        effects.changes.append(.visitorRemoved(table[slot].visitor.key, reason))
        table.remove(slot)
    }

    static func event(
        _ kind: AgentEventKind, _ pending: PendingRequest, code: ReplyCode? = nil, at time: Timestamp, _ message: String
    ) -> AgentEvent {
        AgentEvent(
            time: time, kind: kind, role: .foreignAgent,
            homeAddress: pending.request.homeAddress == .zero ? nil : pending.request.homeAddress, nai: pending.nai,
            careOfAddress: pending.request.careOfAddress, homeAgent: pending.homeAgent,
            sourceAddress: pending.source.address, code: code?.rawValue, message: message)
    }
}

extension PendingRequest {
    /// The mobile node as named in messages.
    var mobileNode: PeerIdentity { PeerIdentity(homeAddress: request.homeAddress, nai: nai, source: source) }
}
