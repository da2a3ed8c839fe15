public import AgentModel
public import MobileIPv4

/// The changes that an operator may make while the agent runs. Each is made completely or refused; `ChangeRefusal.index` is 0.
extension MobilityAgent {
    /// Makes one change; returns its undo. Once it is saved, `withdraw` is to follow one that switches registration off, and
    /// `followDrainOrder` one that begins or ends to drain.
    ///
    /// Changes to advertising are refused here; the owner of the interfaces handles them.
    public mutating func apply(
        _ change: AgentChange, at now: Moment, effects: inout AgentEffects
    ) throws(ChangeRefusal) -> AgentUndo {
        countersGeneration &+= 1
        switch change {
        case .enabled(let enabled): return switchRegistration(enabled, at: now, &effects)
        case .endBinding(let homeAddress, let careOfAddress):
            try check(endOf: homeAddress, careOfAddress)
            // Visits are not restored by an undo: their home agents and the visitors have been informed.
            let ended = homeAgent?.list(homeAddress, careOfAddress) ?? []
            _ = revokeBinding(homeAddress: homeAddress, careOfAddress: careOfAddress, at: now, effects: &effects)
            return AgentUndo { agent, now, effects in
                for binding in ended { agent.homeAgent?.restore(binding, at: now, &agent.shared, &effects) }
            }
        case .revoke(let order): return try revoke(order, at: now, effects: &effects).undo
        case .association(let change): return try apply(change, &effects)
        case .removeAssociation(let key): return try remove(key, &effects)
        case .addCareOfAddress(let address): return try add(careOfAddress: address, &effects)
        case .removeCareOfAddress(let address): return try remove(careOfAddress: address, &effects)
        case .foreignAgent(let settings): return try apply(settings, &effects)
        case .limits(let limits): return try apply(limits, \.limits, \.limits, &effects)
        case .signalling(let settings): return try apply(settings, \.signalling, \.signalling, &effects)
        case .discovery(let settings): return try apply(settings, \.discovery, \.discovery, &effects)
        case .drain(let order): return try drain(order)
        case .endDrain: return try endDrain()
        case .advertising(let change): throw Self.noInterface(change.address)
        case .removeAdvertising(let address): throw Self.noInterface(address)
        case .addHomeAgent, .removeHomeAgent:
            throw ChangeRefusal(index: 0, problem: .notPermitted, reason: "only a mobile node has a list of home agents")
        case .notify(let order):
            try notify(order, at: now, effects: &effects)
            // What was sent cannot be taken back.
            return AgentUndo { _, _, _ in }
        }
    }

    /// Checks that there is a binding or a visit to end.
    public func check(endOf homeAddress: IPv4Address, _ careOfAddress: IPv4Address?) throws(ChangeRefusal) {
        let bindings = homeAgent?.count(homeAddress, careOfAddress: careOfAddress) ?? 0
        guard bindings == 0, foreignAgent?.visits(of: homeAddress, careOfAddress).isEmpty ?? true else { return }
        let what = homeAgent == nil ? "visit" : foreignAgent == nil ? "binding" : "binding or visit"
        let which = careOfAddress.map { " with care-of address \($0)" } ?? ""
        throw ChangeRefusal(
            index: 0, field: "homeAddress", problem: .notFound, reason: "\(homeAddress) has no \(what)\(which)")
    }

    /// The changes to the configuration that must be restored after a restart, including keys.
    public var keptChanges: [AgentChange] {
        var changes: [AgentChange] = []
        if let enabled = written.enabled { changes.append(.enabled(enabled)) }
        if !written.foreignAgent.isEmpty { changes.append(.foreignAgent(written.foreignAgent)) }
        if !written.limits.isEmpty { changes.append(.limits(written.limits)) }
        if !written.signalling.isEmpty { changes.append(.signalling(written.signalling)) }
        if !written.discovery.isEmpty { changes.append(.discovery(written.discovery)) }
        if let order = written.drain.order { changes.append(.drain(order)) }
        changes += information.addedCareOfAddresses.map { .addCareOfAddress($0) }
        _ = shared.associations.rows.page(from: 0, limit: .max, into: &changes) { row in
            let association = row.configured.association
            guard association.storage == .nonVolatile, let secret = row.secret else { return nil }
            return .association(
                SecurityAssociationChange(
                    peer: association.peer, spi: association.spi, peerRole: association.peerRole,
                    algorithm: association.algorithm, replayMethod: association.replayMethod,
                    replayTolerance: association.replayTolerance, key: secret, storage: .nonVolatile))
        }
        return changes
    }

    private static func noInterface(_ address: IPv4Address) -> ChangeRefusal {
        ChangeRefusal(
            index: 0, field: "address", problem: .notFound,
            reason: "no interface configured for this agent has the address \(address)")
    }

    private mutating func switchRegistration(_ enabled: Bool, at now: Moment, _ effects: inout AgentEffects) -> AgentUndo {
        let (before, written) = (settings.enabled, self.written.enabled)
        turn(enabled, at: now, &effects)
        self.written.enabled = enabled == configuration.settings.enabled ? nil : enabled
        return AgentUndo { agent, now, effects in
            agent.setEnabled(before, at: now, effects: &effects)
            agent.written.enabled = written
        }
    }
}
