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

    /// - Parameter validate: True to only check the changes.
    func apply(_ changes: [AgentChange], validate: Bool) throws(ControlError) -> AppliedChanges {
        var steps: [Undo] = []
        // Published only once everything is done.
        let reported = effects.changes.count
        do throws(ChangeRefusal) {
            steps = try make(changes, isTrial: validate)
            if validate {
                revert(steps.reversed())
                effects.changes.removeSubrange(reported...)
                return AppliedChanges(applied: changes.count)
            }
            if let refusal = saveChanges() {
                revert(steps.reversed())
                throw refusal
            }
            // End bindings last: only these leave traces, in counters and in history, when they are undone.
            for case .endBinding(let homeAddress, let careOfAddress) in changes {
                let end = AgentChange.endBinding(homeAddress: homeAddress, careOfAddress: careOfAddress)
                if let undo = try? agent.apply(end, at: clock.now, effects: &effects) { steps.append(.agent(undo)) }
            }
        } catch {
            effects.changes.removeSubrange(reported...)
            publishStateError()
            throw .changeRefused(error)
        }
        warnAboutShortKeys(in: changes)
        let token = steps.isEmpty ? nil : ledger.keep(steps, at: clock.now.uptime)
        publishStateError()
        flush()
        return AppliedChanges(applied: changes.count, undo: token)
    }

    func undo(_ token: String) throws(ControlError) {
        guard let steps = ledger.take(token, at: clock.now.uptime) else {
            throw .changeRefused(
                ChangeRefusal(
                    index: 0, field: "token", problem: .notFound, reason: "the token is unknown, used or older than 60 seconds"))
        }
        revert(steps)
        let refusal = saveChanges()
        publishStateError()
        flush()
        if let refusal { throw .changeRefused(refusal) }
    }

    /// Restores saved changes. Changes that the configuration no longer permits are skipped and logged.
    func restore(_ changes: [AgentChange]) {
        for change in changes {
            do throws(ChangeRefusal) {
                _ = try make([change], isTrial: false)
            } catch {
                logger.warning("a saved change no longer fits the configuration", metadata: ["reason": "\(error.reason)"])
            }
        }
        effects.removeAll()
    }

    /// Makes all changes except ends of bindings, which are only checked. If one cannot be made, undoes those before it.
    private func make(_ changes: [AgentChange], isTrial: Bool) throws(ChangeRefusal) -> [Undo] {
        var steps: [Undo] = []
        for (index, change) in changes.enumerated() {
            do throws(ChangeRefusal) {
                switch change {
                case .endBinding(let homeAddress, let careOfAddress): try agent.check(endOf: homeAddress, careOfAddress)
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
        followAgent()
        return steps
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
    private func followAgent() {
        discovery?.follow(
            careOfAddresses: agent.information.careOfAddresses, registrationRequired: agent.information.registrationRequired,
            at: clock.now)
    }

    private func advertisements(at address: IPv4Address) throws(ChangeRefusal) -> Discovery {
        guard let discovery else {
            throw ChangeRefusal(
                index: 0, field: "address", problem: .notFound, reason: "this agent has no interfaces to advertise on")
        }
        return discovery
    }

    /// Saves what is to be restored after a restart. Returns the reason if that fails.
    private func saveChanges() -> ChangeRefusal? {
        guard let problem = save() else { return nil }
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
