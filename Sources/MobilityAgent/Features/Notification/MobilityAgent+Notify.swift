public import AgentModel
import MobileIPv4

/// Texts of operators to nodes and other agents (RFC 6098).
extension MobilityAgent {
    /// Most orders of one change for which all registrations are looked through: those for networks, realms and all nodes.
    private static let searchLimit = 64

    /// Whether a text can be sent, without sending it; returns to how many.
    ///
    /// - Parameter reserved: How many messages are to be sent before it.
    /// - Throws: As `plan(_:after:)`.
    @discardableResult
    public func check(notify order: NotificationOrder, after reserved: Int = 0) throws(ChangeRefusal) -> Int {
        try plan([order], after: reserved).count
    }

    /// Sends a text to all whom the order names, or to nobody; returns to how many. What is sent cannot be taken back.
    ///
    /// - Throws: As `plan(_:after:)`.
    @discardableResult
    public mutating func notify(
        _ order: NotificationOrder, at now: Moment, effects: inout AgentEffects
    ) throws(ChangeRefusal) -> Int {
        let plan = try plan([order])
        send(plan, at: now, effects: &effects)
        return plan.count
    }

    /// What is to be sent for the orders of one change, all of it or nothing.
    ///
    /// - Parameter reserved: How many messages are to be sent before.
    /// - Throws: `invalidValue` for a text, `notPermitted` if this agent does not send to such receivers, `notFound` if an order has
    ///   no receiver, and `resourceUnavailable` if too many messages would wait for acknowledgments, or if too many orders are for networks
    ///   or realms. `index` is that of the order.
    public func plan(_ orders: [NotificationOrder], after reserved: Int = 0) throws(ChangeRefusal) -> NotificationPlan {
        var plan = NotificationPlan(room: max(0, shared.exchanges.notificationRoom - reserved))
        let identifiers = Set(orders.compactMap { $0.isOfRealm ? nil : $0.nai })
        let bindings = homeAgent?.slots(identifiedBy: identifiers) ?? [:]
        let visits = foreignAgent?.slots(identifiedBy: identifiers) ?? [:]
        var searches = 0
        for (index, order) in orders.enumerated() {
            do throws(ChangeRefusal) {
                searches += order.isSearch ? 1 : 0
                guard searches <= Self.searchLimit else { throw Self.tooManySearches }
                try add(order, to: &plan, bindings, visits)
            } catch {
                throw ChangeRefusal(index: index, field: error.field, problem: error.problem, reason: error.reason)
            }
        }
        return plan
    }

    /// Sends what was planned.
    ///
    /// The first messages to one address follow each other at intervals of `ExchangeQueue.spacing`, those to one receiver at intervals of
    /// a second at least (RFC 6098 §4.3). Each one is a row of the exchanges, which shows whether it was acknowledged. Nodes whose
    /// registration has ended since the plan was made get nothing, nor do agents through which none is registered any more.
    public mutating func send(_ plan: NotificationPlan, at now: Moment, effects: inout AgentEffects) {
        countersGeneration &+= 1
        for message in plan.planned {
            var row = message.row
            row.started = shared.time(now)
            shared.exchanges.insert(message.outgoing, row, notBefore: now.uptime, &effects)
        }
        advanceExchanges(to: now, &effects)
    }

    /// - Parameters:
    ///   - bindings: The slots of the bindings of identifiers that orders name.
    ///   - visits: The same of visits.
    private func add(
        _ order: NotificationOrder, to plan: inout NotificationPlan, _ bindings: [NetworkAccessIdentifier: [Int]],
        _ visits: [NetworkAccessIdentifier: [Int]]
    ) throws(ChangeRefusal) {
        try order.check()
        plan.begin(order.text)
        var hasReceiver = false
        // A node that is registered here with both roles gets the text from the home agent.
        for direction in try directions(to: order.to) {
            let isReached =
                direction.path?.sender == .homeAgent
                ? homeAgent.map { $0.plan(order, direction, at: $0.slots(of: order, bindings), in: &plan) }
                : foreignAgent.map { $0.plan(order, direction, at: $0.slots(of: order, visits), in: &plan) }
            if isReached == true { hasReceiver = true }
        }
        guard !plan.isTooLong else { throw Self.noRoom(for: plan) }
        guard hasReceiver else {
            let named = order.nai != nil ? "nai" : order.homeAddresses != nil ? "homeAddresses" : nil
            throw ChangeRefusal(
                index: 0, field: named, problem: .notFound,
                reason: "no \(order.to.words) among those named has both a registration here and a security association with "
                    + "this agent")
        }
    }

    private static func noRoom(for plan: NotificationPlan) -> ChangeRefusal {
        ChangeRefusal(
            index: 0, problem: .resourceUnavailable,
            reason: "at most \(ExchangeTable.notificationLimit) texts can wait for acknowledgments, and there is room for "
                + "\(plan.room) more; name fewer receivers, or wait")
    }

    private static let tooManySearches = ChangeRefusal(
        index: 0, problem: .resourceUnavailable,
        reason: "at most \(searchLimit) texts of one change can be for networks, realms or all nodes; name larger networks, or "
            + "send the rest with another change")

    /// The directions in which this agent sends to receivers of a role.
    private func directions(to role: AgentRole) throws(ChangeRefusal) -> [NotificationDirection] {
        guard settings.signalling.notifications else {
            throw ChangeRefusal(
                index: 0, problem: .notPermitted,
                reason: "generic notifications are off at this agent; turn on its setting notifications")
        }
        var directions: [NotificationDirection] = []
        switch role {
        case .mobileNode:
            if homeAgent != nil { directions.append(.homeAgentToMobileNode) }
            if foreignAgent != nil { directions.append(.foreignAgentToMobileNode) }
        case .foreignAgent: if homeAgent != nil { directions.append(.homeAgentToForeignAgent) }
        case .homeAgent: if foreignAgent != nil { directions.append(.foreignAgentToHomeAgent) }
        }
        guard !directions.isEmpty else {
            let other: AgentRole = homeAgent == nil ? .homeAgent : .foreignAgent
            throw ChangeRefusal(
                index: 0, field: "to", problem: .notPermitted,
                reason: "this agent does not write to a \(role.words); expected mobileNode or \(other.rawValue)")
        }
        directions.removeAll { !settings.signalling.permits($0) }
        guard !directions.isEmpty else {
            throw ChangeRefusal(
                index: 0, field: "to", problem: .notPermitted,
                reason: "the setting notificationDirections of this agent excludes notifications to a \(role.words)")
        }
        return directions
    }
}

extension AgentRole {
    /// The role in words.
    fileprivate var words: String {
        switch self {
        case .mobileNode: "mobile node"
        case .foreignAgent: "foreign agent"
        case .homeAgent: "home agent"
        }
    }
}

extension NotificationOrder {
    /// Whether all registrations are looked through for this order.
    fileprivate var isSearch: Bool { homeAddresses?.length != 32 && (nai == nil || isOfRealm) }
}
