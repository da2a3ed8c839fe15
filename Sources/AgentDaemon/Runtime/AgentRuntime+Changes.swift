import AgentControl
import AgentModel
import Logging
import MobileIPv4
import MobilityAgent
import MobilityLink
import Persistence

/// Changes by operators: all of a list or none, kept over a restart, taken back on demand.
extension AgentRuntime {
    /// What takes back one change.
    enum Undo {
        case agent(AgentUndo)
        case advertising(Discovery.Undo)
    }

    /// - Parameter validate: true to make none.
    func apply(_ changes: [AgentChange], validate: Bool) throws(ControlError) -> AppliedChanges {
        var steps: [Undo] = []
        // Told only once all of it is done.
        let reported = effects.changes.count
        do throws(ChangeRefusal) {
            steps = try make(changes, isTrial: validate)
            if validate {
                takeBack(steps.reversed())
                effects.changes.removeSubrange(reported...)
                return AppliedChanges(applied: changes.count)
            }
            if let refusal = keep() {
                takeBack(steps.reversed())
                throw refusal
            }
            // Ends of bindings come last: they alone leave traces, in counters and in history, when they are taken back.
            for case .endBinding(let homeAddress, let careOfAddress) in changes {
                let end = AgentChange.endBinding(homeAddress: homeAddress, careOfAddress: careOfAddress)
                if let undo = try? agent.apply(end, at: clock.now, effects: &effects) { steps.append(.agent(undo)) }
            }
        } catch {
            effects.changes.removeSubrange(reported...)
            throw .changeRefused(error)
        }
        let token = steps.isEmpty ? nil : ledger.keep(steps, at: clock.now.uptime)
        flush()
        return AppliedChanges(applied: changes.count, undo: token)
    }

    func undo(_ token: String) throws(ControlError) {
        guard let steps = ledger.take(token, at: clock.now.uptime) else {
            throw .changeRefused(
                ChangeRefusal(
                    index: 0, field: "token", problem: .notFound, reason: "the token is unknown, used or older than 60 seconds"))
        }
        takeBack(steps)
        let refusal = keep()
        flush()
        if let refusal { throw .changeRefused(refusal) }
    }

    /// Makes again what was kept. What the configuration has made impossible meanwhile is left out and told in the log.
    func restore(_ changes: [AgentChange]) {
        for change in changes {
            do throws(ChangeRefusal) {
                _ = try make([change], isTrial: false)
            } catch {
                logger.warning("a change that was kept no longer fits the configuration", metadata: ["reason": "\(error.reason)"])
            }
        }
        effects.removeAll()
    }

    /// Makes all but the ends of bindings, which are only checked; when one cannot be made, takes back those before it.
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
                takeBack(steps.reversed())
                throw ChangeRefusal(index: index, field: error.field, problem: error.problem, reason: error.reason)
            }
        }
        followAgent()
        return steps
    }

    private func takeBack(_ steps: [Undo]) {
        for step in steps {
            switch step {
            case .agent(let undo): agent.undo(undo, at: clock.now, effects: &effects)
            case .advertising(let undo): discovery?.undo(undo, at: clock.now)
            }
        }
        followAgent()
    }

    /// Advertisements carry what the agent offers.
    private func followAgent() {
        discovery?.follow(
            careOfAddresses: agent.information.careOfAddresses, registrationRequired: agent.information.registrationRequired,
            at: clock.now)
    }

    private func advertisements(at address: IPv4Address) throws(ChangeRefusal) -> Discovery {
        guard let discovery else {
            throw ChangeRefusal(
                index: 0, field: "address", problem: .notFound, reason: "this agent was given no interfaces to advertise on")
        }
        return discovery
    }

    /// Writes what is to be found again after a restart; returns why that did not work.
    private func keep() -> ChangeRefusal? {
        guard let file = stateFile else { return nil }
        do {
            try file.write(agent.keptChanges + (discovery?.keptChanges ?? []))
            return nil
        } catch {
            logger.error("a change could not be kept", metadata: ["error": "\(error.description)"])
            return ChangeRefusal(index: 0, problem: .commitFailed, reason: error.description)
        }
    }
}
