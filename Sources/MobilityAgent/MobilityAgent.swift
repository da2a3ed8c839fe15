public import AgentModel
public import MobileIPv4

/// A home agent, a foreign agent, or both, as one state machine.
///
/// It performs no I/O and reads no clock: datagrams and the time go in, datagrams and changes come out in `AgentEffects`. It has a single
/// owner, which calls it from one place at a time and passes times that never decrease. No input makes it trap.
///
/// Every datagram has exactly one outcome: a reply, a relayed message, or one counted discard reason.
public struct MobilityAgent {
    /// The information that the agent reports about itself.
    public internal(set) var information: AgentInformation
    /// Increases whenever `counters` may have changed.
    public internal(set) var countersGeneration: UInt64 = 0
    let configuration: MobilityAgentConfiguration
    /// The current values of what an operator can change. Each role has a copy in its configuration; `put` keeps them the same.
    private(set) var settings: AgentSettings
    var shared: SharedAgentState
    var homeAgent: HomeAgent?
    var foreignAgent: ForeignAgent?
    /// The settings that an operator has changed while the agent ran.
    var written = WrittenSettings()
    /// When the agent's information last reported how far draining has got, in `Moment.uptime`.
    var drainPublished: Int64 = 0
    /// How often the wall clock was set while the agent ran.
    var clockStepCount: UInt64 = 0
    private var discards = DiscardCounts()
    private var datagramsReceived: UInt64 = 0

    /// - Parameters:
    /// - configuration: should have no `problems`; otherwise the agent serves what it can.
    /// - instance: distinguishes this start from all others.
    ///   - startTime: the wall clock when `Moment.uptime` is 0.
    /// - random: the source of nonces; must be unpredictable except in tests.
    public init(
        configuration: MobilityAgentConfiguration, instance: String, processID: Int32, startTime: Timestamp,
        random: any RandomNumberGenerator
    ) {
        self.configuration = configuration
        settings = configuration.initialSettings
        shared = SharedAgentState(configuration, startTime: startTime, random: random)
        let associations = shared.associations.enter(configuration.securityAssociations)
        homeAgent = configuration.homeAgent.map { HomeAgent($0, in: configuration, associations) }
        foreignAgent = configuration.foreignAgent.map { ForeignAgent($0, in: configuration, associations) }
        information = AgentInformation(configuration, instance: instance, processID: processID, startTime: startTime)
    }

    /// Processes a UDP payload that arrived at `local` from `source`.
    ///
    /// - Parameters:
    ///   - linkLayer: the sender's Ethernet address in the lower 48 bits, if it is on a link that is watched; nil when unknown.
    ///   - timeToLive: from the IP header, for the rule of RFC 3024 §4.2.1; nil when unknown, which satisfies the rule.
    public mutating func receive(
        _ datagram: RawSpan, from source: TransportEndpoint, linkLayer: UInt64? = nil, to local: TransportEndpoint,
        timeToLive: UInt8? = nil, at now: Moment, effects: inout AgentEffects
    ) {
        datagramsReceived += 1
        countersGeneration &+= 1
        guard !datagram.isEmpty else {
            discards[.malformed] += 1
            return
        }
        let type = MessageType(rawValue: datagram.octet(at: 0))
        if type == .registrationRequest {
            if isForHomeAgent(datagram, at: local) {
                homeAgent?.receive(datagram, from: source, to: local, at: now, shared: &shared, effects: &effects)
            } else if foreignAgent?.listens(on: local) == true {
                foreignAgent?.receiveRequest(
                    datagram, from: source, linkLayer: linkLayer, to: local, timeToLive: timeToLive, at: now, shared: &shared,
                    effects: &effects)
            } else {
                discards[.notServed] += 1
            }
        } else if type == .registrationReply {
            if foreignAgent?.listens(on: local) == true {
                foreignAgent?.receiveReply(datagram, from: source, at: now, shared: &shared, effects: &effects)
            } else {
                discards[.notServed] += 1
            }
        } else if type == .registrationRevocation, settings.signalling.revocation {
            receiveRevocation(datagram, from: source, to: local, at: now, &effects)
        } else if type == .revocationAcknowledgment, settings.signalling.revocation {
            receiveAcknowledgment(datagram, from: source, to: local, at: now, &effects)
        } else if type == .genericNotification, settings.signalling.notifications {
            receiveNotification(datagram, from: source, to: local, at: now, &effects)
        } else if type == .genericNotificationAcknowledgment, settings.signalling.notifications {
            receiveNotificationAcknowledgment(datagram, from: source, to: local, at: now, &effects)
        } else if type == .experimental, settings.discovery.experimental {
            receiveExperimental(datagram, from: source, to: local, at: now, &effects)
        } else {
            discards[.unknownMessageType] += 1
        }
        advanceExchanges(to: now, &effects)
        updateInformation(at: now, &effects)
    }

    mutating func discard(_ reason: DiscardReason) { discards[reason] += 1 }

    /// Most items of each kind that one call of `advance` ends, so that a million bindings that end together do not block for long.
    static let advanceLimit = 4096

