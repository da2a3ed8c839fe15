import AgentControl
import AgentModel
import Logging
import MobileIPv4
import MobileNode
import MobilityLink
import Persistence

/// Changes by operators: all of a list are made or none; they are kept across restarts and can be undone.
extension NodeRuntime {
    /// The settings of a mobile node that an operator can change.
    struct Written: Hashable {
        /// Nil for the configured state, which is enabled.
        var enabled: Bool?
        /// Home agents added to those of the configuration, in order.
        var homeAgents: [IPv4Address] = []
        /// What is not as configured.
        var signalling = SignallingSettings()
        var discovery = DiscoverySettings()
    }

    /// - Parameter validate: true to check the changes without making them. Texts to send follow last, once all else is saved.
    func apply(_ changes: [AgentChange], validate: Bool) throws(ControlError) -> AppliedChanges {
        let before = written
        // A text is not kept, and no undo takes it back.
        let isOnlyTexts = !changes.isEmpty && changes.allSatisfy { if case .notify = $0 { true } else { false } }
        do throws(ChangeRefusal) {
            let after = try result(of: changes)
            if validate { return AppliedChanges(applied: changes.count) }
            if !isOnlyTexts {
                try store(after)
                adopt(after)
            }
        } catch {
            throw .changeRefused(error)
        }
        notify(changes.compactMap { if case .notify(let order) = $0 { order } else { nil } })
        let token = changes.isEmpty || isOnlyTexts ? nil : ledger.keep([before], at: clock.now.uptime)
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
            try store(before)
        } catch {
            throw .changeRefused(error)
        }
        // Storing may have succeeded for the first time since it failed.
        publishChanges()
    }

    /// Makes the stored changes again. A change that the configuration no longer allows is skipped and logged.
    func restore(_ changes: [AgentChange]) {
        for var change in changes {
            // The others of the group still fit.
            if case .discovery(var settings) = change, settings.dynamicHomeAgent == false,
                configuration.node.homeAgent.address.isAnyHomeAgent
            {
                logger.warning(
                    "a stored change no longer fits the configuration and is skipped",
                    metadata: ["reason": "a node whose configuration names no home agent cannot turn dynamicHomeAgent off"])
                settings.dynamicHomeAgent = nil
                change = .discovery(settings)
            }
            do throws(ChangeRefusal) {
                adopt(try result(of: [change]))
            } catch {
                logger.warning(
                    "a stored change no longer fits the configuration and is skipped", metadata: ["reason": "\(error.reason)"])
            }
        }
    }

    private func result(of changes: [AgentChange]) throws(ChangeRefusal) -> Written {
        var result = written
        var texts = 0
        for (index, change) in changes.enumerated() {
            switch change {
            case .enabled(let enabled): result.enabled = enabled ? nil : false
            case .addHomeAgent(let address):
                guard address != .zero, address.rawValue >> 28 < 0xE else {
                    throw ChangeRefusal(
                        index: index, field: "address", problem: .invalidValue,
                        reason: "\(address) is invalid; expected a unicast address")
                }
                guard !configuredHomeAgents.contains(address), !result.homeAgents.contains(address) else {
                    throw ChangeRefusal(index: index, problem: .alreadyExists, reason: "\(address) is already on the list")
                }
                guard result.homeAgents.count < 64 else {
                    throw ChangeRefusal(
                        index: index, problem: .resourceUnavailable,
                        reason: "64 home agents have already been added; remove one first")
                }
                result.homeAgents.append(address)
            case .removeHomeAgent(let address):
                guard !configuredHomeAgents.contains(address) else {
                    throw ChangeRefusal(
                        index: index, problem: .notPermitted,
                        reason: "the home agent \(address) is set in the node's configuration file; change it there")
                }
                guard let place = result.homeAgents.firstIndex(of: address) else {
                    throw ChangeRefusal(index: index, problem: .notFound, reason: "\(address) is not on the list")
                }
                result.homeAgents.remove(at: place)
            case .signalling(let settings):
                do throws(ChangeRefusal) {
                    try settings.check(for: [.mobileNode])
                } catch {
                    throw ChangeRefusal(index: index, field: error.field, problem: error.problem, reason: error.reason)
                }
                result.signalling.merge(settings)
            case .discovery(let settings):
                do throws(ChangeRefusal) {
                    try settings.check(for: [.mobileNode])
                } catch {
                    throw ChangeRefusal(index: index, field: error.field, problem: error.problem, reason: error.reason)
                }
                guard settings.dynamicHomeAgent != false || !configuration.node.homeAgent.address.isAnyHomeAgent else {
                    throw ChangeRefusal(
                        index: index, field: "dynamicHomeAgent", problem: .invalidValue,
                        reason: "without dynamicHomeAgent, this node cannot ask for any home agent, and its configuration names "
                            + "none; name its home agent in home.agent first")
                }
                result.discovery.merge(settings)
            case .notify(let order):
                do throws(ChangeRefusal) {
                    try node.check(notify: order, under: settings(with: result).signalling, after: texts, at: clock.now)
                } catch {
                    throw ChangeRefusal(index: index, field: error.field, problem: error.problem, reason: error.reason)
                }
                texts += 1
            default:
                throw ChangeRefusal(
                    index: index, problem: .notPermitted,
                    reason: "a mobile node can be enabled and disabled, has home agents and settings of signalling and discovery "
                        + "to change, and sends texts to its agents; this change is for another role")
            }
        }
        return result
    }

    /// The home agents of the configuration, in the order of preference.
    private var configuredHomeAgents: [IPv4Address] {
        let named = configuration.node.homeAgent.address
        return (named.isAnyHomeAgent ? [] : [named]) + configuration.node.otherHomeAgents
    }

    /// The node's settings with the changes of operators.
    var settings: AgentSettings { settings(with: written) }

    /// The node's settings with these changes of operators.
    private func settings(with changes: Written) -> AgentSettings {
        var settings = configuration.settings
        changes.signalling.apply(to: &settings)
        changes.discovery.apply(to: &settings)
        return settings
    }

    /// Puts the changed settings into effect.
    private func adopt(_ state: Written) {
        written = state
        node.setOtherHomeAgents(configuration.node.otherHomeAgents + state.homeAgents)
        let settings = self.settings
        node.setSignalling(settings.signalling)
        let wasServiceRefused = node.isServiceRefused
        node.setDiscovery(settings.discovery)
        prepareForRevocation(at: movement.attachment)
        setEnabled(state.enabled ?? true)
        if wasServiceRefused, !node.isServiceRefused, node.isEnabled, !node.isRegistered { retry() }
        finish()
    }

    private func store(_ state: Written) throws(ChangeRefusal) {
        guard let problem = save(state) else { return }
        publishChanges()
        throw ChangeRefusal(index: 0, problem: .commitFailed, reason: problem)
    }
}
