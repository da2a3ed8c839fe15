import AgentControl
import AgentModel
import DaemonSupport
import Logging
import MobileIPv4
import MobilityAgent
import MobilityLink
import Persistence

/// Changes by operators: a list is applied completely or not at all, survives a restart, and can be undone.
extension AgentRuntime {
    /// Undoes one change.
    enum Undo {
        case agent(AgentUndo)
        case advertising(Discovery.Undo)
    }

    /// Changes that have been made and are not yet saved.
    struct MadeChanges {
        fileprivate let changes: [AgentChange]
        fileprivate var steps: [Undo]
        /// The texts to send.
        fileprivate let texts: NotificationPlan
        /// How many registrations orders to revoke end; nil without such an order.
        fileprivate let ended: Int?
        /// Published only once everything is done.
        fileprivate var reported: [StateChange] = []
    }

    /// Whether the changes could be made, without making any.
    func check(_ changes: [AgentChange]) throws(ControlError) -> AppliedChanges {
        guard wakes() else { throw .unexpected("the agent is stopping") }
        let reported = effects.changes.count
        defer { effects.changes.removeSubrange(reported...) }
        do throws(ChangeRefusal) {
            let made = try make(changes, isTrial: true)
            revert(made.steps.reversed())
            return AppliedChanges(applied: changes.count, ended: made.ended)
        } catch {
            throw .changeRefused(error)
        }
    }

    /// Makes all changes but ends of bindings and texts to send. `saveChanges` follows, then `finish`; no other changes are made meanwhile.
    func begin(_ changes: [AgentChange]) throws(ControlError) -> MadeChanges {
        guard wakes() else { throw .unexpected("the agent is stopping") }
        let reported = effects.changes.count
        defer { effects.changes.removeSubrange(reported...) }
        do throws(ChangeRefusal) {
            var made = try make(changes, isTrial: false)
            made.reported = Array(effects.changes[reported...])
            return made
        } catch {
            throw .changeRefused(error)
        }
    }

    /// Publishes changes that have been saved, or undoes them: also if there is no longer room for the revocations. What was undone although
    /// it had been saved has to be saved again.
    ///
    /// - Parameter problem: Why they could not be saved; nil if they were.
    func finish(_ made: MadeChanges, _ problem: String?) throws(ControlError) -> AppliedChanges {
        if let problem {
            takeBack(made)
            throw .changeRefused(notSaved(problem))
        }
        do throws(ChangeRefusal) {
            try checkRoom(for: made.changes)
        } catch {
            logger.notice("changes were taken back", metadata: ["reason": "\(error.reason)"])
            takeBack(made)
            throw .changeRefused(error)
        }
        var steps = made.steps
        effects.changes += made.reported
        // No change of the same list ends registrations: most texts would wait for their turn and then find them ended.
        if made.texts.count > 0 { agent.send(made.texts, at: clock.now, effects: &effects) }
        // End bindings last, and begin to revoke others: only these leave traces, in counters, in history and at other agents.
        for case .endBinding(let homeAddress, let careOfAddress) in made.changes {
            let end = AgentChange.endBinding(homeAddress: homeAddress, careOfAddress: careOfAddress)
            if let undo = try? agent.apply(end, at: clock.now, effects: &effects) { steps.append(.agent(undo)) }
        }
        var ended: Int?
        for case .revoke(let order) in made.changes {
            do throws(ChangeRefusal) {
                let revoked = try agent.revoke(order, at: clock.now, effects: &effects)
                steps.append(.agent(revoked.undo))
                ended = (ended ?? 0) + revoked.count.registrations
            } catch {
                // An earlier change of the list, or time, has ended them: for whatever is left, there is room.
                logger.notice("no registration was revoked", metadata: ["reason": "\(error.reason)"])
                ended = ended ?? 0
            }
        }
        if made.changes.contains(.enabled(false)) { agent.withdraw() }
        agent.followDrainOrder(at: clock.now, effects: &effects)
        warnAboutShortKeys(in: made.changes)
        let token = steps.isEmpty ? nil : ledger.keep(steps, at: clock.now.uptime)
        flush()
        return AppliedChanges(applied: made.changes.count, undo: token, ended: ended)
    }

    /// Undoes the changes made under this token. `saveChanges` follows, then `followUndone`.
    func undo(_ token: String) throws(ControlError) {
        guard wakes(), let steps = ledger.take(token, at: clock.now.uptime) else {
            throw .changeRefused(
                ChangeRefusal(
                    index: 0, field: "token", problem: .notFound, reason: "the token is unknown, used or older than 60 seconds"))
        }
        revert(steps)
        flush()
    }

    /// Acts by an order to drain that an undo has brought back or taken back, once that is saved.
    func followUndone() {
        agent.followDrainOrder(at: clock.now, effects: &effects)
        flush()
    }

    /// Makes a saved change again. One that the configuration no longer permits is skipped and logged.
    func restore(_ change: AgentChange) {
        do throws(ChangeRefusal) {
            if case .drain(let order) = change {
                try agent.restore(drain: order)
                agent.followDrainOrder(at: clock.now, effects: &effects)
            } else {
                _ = try make([change], isTrial: false)
            }
        } catch {
            logger.warning("a saved change no longer fits the configuration", metadata: ["reason": "\(error.reason)"])
        }
        effects.removeAll()
    }

