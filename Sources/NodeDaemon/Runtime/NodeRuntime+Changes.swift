import AgentControl
import AgentModel
import Logging
import MobileIPv4
import MobileNode
import MobilityLink
import Persistence

/// Changes by operators: all of a list or none, kept over a restart, taken back on demand.
extension NodeRuntime {
    /// What an operator can change of a mobile node.
    struct Written: Hashable {
        /// Nil for the configuration, which is on.
        var enabled: Bool?
        /// Home agents added to those of the configuration, in order.
        var homeAgents: [IPv4Address] = []
    }

    /// - Parameter validate: true to make none.
    func apply(_ changes: [AgentChange], validate: Bool) throws(ControlError) -> AppliedChanges {
        let before = written
        do throws(ChangeRefusal) {
            let after = try result(of: changes)
            if validate { return AppliedChanges(applied: changes.count) }
            try keep(after)
            adopt(after)
        } catch {
            throw .changeRefused(error)
        }
        let token = changes.isEmpty ? nil : ledger.keep([before], at: clock.now.uptime)
        return AppliedChanges(applied: changes.count, undo: token)
    }

    func undo(_ token: String) throws(ControlError) {
        guard let before = ledger.take(token, at: clock.now.uptime)?.first else {
            throw .changeRefused(
                ChangeRefusal(
                    index: 0, field: "token", problem: .notFound, reason: "the token is unknown, used or older than 60 seconds"))
        }
        adopt(before)
        do throws(ChangeRefusal) {
            try keep(before)
        } catch {
            throw .changeRefused(error)
        }
    }

    /// Makes again what was kept. What the configuration has made impossible meanwhile is left out and told in the log.
    func restore(_ changes: [AgentChange]) {
        for change in changes {
            do throws(ChangeRefusal) {
                adopt(try result(of: [change]))
            } catch {
                logger.warning("a change that was kept no longer fits the configuration", metadata: ["reason": "\(error.reason)"])
            }
        }
    }

    private func result(of changes: [AgentChange]) throws(ChangeRefusal) -> Written {
        var result = written
        for (index, change) in changes.enumerated() {
            switch change {
            case .enabled(let enabled): result.enabled = enabled ? nil : false
            case .addHomeAgent(let address):
                guard address != .zero, address.rawValue >> 28 < 0xE else {
                    throw ChangeRefusal(
                        index: index, field: "address", problem: .invalidValue, reason: "\(address) is no unicast address")
                }
                guard !configuredHomeAgents.contains(address), !result.homeAgents.contains(address) else {
                    throw ChangeRefusal(index: index, problem: .alreadyExists, reason: "\(address) is on the list already")
                }
                guard result.homeAgents.count < 64 else {
                    throw ChangeRefusal(index: index, problem: .resourceUnavailable, reason: "64 home agents were added already")
                }
                result.homeAgents.append(address)
            case .removeHomeAgent(let address):
                guard !configuredHomeAgents.contains(address) else {
                    throw ChangeRefusal(
                        index: index, problem: .notPermitted,
                        reason: "the home agent \(address) is from the node's configuration file; change it there")
                }
                guard let place = result.homeAgents.firstIndex(of: address) else {
                    throw ChangeRefusal(index: index, problem: .notFound, reason: "\(address) is not on the list")
                }
                result.homeAgents.remove(at: place)
            default:
                throw ChangeRefusal(
                    index: index, problem: .notPermitted,
                    reason: "a mobile node can be switched on and off and given home agents; this change is for another role")
            }
        }
        return result
    }

    /// The home agents of the configuration, in the order of preference.
    private var configuredHomeAgents: [IPv4Address] {
        [configuration.node.homeAgent.address] + configuration.node.otherHomeAgents
    }

    /// Is as an operator wants it from now on.
    private func adopt(_ state: Written) {
        written = state
        node.setOtherHomeAgents(configuration.node.otherHomeAgents + state.homeAgents)
        setEnabled(state.enabled ?? true)
        finish()
    }

    private func keep(_ state: Written) throws(ChangeRefusal) {
        guard let stateFile else { return }
        var changes: [AgentChange] = state.homeAgents.map { .addHomeAgent($0) }
        if let enabled = state.enabled { changes.append(.enabled(enabled)) }
        do {
            try stateFile.write(changes)
        } catch {
            throw ChangeRefusal(index: 0, problem: .commitFailed, reason: error.description)
        }
    }
}
