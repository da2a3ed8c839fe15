import AgentModel
import MobileIPv4
import MobilityAgent

/// An agent, a reader of its changes, and a model of its bindings. Every call is followed by the checks of `check`.
struct AgentUnderStress {
    let plan: StressPlan
    private(set) var agent: MobilityAgent
    private(set) var fold = StateFold()
    private var model: BindingModel
    private var effects = AgentEffects()
    private var counts: [UInt64] = []
    private var tables: TableCounts
    private var sinceWholeCheck = 0
    /// Datagrams that were notifications or their acknowledgments and not dropped. Not all of them have a counter.
    private var notifications: UInt64 = 0

    init(_ plan: StressPlan, _ configuration: MobilityAgentConfiguration) throws(Finding) {
        self.plan = plan
        agent = MobilityAgent(
            configuration: configuration, instance: "stress", processID: 1, startTime: StressPlan.start,
            random: Dice(seed: plan.seed ^ 0xA5A5))
        model = BindingModel(
            keepsSimultaneous: plan.home.simultaneousBindings, maximumLifetime: plan.home.maximumLifetime,
            nonceUsers: plan.nonceUsers)
        tables = agent.tableCounts
        fold = try snapshot(limit: 7)
    }

    /// Delivers a datagram and returns what the agent sends.
    mutating func receive(
        _ datagram: [UInt8], from source: TransportEndpoint, to local: TransportEndpoint, timeToLive: UInt8?, at now: Moment
    ) throws(Finding) -> [OutgoingDatagram] {
        effects.removeAll()
        let dropped = self.dropped
        agent.receive(datagram.span.bytes, from: source, to: local, timeToLive: timeToLive, at: now, effects: &effects)
        if AnswerChecks.isNotification(datagram), self.dropped == dropped { notifications += 1 }
        try follow()
        let answers = AnswerChecks(plan, datagram, from: source, to: local)
        try answers.check(effects.datagrams)
        if let (request, reply) = answers.accepted(effects.datagrams) {
            try model.accept(request, reply, at: now)
            try answers.checkIdentity(effects.changes)
        }
        try answers.checkEndings(effects.changes, effects.datagrams, bindings: fold.bindings)
        try model.compare(with: fold.bindings, start: StressPlan.start)
        try check(at: now)
        return effects.datagrams
    }

    /// Lets the agent do what is due.
    mutating func advance(to now: Moment) throws(Finding) -> [OutgoingDatagram] {
        effects.removeAll()
        agent.advance(to: now, effects: &effects)
        try follow()
        model.advance(to: now.uptime)
        try model.compare(with: fold.bindings, start: StressPlan.start)
        if let deadline = agent.nextDeadline, deadline <= now.uptime {
            throw Finding("a deadline is overdue right after advance: \(deadline), now \(now.uptime)")
        }
        let time = StressPlan.start.adding(milliseconds: now.uptime / 1_000_000)
        if let row = fold.bindings.values.first(where: { $0.expires.map { $0 < time } == true }) {
            throw Finding("a binding outlives its lifetime: \(row)")
        }
        if let row = fold.visitors.values.first(where: { $0.expires.map { $0 < time } == true }) {
            throw Finding("a visitor outlives its lifetime: \(row)")
        }
        for answer in effects.datagrams { try AnswerChecks.checkTimeout(plan, answer) }
        try check(at: now)
        return effects.datagrams
    }

    /// Makes operators' changes; afterwards the model follows the agent.
    mutating func operate(at now: Moment, _ body: (inout MobilityAgent, inout AgentEffects) -> Void) throws(Finding) {
        effects.removeAll()
        body(&agent, &effects)
        try follow()
        model.adopt(fold.bindings, start: StressPlan.start)
        try check(at: now)
    }

    /// Sends an operator's text, if it is permitted and few messages wait, and returns what the agent sends.
    mutating func notify(_ order: NotificationOrder, at now: Moment) throws(Finding) -> [OutgoingDatagram] {
        // `advance` sends only so many at a time, and nothing may be overdue after it.
        guard fold.exchanges.values.count(where: { $0.state == .waiting }) < 64 else { return [] }
        effects.removeAll()
        _ = try? agent.notify(order, at: now, effects: &effects)
        try follow()
        for message in effects.datagrams { try AnswerChecks.checkTimeout(plan, message) }
        try check(at: now)
        return effects.datagrams
    }

    private var dropped: UInt64 {
        let all = agent.counters
        return all.discards.total + (all.homeAgent?.discards.total ?? 0) + (all.foreignAgent?.discards.total ?? 0)
    }

    /// A challenge for the mobile nodes at the foreign agent.
    mutating func challenge() -> [UInt8]? { agent.nextChallenge(on: StressPlan.foreignAgent.address) }

