public import AgentModel
import MobileIPv4

/// Orders of operators to end many registrations.
extension MobilityAgent {
    /// Most orders of one change for which all bindings or all visits are looked through.
    private static let orderSearchLimit = 64

    /// What orders to end registrations do.
    public struct RevocationCount: Hashable, Sendable {
        /// The bindings and visits that end.
        public var registrations = 0
        /// The revocations that are sent to their other ends.
        public var messages = 0
        /// The orders for which all bindings or all visits are looked through.
        public var searches = 0

        public init() {}

        /// Adds what other orders do.
        public static func += (total: inout RevocationCount, other: RevocationCount) {
            total.registrations += other.registrations
            total.messages += other.messages
            total.searches += other.searches
        }
    }

    /// What the orders to revoke in a list of changes must leave room for: the revocations that its `endBinding` send.
    public func reservation(for changes: [AgentChange]) -> RevocationCount {
        var reservation = RevocationCount()
        guard settings.signalling.revocation else { return reservation }
        for case .endBinding(let homeAddress, let careOfAddress) in changes {
            let bindings = homeAgent?.list(homeAddress, careOfAddress) ?? []
            let visits = foreignAgent?.revocationTerms.slots(of: homeAddress) ?? []
            reservation.messages += bindings.count { $0.revocation != RevocationAgreement.none }
            reservation.messages += visits.count {
                careOfAddress == nil || foreignAgent?.table[$0].visitor.careOfAddress == careOfAddress
            }
        }
        return reservation
    }

    /// Whether the registrations that an order is about can be ended, without ending any.
    ///
    /// - Parameter earlier: What is done before it by the same change.
    /// - Throws: `invalidValue` for the text or the role, `notFound` if there is no such registration, and `resourceUnavailable` if too
    ///   many messages would wait for acknowledgments, or if too many orders of the change need a search.
    @discardableResult
    public func check(
        revoke order: RevocationOrder, after earlier: RevocationCount = RevocationCount()
    ) throws(ChangeRefusal) -> RevocationCount {
        try plan(order, after: earlier).count
    }

    /// Ends all registrations that an order is about, or none; returns how many, and the undo. The other ends are informed where both have
    /// agreed on that: such a registration and a visit are not restored by the undo.
    ///
    /// - Throws: As `check(revoke:after:)`.
    public mutating func revoke(
        _ order: RevocationOrder, at now: Moment, effects: inout AgentEffects
    ) throws(ChangeRefusal) -> (count: RevocationCount, undo: AgentUndo) {
        let plan = try plan(order, after: RevocationCount())
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
        var messages = 0
        var searches: Int

        var count: RevocationCount {
            var count = RevocationCount()
            (count.registrations, count.messages, count.searches) = (bindings.count + visits.count, messages, searches)
            return count
        }
    }

    private func plan(_ order: RevocationOrder, after earlier: RevocationCount) throws(ChangeRefusal) -> Plan {
        try order.check()
        let searches = needsSearch(for: order) ? 1 : 0
        guard earlier.searches + searches <= Self.orderSearchLimit else { throw Self.tooManyOrders }
        var plan = Plan(
            bindings: homeAgent?.slots(of: order) ?? [], visits: foreignAgent?.slots(of: order) ?? [], searches: searches)
        guard plan.count.registrations > 0 else {
            throw ChangeRefusal(
                index: 0, field: order.onlyCondition, problem: .notFound, reason: "this agent has no such registration")
        }
        guard settings.signalling.revocation else { return plan }
        plan.messages =
            plan.bindings.count { homeAgent?.bindings[$0].binding.revocation != RevocationAgreement.none }
            + plan.visits.count { foreignAgent?.revocationTerms[$0] != nil }
        let room = max(0, ExchangeTable.waitingLimit - shared.exchanges.waitingCount - earlier.messages)
        guard plan.messages <= room else {
            throw ChangeRefusal(
                index: 0, problem: .resourceUnavailable,
                reason: "\(plan.messages) revocations would wait for acknowledgments, and there is room for \(room) of "
                    + "\(ExchangeTable.waitingLimit); name fewer registrations, such as a network of home addresses, or wait")
        }
        return plan
    }

    /// Whether all bindings or all visits are looked through for an order. Only bindings have an index, by home address: those of visits
    /// lack the visits without an agreement.
    private func needsSearch(for order: RevocationOrder) -> Bool {
        homeAgent != nil && order.isAbout(.homeAgent) && order.homeAddresses?.length != 32
            || foreignAgent != nil && order.isAbout(.foreignAgent)
    }

    private static let tooManyOrders = ChangeRefusal(
        index: 0, problem: .resourceUnavailable,
        reason: "all registrations can be looked through for at most \(orderSearchLimit) orders of one change, and a foreign "
            + "agent does so for every order; name larger networks, or end the rest with another change")
}

extension HomeAgent {
    /// The slots of the bindings that an order ends.
    fileprivate func slots(of order: RevocationOrder) -> [Int] {
        guard order.isAbout(.homeAgent) else { return [] }
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
        guard order.isAbout(.foreignAgent) else { return [] }
        return (0..<table.rows.end).filter { table.rows.contains($0) && order.covers(table[$0].visitor) }
    }
}

extension RevocationOrder {
    /// Whether the order can be about registrations that an agent has in this role.
    fileprivate func isAbout(_ role: AgentRole) -> Bool { (self.role ?? role) == role }

    /// The condition at fault if nothing fits: the only one, if there is only one.
    fileprivate var onlyCondition: String? {
        let given = [
            ("role", role != nil), ("homeAddresses", homeAddresses != nil), ("nai", nai != nil),
            ("careOfAddress", careOfAddress != nil), ("homeAgent", homeAgent != nil),
        ].filter { $0.1 }
        return given.count == 1 ? given[0].0 : nil
    }
}