    /// Ends what has expired by `now`: bindings, visits, and requests that no home agent answered. If very many are due, some are left for
    /// the next call, and `nextDeadline` shows that it is due.
    public mutating func advance(to now: Moment, effects: inout AgentEffects) {
        guard let deadline = nextDeadline, deadline <= now.uptime else { return }
        countersGeneration &+= 1
        homeAgent?.advance(to: now, shared: &shared, effects: &effects)
        foreignAgent?.advance(to: now, shared: &shared, effects: &effects)
        advanceExchanges(to: now, &effects)
        shared.publishExtensionUses(at: now, &effects)
        updateInformation(at: now, &effects)
    }

    /// When `advance` is due, in nanoseconds of `Moment.uptime`; nil while there is nothing to wait for. May be earlier than the first
    /// actual expiry.
    public var nextDeadline: Int64? {
        (homeAgent?.nextDeadline).earlier(or: foreignAgent?.nextDeadline).earlier(or: shared.exchanges.nextDeadline)
            .earlier(or: shared.extensionUses.nextDeadline).earlier(or: drainPublicationDeadline)
    }

    /// Ends the bindings and visits of a home address, or only those with this care-of address; returns how many ended. The other end is
    /// informed where both have agreed on that (RFC 3543).
    public mutating func revokeBinding(
        homeAddress: IPv4Address, careOfAddress: IPv4Address?, at now: Moment, effects: inout AgentEffects
    ) -> Int {
        countersGeneration &+= 1
        let bindings = homeAgent?.revoke(homeAddress, careOfAddress: careOfAddress, at: now, &shared, &effects) ?? 0
        let visits = foreignAgent?.revoke(homeAddress, careOfAddress: careOfAddress, at: now, &shared, &effects) ?? 0
        advanceExchanges(to: now, &effects)
        return bindings + visits
    }

    /// Switches registration on or off (`mipEnable`). While it is off, a home agent answers authenticated requests with 129 and a foreign
    /// agent answers with 65, and relayed requests are still answered. Bindings and visits whose other end can be informed are revoked (RFC
    /// 3543); all others continue until they expire.
    public mutating func setEnabled(_ enabled: Bool, at now: Moment, effects: inout AgentEffects) {
        turn(enabled, at: now, &effects)
        withdraw()
    }

    /// Begins to revoke what can be revoked, if registration is off. To be called once that is certain: a revocation cannot be undone.
    public mutating func withdraw() {
        guard !settings.enabled else { return }
        homeAgent?.withdraw(true)
        foreignAgent?.withdraw(true)
    }

    /// Switches registration on or off, and ends nothing yet.
    mutating func turn(_ enabled: Bool, at now: Moment, _ effects: inout AgentEffects) {
        guard settings.enabled != enabled else { return }
        var settings = self.settings
        settings.enabled = enabled
        put(settings, &effects)
        homeAgent?.withdraw(false)
        foreignAgent?.withdraw(false)
        for role in information.roles {
            effects.changes.append(
                .event(
                    AgentEvent(
                        time: shared.time(now), kind: enabled ? .enabled : .disabled, role: role,
                        message: "registration was switched \(enabled ? "on" : "off")")))
        }
    }

    /// A new challenge for an advertisement on the interface with this address (RFC 4721 §2). It is valid from now on for requests that
    /// arrive at that address, until `ChallengePolicy.window` newer ones have been issued there. Nil when the foreign agent requires no
    /// challenges, or when the address is not one of its own.
    ///
    /// - Parameter length: in octets, 4 to 255; nil for the length of the policy.
    public mutating func nextChallenge(on interface: IPv4Address, length: Int? = nil) -> [UInt8]? {
        guard let challenge = foreignAgent?.nextChallenge(on: interface, length: length, &shared) else { return nil }
        countersGeneration &+= 1
        return challenge
    }

    /// Processes an ICMP error about a datagram that was sent from an endpoint of this agent: the waiting request that it quotes is denied.
    /// An error that quotes no waiting request, or so little that there are several, has no effect but to be counted.
    public mutating func reportUnreachable(
        _ unreachable: HomeAgentUnreachable, quoting quoted: QuotedRequest, at now: Moment, effects: inout AgentEffects
    ) {
        countersGeneration &+= 1
        foreignAgent?.refusePending(quotedBy: quoted, unreachable.code, at: now, shared: &shared, effects: &effects)
    }

    /// Processes the refusal of this machine to send a datagram of this agent: a waiting request in it is denied.
    public mutating func reportUnsent(
        _ datagram: OutgoingDatagram, _ unreachable: HomeAgentUnreachable, at now: Moment, effects: inout AgentEffects
    ) {
        countersGeneration &+= 1
        foreignAgent?.refusePending(unsent: datagram, unreachable.code, at: now, shared: &shared, effects: &effects)
    }

    /// Counts a datagram that was too long to be received.
    public mutating func discardTooLong() {
        datagramsReceived += 1
        countersGeneration &+= 1
        discards[.tooLong] += 1
    }

