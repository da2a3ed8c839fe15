public import AgentModel
import MobileIPv4

/// Orders of operators to end many registrations.
extension MobilityAgent {
    /// How many registrations an order ends.
    public struct RevocationCount: Hashable, Sendable {
        /// The bindings and visits that end, at least 1.
        public var registrations: Int
        /// The revocations that are sent to their other ends.
        public var messages: Int
    }

    /// Whether the registrations that an order is about can be ended, without ending any.
    ///
    /// - Parameter reserved: How many revocations are to be sent before it.
    /// - Throws: `invalidValue` for the text or the role, `notFound` if there is no such registration, and `resourceUnavailable` if too
    ///   many messages would wait for acknowledgments.
    @discardableResult
    public func check(revoke order: RevocationOrder, after reserved: Int = 0) throws(ChangeRefusal) -> RevocationCount {
        try plan(order, after: reserved).count
    }

    /// Ends all registrations that an order is about, or none; returns how many, and the undo. The other ends are informed where both have
    /// agreed on that: such a registration and a visit are not restored by the undo.
    ///
    /// - Throws: As `check(revoke:after:)`.
    public mutating func revoke(
        _ order: RevocationOrder, at now: Moment, effects: inout AgentEffects
    ) throws(ChangeRefusal) -> (count: RevocationCount, undo: AgentUndo) {
        let plan = try plan(order, after: 0)
        countersGeneration &+= 1
        var restored: [Binding] = []
        for slot in plan.bindings {
            if let binding = homeAgent?.bindings[slot].binding, binding.revocation == .none { restored.append(binding) }
            homeAgent?.revokeByOperator(slot, text: order.text, at: now, &shared, &effects)
        }
        for slot in plan.visits { foreignAgent?.revokeByOperator(slot, text: order.text, at: now, &shared, &effects) }
        advanceExchanges(to: now, &effects)
        let undo = AgentUndo { [restored] agent, now, effects in
            for binding in restored { agent.homeAgent?.restore(binding, at: now, &agent.shared, &effects) }
        }
        return (plan.count, undo)
    }

    /// The registrations that an order ends.
    private struct Plan {
        var bindings: [Int]
        var visits: [Int]
        var messages: Int

        var count: RevocationCount { RevocationCount(registrations: bindings.count + visits.count, messages: messages) }
    }

    private func plan(_ order: RevocationOrder, after reserved: Int) throws(ChangeRefusal) -> Plan {
        try order.check()
        var plan = Plan(bindings: homeAgent?.slots(of: order) ?? [], visits: foreignAgent?.slots(of: order) ?? [], messages: 0)
        guard plan.count.registrations > 0 else {
            throw ChangeRefusal(
                index: 0, field: order.onlyCondition, problem: .notFound, reason: "this agent has no such registration")
        }
        guard settings.signalling.revocation else { return plan }
        plan.messages =
            plan.bindings.count { homeAgent?.bindings[$0].binding.revocation != RevocationAgreement.none }
            + plan.visits.count { foreignAgent?.revocationTerms[$0] != nil }
        let room = max(0, ExchangeTable.waitingLimit - shared.exchanges.waitingCount - reserved)
        guard plan.messages <= room else {
            throw ChangeRefusal(
                index: 0, problem: .resourceUnavailable,
                reason: "\(plan.messages) revocations would wait for acknowledgments, and there is room for \(room) of "
                    + "\(ExchangeTable.waitingLimit); name fewer registrations, such as a network of home addresses, or wait")
        }
        return plan
    }
}

extension HomeAgent {
    /// The slots of the bindings that an order ends.
    fileprivate func slots(of order: RevocationOrder) -> [Int] {
        let candidates: [Int]
        if let prefix = order.homeAddresses, prefix.length == 32 {
            candidates = nodes.find(prefix.network).map { slots(of: $0) } ?? []
        } else {
            candidates = (0..<bindings.rows.end).filter { bindings.rows.contains($0) }
        }
        return candidates.filter { order.covers(bindings[$0].binding) }
    }
}

extension ForeignAgent {
    /// The slots of the visits that an order ends.
    fileprivate func slots(of order: RevocationOrder) -> [Int] {
        (0..<table.rows.end).filter { table.rows.contains($0) && order.covers(table[$0].visitor) }
    }
}

extension RevocationOrder {
    /// The condition at fault if nothing fits: the only one, if there is only one.
    fileprivate var onlyCondition: String? {
        let given = [
            ("role", role != nil), ("homeAddresses", homeAddresses != nil), ("nai", nai != nil),
            ("careOfAddress", careOfAddress != nil), ("homeAgent", homeAgent != nil),
        ].filter { $0.1 }
        return given.count == 1 ? given[0].0 : nil
    }
}