    /// Makes all changes except ends of bindings and texts to send, which are only checked. If one cannot be made, undoes those before it.
    private func make(_ changes: [AgentChange], isTrial: Bool) throws(ChangeRefusal) -> MadeChanges {
        try Self.checkTexts(in: changes)
        var steps: [Undo] = []
        var ended: Int?
        var revoked = agent.reservation(for: changes)
        var orders: [(index: Int, order: NotificationOrder)] = []
        for (index, change) in changes.enumerated() {
            do throws(ChangeRefusal) {
                switch change {
                case .endBinding(let homeAddress, let careOfAddress): try agent.check(endOf: homeAddress, careOfAddress)
                case .notify(let order): orders.append((index, order))
                case .revoke(let order):
                    let count = try agent.check(revoke: order, after: revoked)
                    revoked += count
                    ended = (ended ?? 0) + count.registrations
                case .advertising(let change):
                    steps.append(
                        .advertising(try advertisements(at: change.address).apply(change, at: clock.now, isTrial: isTrial)))
                case .removeAdvertising(let address):
                    steps.append(
                        .advertising(
                            try advertisements(at: address).removeAdvertising(at: address, at: clock.now, isTrial: isTrial)))
                default: steps.append(.agent(try agent.apply(change, at: clock.now, effects: &effects)))
                }
            } catch {
                revert(steps.reversed())
                throw ChangeRefusal(index: index, field: error.field, problem: error.problem, reason: error.reason)
            }
        }
        let texts: NotificationPlan
        do throws(ChangeRefusal) {
            // Together, so that a receiver of several orders with the same text gets it once.
            texts = try agent.plan(orders.map(\.order))
        } catch {
            revert(steps.reversed())
            throw ChangeRefusal(
                index: orders[error.index].index, field: error.field, problem: error.problem, reason: error.reason)
        }
        if !isTrial { followAgent() }
        return MadeChanges(changes: changes, steps: steps, texts: texts, ended: ended)
    }

    /// Refuses a list that sends texts and ends registrations. Texts are sent one after the other, and only to those who are registered.
    private static func checkTexts(in changes: [AgentChange]) throws(ChangeRefusal) {
        var hasTexts = false
        var end: Int?
        for (index, change) in changes.enumerated() {
            switch change {
            case .notify: hasTexts = true
            case .endBinding, .revoke, .drain, .enabled(false): end = end ?? index
            default: break
            }
        }
        guard hasTexts, let end else { return }
        throw ChangeRefusal(
            index: end, problem: .inconsistent,
            reason: "registrations would end before the texts of the same list are sent; send the text first, in a change of its "
                + "own, and end the registrations once it is acknowledged")
    }

    /// Whether there is still room for the revocations of changes that have been made. What has ended meanwhile needs none.
    private func checkRoom(for changes: [AgentChange]) throws(ChangeRefusal) {
        var revoked = agent.reservation(for: changes)
        for (index, change) in changes.enumerated() {
            guard case .revoke(let order) = change else { continue }
            do throws(ChangeRefusal) {
                revoked += try agent.check(revoke: order, after: revoked)
            } catch {
                guard error.problem == .notFound else {
                    throw ChangeRefusal(index: index, field: error.field, problem: error.problem, reason: error.reason)
                }
            }
        }
    }

    /// Undoes changes that have been made and not been published.
    private func takeBack(_ made: MadeChanges) {
        // Rows that were published meanwhile may show them.
        effects.changes += made.reported
        revert(made.steps.reversed())
        flush()
    }

    private func revert(_ steps: [Undo]) {
        for step in steps {
            switch step {
            case .agent(let undo): agent.undo(undo, at: clock.now, effects: &effects)
            case .advertising(let undo): discovery?.undo(undo, at: clock.now)
            }
        }
        followAgent()
    }

    /// Makes advertisements match what the agent offers.
    func followAgent() {
        discovery?.follow(
            careOfAddresses: agent.information.careOfAddresses, registrationRequired: agent.information.registrationRequired,
            offersRevocation: agent.offersRevocation, at: clock.now)
    }

    private func advertisements(at address: IPv4Address) throws(ChangeRefusal) -> Discovery {
        guard let discovery else {
            throw ChangeRefusal(
                index: 0, field: "address", problem: .notFound, reason: "this agent has no interfaces to advertise on")
        }
        return discovery
    }

    /// Why a change is refused that cannot be saved.
    func notSaved(_ problem: String) -> ChangeRefusal {
        logger.error("cannot save a change", metadata: ["error": "\(problem)"])
        return ChangeRefusal(index: 0, problem: .commitFailed, reason: problem)
    }

    /// Short keys are accepted, because peers may have them, but are not silently so.
    private func warnAboutShortKeys(in changes: [AgentChange]) {
        for case .association(let change) in changes {
            guard let secret = change.key else { continue }
            let key = secret.withOctets { AuthenticationKey(octets: $0) }
            guard let (problem, remedy) = KeyStrength.warning(about: key, digits: 0) else { continue }
            logger.warning(
                "the key of a security association \(problem); \(remedy)",
                metadata: ["peer": "\(change.peer)", "spi": "\(change.spi)"])
        }
    }
}