    /// All counts since the start.
    public var counters: AgentCounters {
        var counters = AgentCounters(homeAgent: homeAgent?.counters, foreignAgent: foreignAgent?.counters)
        counters.securityViolations = shared.totalViolations
        counters.discards = discards
        counters.datagramsReceived = datagramsReceived
        counters.eventsSuppressed = shared.eventsSuppressed
        counters.clockSteps = clockStepCount
        return counters
    }

    /// The number of rows in each table.
    public var tableCounts: TableCounts {
        TableCounts(
            bindings: homeAgent?.bindings.rows.count ?? 0, visitors: foreignAgent?.visitors.count ?? 0,
            associations: shared.associations.rows.count, violations: shared.violations.rows.count)
    }

    /// True while `takeAssociationChanges` has something to return.
    public var hasAssociationChanges: Bool { shared.associations.hasChanges }

    /// Associations whose use has changed since they were last published, at most `limit`. They are published from time to time and not
    /// with each message, which would double the cost of a registration.
    public mutating func takeAssociationChanges(limit: Int) -> [StateChange] { shared.associations.takeChanges(limit: limit) }

    /// One page of the whole state, as the changes that would build it: `information` and `counters` first, then each table.
    ///
    /// Rows never move, so a row that is present throughout appears on exactly one page, whatever changes in between. A row that is added
    /// or removed during the snapshot may or may not appear.
    ///
    /// - Parameters:
    /// - topics: the topics to include; tables of other topics are skipped.
    /// - filter: the rows to include; nil for all. A page looks at a limited number of rows, so it may have none.
    /// - position: nil to begin, then the value that the previous page returned.
    /// - Returns: at most `limit` changes (at least 2), and where to resume; nil when the snapshot is complete.
    public func snapshotPage(
        of topics: Set<ControlTopic> = Set(ControlTopic.allCases), matching filter: RowFilter? = nil,
        after position: SnapshotPosition?, limit: Int
    ) -> (changes: [StateChange], next: SnapshotPosition?) {
        var changes: [StateChange] = []
        guard var cursor = SnapshotCursor(position) else { return (changes, nil) }
        let limit = max(2, limit)
        while true {
            if !topics.isDisjoint(with: cursor.table.topics),
                let slot = filter.map({ page(cursor, matching: $0, limit: limit - changes.count, into: &changes) })
                    ?? page(cursor, limit: limit - changes.count, into: &changes)
            {
                cursor.slot = slot
                return (changes, cursor.position)
            }
            guard let table = SnapshotCursor.Table(rawValue: cursor.table.rawValue + 1) else { return (changes, nil) }
            cursor.table = table
            cursor.slot = 0
        }
    }

    /// Appends rows of one table; returns the slot at which to resume, nil at its end.
    func page(_ cursor: SnapshotCursor, limit: Int, into changes: inout [StateChange]) -> Int? {
        switch cursor.table {
        case .agent:
            changes.append(.information(information))
            changes.append(.counters(counters))
            return nil
        case .associations:
            return shared.associations.rows.page(from: cursor.slot, limit: limit, into: &changes) {
                .association($0.configured.association)
            }
        case .bindings:
            return homeAgent?.bindings.rows.page(from: cursor.slot, limit: limit, into: &changes) { .binding($0.binding) }
        case .visitors:
            return foreignAgent?.visitors.page(from: cursor.slot, limit: limit, into: &changes) { .visitor($0.visitor) }
        case .pending:
            return foreignAgent?.visitors.page(from: cursor.slot, limit: limit, into: &changes) { entry in
                entry.pending.map { .pending($0.record) }
            }
        case .violations:
            return shared.violations.rows.page(from: cursor.slot, limit: limit, into: &changes) { .violation($0) }
        case .mobileNodes:
            return homeAgent?.nodes.rows.page(from: cursor.slot, limit: limit, into: &changes) { .mobileNode($0.service) }
        case .exchanges:
            return shared.exchanges.rows.page(from: cursor.slot, limit: limit, into: &changes) { .exchange($0.row) }
        case .extensionUses:
            return shared.extensionUses.rows.page(from: cursor.slot, limit: limit, into: &changes) { .extensionUse($0.use) }
        }
    }

    /// Applies settings.
    mutating func put(_ settings: AgentSettings, _ effects: inout AgentEffects) {
        self.settings = settings
        homeAgent?.follow(settings)
        foreignAgent?.follow(settings)
        information.settings = settings.reported(by: information.roles)
        if let foreignAgent { information.busy = foreignAgent.isBusy }
        if let homeAgent { information.maximumMobileNodes = homeAgent.configuration.nodesRemembered }
        effects.changes.append(.information(information))
    }

    private mutating func updateInformation(at now: Moment, _ effects: inout AgentEffects) {
        updateDrain(at: now, &effects)
        guard let busy = foreignAgent?.isBusy, busy != information.busy else { return }
        information.busy = busy
        effects.changes.append(.information(information))
    }
}
