public import AgentModel
import MobileIPv4

/// Orders of operators to move the nodes of the home agent to other home agents (RFC 4433).
extension MobilityAgent {
    /// The least time between two reports of how far draining has got, in nanoseconds.
    private static let drainReportInterval: Int64 = 1_000_000_000

    /// Whether the home agent can follow an order to drain, without following it.
    ///
    /// - Throws: `notPermitted` if this agent is not a home agent or does not redirect, `invalidValue` for the text and for home agents
    ///   that are invalid or of this agent.
    public func check(drain order: DrainOrder) throws(ChangeRefusal) { try check(drain: order, isSaved: false) }

    private func check(drain order: DrainOrder, isSaved: Bool) throws(ChangeRefusal) {
        let homeAgent = try requireHomeAgent()
        try order.check()
        let configuration = homeAgent.configuration
        guard isSaved ? configuration.acceptsAnyHomeAgent : configuration.assignsHomeAgent else {
            throw ChangeRefusal(
                index: 0, problem: .notPermitted,
                reason: "this home agent does not serve requests for any home agent, which are the only ones that can be "
                    + "redirected; turn on its setting dynamicHomeAgent and acceptsAnyHomeAgent in its configuration file")
        }
        if let own = order.homeAgents.first(where: homeAgent.addresses.contains) {
            throw ChangeRefusal(
                index: 0, field: "homeAgents", problem: .invalidValue,
                reason: "\(own) is an address of this agent; expected addresses of other home agents")
        }
    }

    /// Takes an order to drain, which replaces an earlier one. `followDrainOrder` is to follow once it is saved.
    ///
    /// - Throws: As `check(drain:)`.
    mutating func drain(_ order: DrainOrder) throws(ChangeRefusal) -> AgentUndo {
        try check(drain: order)
        // The same order again changes nothing, and what was begun by it goes on.
        guard order != written.drain.order else { return AgentUndo { _, _, _ in } }
        return replaceDrainOrder(with: order)
    }

    /// Takes an order that was saved before a restart: it stands also while `dynamicHomeAgent` is off, as it did then.
    /// `followDrainOrder` is to follow.
    ///
    /// - Throws: `notPermitted` and `invalidValue` if the configuration no longer permits the order.
    public mutating func restore(drain order: DrainOrder) throws(ChangeRefusal) {
        try check(drain: order, isSaved: true)
        _ = replaceDrainOrder(with: order)
    }

    /// Takes the order to end draining. `followDrainOrder` is to follow once it is saved.
    ///
    /// - Throws: `notPermitted` if this agent is not a home agent, `notFound` if it is not draining.
    mutating func endDrain() throws(ChangeRefusal) -> AgentUndo {
        _ = try requireHomeAgent()
        // An order that was taken back but could not be saved is still followed.
        guard written.drain.order != nil || homeAgent?.drain != nil else {
            throw ChangeRefusal(index: 0, problem: .notFound, reason: "this home agent is not draining")
        }
        return replaceDrainOrder(with: nil)
    }

    /// Begins or ends to drain as operators have ordered, if the home agent does not yet act by the latest order. To be called once that
    /// order is certain: registrations that are revoked by it are not restored.
    public mutating func followDrainOrder(at now: Moment, effects: inout AgentEffects) {
        guard written.drain.isPending else { return }
        written.drain.follow()
        countersGeneration &+= 1
        if let order = written.drain.order {
            homeAgent?.beginDrain(order, at: now, &shared, &effects)
        } else {
            homeAgent?.endDrain(at: now, &shared, &effects)
        }
        updateDrain(at: now, &effects)
    }

    /// Makes the agent's information report how far draining has got: at once that it begins, changes or ends, and at most once
    /// a second how many requests were redirected and how many bindings are left.
    mutating func updateDrain(at now: Moment, _ effects: inout AgentEffects) {
        // Asked after each message, and nearly always so: the comparison below would copy the role.
        if homeAgent?.drain == nil && information.drain == nil { return }
        let status = homeAgent?.drainStatus
        guard status != information.drain else { return }
        if let status, let shown = information.drain, status.since == shown.since, status.homeAgents == shown.homeAgents,
            status.text == shown.text, now.uptime - drainPublished < Self.drainReportInterval
        {
            return
        }
        drainPublished = now.uptime
        information.drain = status
        effects.changes.append(.information(information))
    }

    /// When it is to be reported how far draining has got, in `Moment.uptime`; nil if that is done.
    var drainPublicationDeadline: Int64? {
        guard let shown = information.drain, let status = homeAgent?.drainStatus, status != shown else { return nil }
        return drainPublished + Self.drainReportInterval
    }

    /// The undo takes back the order. If the home agent acts by it, `followDrainOrder` is to follow once that is saved.
    private mutating func replaceDrainOrder(with order: DrainOrder?) -> AgentUndo {
        written.drain.replace(with: order)
        return AgentUndo { [number = written.drain.number] agent, _, _ in agent.written.drain.takeBack(number) }
    }

    private func requireHomeAgent() throws(ChangeRefusal) -> HomeAgent {
        guard let homeAgent else {
            throw ChangeRefusal(index: 0, problem: .notPermitted, reason: "this agent is not a home agent")
        }
        return homeAgent
    }
}