    private mutating func follow() throws(Finding) {
        for change in effects.changes {
            try fold.apply(change)
            if case .mobileNodeRemoved(let home) = change { model.forget(home) }
            switch change {
            case .bindingRemoved(let key, .peerRevoked), .bindingRemoved(let key, .administrativelyRevoked),
                .bindingRemoved(let key, .drained), .bindingRemoved(let key, .denied):
                model.revoke(key)
            default: break
            }
        }
    }

    // MARK: - Checks

    private mutating func check(at now: Moment) throws(Finding) {
        try checkTables()
        try checkCounters()
        sinceWholeCheck += 1
        guard sinceWholeCheck >= plan.wholeCheckInterval else { return }
        sinceWholeCheck = 0
        for change in agent.takeAssociationChanges(limit: .max) { try fold.apply(change) }
        var whole = try snapshot(limit: 5 + Int(now.uptime / 1_000_000 % 50))
        if let problem = fold.problem(withUsesIn: whole) { throw Finding(problem) }
        whole.extensionUses = fold.extensionUses
        if fold != whole { throw Finding(fold.difference(from: whole) ?? "the published changes differ from the snapshot") }
    }

    private mutating func checkTables() throws(Finding) {
        let now = agent.tableCounts
        guard now.bindings == fold.bindings.count, now.visitors == fold.visitors.count,
            now.associations == fold.associations.count, now.violations == fold.violations.count
        else { throw Finding("the tables have \(now) rows, the published changes \(fold.bindings.count) bindings, …") }
        // An operator may have lowered a limit below the number of rows; it does not grow beyond it.
        let limits = agent.information.settings.limits
        guard now.bindings <= max(tables.bindings, Int(limits.maximumBindings)) else {
            throw Finding("\(now.bindings) bindings exceed the limit of \(limits)")
        }
        guard now.visitors <= max(tables.visitors, Int(limits.maximumVisitors)) else {
            throw Finding("\(now.visitors) visitors exceed the limit of \(limits)")
        }
        guard now.violations <= plan.maximumViolators else { throw Finding("\(now.violations) violators exceed the limit") }
        guard fold.pending.count <= Int(plan.foreign.maximumPending) else {
            throw Finding("\(fold.pending.count) pending requests exceed the limit of \(plan.foreign.maximumPending)")
        }
        tables = now
    }

    /// Every datagram has one outcome, every request is accepted, denied, discarded or pending, and no counter goes back.
    private mutating func checkCounters() throws(Finding) {
        let all = agent.counters
        let (home, foreign) = (all.homeAgent ?? HomeAgentCounters(), all.foreignAgent ?? ForeignAgentCounters())
        let denials = foreign.repliesSentByCode.total(0...255) &- foreign.pendingTimeouts
        let signals =
            home.revocationsReceived + home.revocationsRepeated + home.revocationsAcknowledged + foreign.revocationsReceived
            + foreign.revocationsRepeated + foreign.revocationsAcknowledged
        let registrations = home.repliesSent + foreign.requestsRelayed + foreign.repliesRelayed &+ denials
        let experiments = home.experimentalMessages + foreign.experimentalMessages
        let outcomes = dropped + notifications + signals + experiments + registrations
        guard all.datagramsReceived == outcomes else {
            throw Finding("\(all.datagramsReceived) datagrams have \(outcomes) outcomes")
        }
        var counts: [UInt64] = [all.securityViolations, home.requestsReceived, foreign.requestsReceived, home.handoffs]
        for kind in [RequestKind.initial, .renewal, .deregistration] {
            let waiting = fold.pending.values.reduce(UInt64(0)) { $0 + ($1.kind == kind ? UInt64($1.retransmissions) + 1 : 0) }
            for (role, count, pending) in [("home", home.outcomes[kind], 0), ("foreign", foreign.outcomes[kind], waiting)] {
                guard count.received == count.accepted &+ count.denied &+ count.discarded &+ pending else {
                    throw Finding("\(role) agent: the outcomes of \(kind) requests do not add up: \(count), \(pending) pending")
                }
                counts += [count.received, count.accepted, count.denied, count.discarded]
            }
        }
        if let index = counts.indices.first(where: { $0 < self.counts.count && counts[$0] < self.counts[$0] }) {
            throw Finding("counter \(index) went back from \(self.counts[index]) to \(counts[index])")
        }
        self.counts = counts
    }

    private func snapshot(limit: Int) throws(Finding) -> StateFold {
        var whole = StateFold()
        var rows = 0
        var position: SnapshotPosition?
        repeat {
            let page = agent.snapshotPage(after: position, limit: limit)
            for change in page.changes { try whole.apply(change) }
            rows += page.changes.count
            position = page.next
        } while position != nil
        // Information and counters, then the tables; two rows with one key would become one.
        let distinct = whole.bindings.count + whole.visitors.count + whole.pending.count + whole.associations.count
        let others = whole.violations.count + whole.mobileNodes.count + whole.exchanges.count + whole.extensionUses.count
        guard rows == 2 + distinct + others else {
            throw Finding("a snapshot has two rows with the same key")
        }
        return whole
    }
}
