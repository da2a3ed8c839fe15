public import AgentModel
public import MobileIPv4

/// Taking over what an earlier start of this agent has saved, before it serves.
extension MobilityAgent {
    /// How long a binding that ran out while the agent was stopped is kept, in nanoseconds: long enough for managers to connect and see it
    /// end. Its datagrams are not forwarded.
    static let farewell: Int64 = 2_000_000_000

    /// Begins to take over records.
    ///
    /// - Parameters:
    ///   - history: The starts of this agent.
    ///   - durability: For `AgentInformation.durability`.
    public mutating func beginRestoring(_ history: AgentHistory, durability: String) {
        information.starts = history.present.number
        information.durability = durability
        shared.clockEpoch = history.present.clockEpoch
        if let lastSeen = history.lastSeen {
            shared.revocationClock.begin(notBefore: Identification(Timestamp(milliseconds: lastSeen)).high)
        }
        homeAgent?.unsaved.isKept = true
    }

    /// Takes over a mobile node with its bindings.
    ///
    /// - Parameter effects: A change for each binding whose datagrams are to be forwarded, and for each that this agent no longer serves.
    /// - Returns: The number of the start that wrote the record.
    public mutating func restore(
        mobileNode homeAddress: IPv4Address, _ bytes: [UInt8], _ history: AgentHistory, at now: Moment,
        effects: inout AgentEffects
    ) throws(UnreadableRecord) -> UInt64 {
        let kept = try KeptMobileNode(bytes, homeAddress: homeAddress, correction: history.correction)
        homeAgent?.restore(kept, history, at: now, &shared, &effects)
        return kept.start
    }

    /// Takes over the assignment of a home address.
    ///
    /// - Returns: The number of the start that wrote the record.
    public mutating func restore(
        assignment address: IPv4Address, _ bytes: [UInt8], _ history: AgentHistory
    ) throws(UnreadableRecord) -> UInt64 {
        let kept = try KeptAssignment(bytes, correction: history.correction)
        let isTaken = homeAgent?.restore(assignment: address, to: kept.nai, idleSince: kept.idleSince) ?? true
        // The configuration has another use for the address, or no longer has it.
        if !isTaken { homeAgent?.unsaved.insert(assignment: address) }
        return kept.start
    }

    /// Ends taking over.
    public mutating func endRestoring(at now: Moment) {
        homeAgent?.endRestoring(at: shared.time(now))
    }

    /// By how much the wall clock has been set since the agent started, in milliseconds, and how many steps that were.
    public var clockSteps: (correction: Int64, epoch: UInt32) { (shared.clockCorrection, shared.clockEpoch) }
}

extension HomeAgent {
    fileprivate mutating func endRestoring(at time: Timestamp) {
        // An assignment may have been saved with a binding that was not taken over.
        for address in assignments.keptAddresses where nodes.find(address).map({ nodes[$0].bindingCount == 0 }) ?? true {
            if assignments.kept(address)?.idleSince == nil { _ = assignments.release(address, at: time) }
        }
        assignments.endRestoring()
        nodes.endRestoring()
    }

    /// Returns false if no node can have the address by this configuration: it is neither in the pool nor in a home network.
    fileprivate mutating func restore(
        assignment address: IPv4Address, to nai: NetworkAccessIdentifier, idleSince: Timestamp?
    ) -> Bool {
        guard assignments.isInPool(address) || serves(address) else { return false }
        return assignments.restore(address, to: nai, idleSince: idleSince)
    }

    fileprivate mutating func restore(
        _ kept: KeptMobileNode, _ history: AgentHistory, at now: Moment, _ shared: inout SharedAgentState,
        _ effects: inout AgentEffects
    ) {
        let homeAddress = kept.entry.service.homeAddress
        guard nodes.find(homeAddress) == nil else { return }
        var entry = kept.entry
        entry.replay.begin(shared.clockEpoch)
        // A start whose store failed may have accepted what no record shows: timestamps must be of this start.
        entry.replay.require(laterThan: shared.startIdentification)
        // What was accepted in the last moments may be missing: the node gets another nonce.
        if history.isIncomplete { entry.nonce = nil }
        let time = shared.time(now)
        let node = nodes.insert(entry)
        if let newest = kept.newestIdentifier { shared.revocationClock.begin(newest, for: homeAddress) }
        for kept in kept.revocations {
            if let last = kept.identifier { shared.revocationClock.begin(last, for: homeAddress) }
            let left = kept.expires.map { Self.nanoseconds(of: $0.milliseconds(since: time)) }
            if let left, left <= 0 { continue }
            send(kept.revocation, expires: left.map { now.uptime + $0 }, notBefore: now.uptime, at: now, &shared, &effects)
        }
        for kept in kept.bindings {
            var binding = kept.binding
            if let terms = kept.terms { shared.revocationClock.begin(notBefore: terms.ownStamp) }
            if let obstacle = obstacle(to: binding) {
                unsaved.insert(mobileNode: homeAddress)
                if let terms = kept.terms {
                    let left = binding.expires.map { Self.nanoseconds(of: $0.milliseconds(since: time)) }
                    let revocation = PendingRevocation(binding, terms, .administrativelyRevoked)
                    if left ?? 1 > 0 {
                        let expires = left.map { now.uptime + $0 }
                        send(revocation, expires: expires, notBefore: now.uptime, at: now, &shared, &effects)
                    }
                }
                Self.endUnserved(binding, obstacle, at: time, &effects)
                continue
            }
            let left = binding.expires.map { min($0.milliseconds(since: time), Int64(binding.lifetimeGranted) * 1000) }
            if let left { binding.expires = time.adding(milliseconds: left) }
            let slot = bindings.insert(binding, node: node, &nodes[node])
            if let terms = kept.terms { revocationTerms[slot] = terms }
            counters.bindingsRestored += 1
            if let left, left <= 0 {
                // One that ran out before the last run has been kept long enough, also if the agent is started again and again.
                let isOverdue = history.lastRun.map { time.milliseconds + left <= $0 } ?? false
                bindings.expire(slot, at: isOverdue ? now.uptime : now.uptime + MobilityAgent.farewell)
            } else {
                bindings.expire(slot, at: left.map { now.uptime + $0 * 1_000_000 })
                effects.changes.append(.binding(binding))
            }
        }
        if nodes[node].bindingCount == 0, let since = entry.service.servingSince {
            nodes[node].service.serviceTime &+= UInt64(max(0, time.milliseconds(since: since) / 1000))
            nodes[node].service.servingSince = nil
            nodes[node].handoffs = 0
        }
        if nodes[node].bindingCount > 0 { _ = assignments.use(homeAddress) }
    }

    /// The length of a lifetime in nanoseconds, at most that of the longest one: a record may be damaged.
    private static func nanoseconds(of milliseconds: Int64) -> Int64 {
        min(max(milliseconds, -1), Int64(UInt16.max) * 1000) * 1_000_000
    }

    /// Why the configuration no longer lets the agent serve a binding: what the configuration does; nil if it still does.
    private func obstacle(to binding: Binding) -> String? {
        guard serves(binding.homeAddress), addresses.contains(binding.homeAgent) else {
            return "no longer serves the home address"
        }
        guard let service = binding.service, configuration.settings.discovery.serviceSelection else { return nil }
        guard let policy = services[service] else { return "no longer has the service '\(service)'" }
        return policy.permits(binding.nai) ? nil : "no longer permits the node to use the service '\(service)'"
    }

    /// A binding is not taken over, because the configuration no longer lets the agent serve it.
    private static func endUnserved(
        _ binding: Binding, _ obstacle: String, at time: Timestamp, _ effects: inout AgentEffects
    ) {
        effects.changes.append(.bindingRemoved(binding.key, .administrativelyRevoked))
        effects.changes.append(
            .event(
                AgentEvent(
                    time: time, kind: .revoked, role: .homeAgent, homeAddress: binding.homeAddress, nai: binding.nai,
                    careOfAddress: binding.careOfAddress, homeAgent: binding.homeAgent,
                    message: "the binding of \(binding.homeAddress) at \(binding.careOfAddress) ended: this agent's "
                        + "configuration \(obstacle)")))
    }
}
