import AgentModel
import MobileIPv4

/// Changes of care-of addresses, of a foreign agent's requirements, and of limits.
extension MobilityAgent {
    /// As many as fit into one advertisement.
    private static let careOfAddressLimit = 62

    mutating func add(careOfAddress: IPv4Address, _ effects: inout AgentEffects) throws(ChangeRefusal) -> AgentUndo {
        try requireForeignAgent()
        guard careOfAddress.isUnicast else {
            throw ChangeRefusal(
                index: 0, field: "address", problem: .invalidValue, reason: "\(careOfAddress) is not a unicast address")
        }
        guard !information.careOfAddresses.contains(careOfAddress) else {
            throw ChangeRefusal(
                index: 0, problem: .alreadyExists, reason: "\(careOfAddress) is already a care-of address of this agent")
        }
        guard information.careOfAddresses.count < Self.careOfAddressLimit else {
            throw ChangeRefusal(
                index: 0, problem: .resourceUnavailable,
                reason: "an agent can have at most \(Self.careOfAddressLimit) care-of addresses")
        }
        let before = information
        set(
            careOfAddresses: before.careOfAddresses + [careOfAddress], added: before.addedCareOfAddresses + [careOfAddress],
            &effects)
        return AgentUndo { agent, _, effects in
            agent.set(careOfAddresses: before.careOfAddresses, added: before.addedCareOfAddresses, &effects)
        }
    }

    mutating func remove(careOfAddress: IPv4Address, _ effects: inout AgentEffects) throws(ChangeRefusal) -> AgentUndo {
        try requireForeignAgent()
        let before = information
        guard before.careOfAddresses.contains(careOfAddress) else {
            throw ChangeRefusal(index: 0, problem: .notFound, reason: "\(careOfAddress) is not a care-of address of this agent")
        }
        guard before.addedCareOfAddresses.contains(careOfAddress) else {
            throw Self.isConfigured("the care-of address \(careOfAddress)")
        }
        set(
            careOfAddresses: before.careOfAddresses.filter { $0 != careOfAddress },
            added: before.addedCareOfAddresses.filter { $0 != careOfAddress }, &effects)
        return AgentUndo { agent, _, effects in
            agent.set(careOfAddresses: before.careOfAddresses, added: before.addedCareOfAddresses, &effects)
        }
    }

    private mutating func set(careOfAddresses: [IPv4Address], added: [IPv4Address], _ effects: inout AgentEffects) {
        foreignAgent?.setCareOfAddresses(careOfAddresses)
        homeAgent?.visitedAddresses = Set(careOfAddresses)
        information.careOfAddresses = careOfAddresses
        information.addedCareOfAddresses = added
        effects.changes.append(.information(information))
    }

    mutating func apply(_ settings: ForeignAgentSettings, _ effects: inout AgentEffects) throws(ChangeRefusal) -> AgentUndo {
        // If a setting is given, the refusal comes from `apply` and names that setting.
        if settings.isEmpty { try requireForeignAgent() }
        let challenges = foreignAgent?.challenges
        let undo = try apply(settings, \.foreignAgent, \.foreignAgent, &effects)
        return AgentUndo { agent, now, effects in
            undo.action(&agent, now, &effects)
            // Restores the challenges that were issued, so that nodes can still answer them.
            agent.foreignAgent?.challenges = challenges
        }
    }

    /// Changes settings of one group.
    mutating func apply<Group>(
        _ changes: SettingChanges<Group>, _ group: WritableKeyPath<AgentSettings, Group>,
        _ written: WritableKeyPath<WrittenSettings, SettingChanges<Group>>, _ effects: inout AgentEffects
    ) throws(ChangeRefusal) -> AgentUndo {
        try changes.check(for: information.roles)
        let before = (settings: settings[keyPath: group], written: self.written[keyPath: written])
        var settings = self.settings
        changes.apply(to: &settings)
        put(settings, &effects)
        self.written[keyPath: written].merge(changes)
        return AgentUndo { agent, _, effects in
            var settings = agent.settings
            settings[keyPath: group] = before.settings
            agent.put(settings, &effects)
            agent.written[keyPath: written] = before.written
        }
    }

    private func requireForeignAgent() throws(ChangeRefusal) {
        guard foreignAgent != nil else {
            throw ChangeRefusal(index: 0, problem: .notPermitted, reason: "this agent is not a foreign agent")
        }
    }
}

extension ForeignAgent {
    /// Offers these addresses from now on. Visits with another care-of address continue until they expire.
    fileprivate mutating func setCareOfAddresses(_ addresses: [IPv4Address]) {
        configuration.careOfAddresses = addresses
        careOfAddresses = Set(addresses)
        self.addresses = careOfAddresses.union(configuration.endpoints.map(\.address))
    }

    /// Applies settings. Those read on each request need nothing further; state that persists between requests is adjusted here.
    mutating func follow(_ settings: AgentSettings) {
        let before = configuration.settings
        configuration.settings = settings
        if settings.limits.maximumVisitors != before.limits.maximumVisitors { isFull = false }
        understanding = Self.understanding(configuration)
        known = KnownExtensions(configuration)
        let window = Int(settings.foreignAgent.challengeWindow)
        guard settings.foreignAgent.challengeWindow != before.foreignAgent.challengeWindow else { return }
        if window == 0 {
            challenges = nil
        } else if challenges != nil {
            challenges?.resize(window: window)
        } else {
            var policy = configuration.challenge ?? ChallengePolicy()
            policy.window = window
            challenges = ChallengeBook(policy, limit: Int(settings.limits.maximumVisitors))
        }
    }
}

extension HomeAgent {
    /// Applies settings.
    mutating func follow(_ settings: AgentSettings) {
        let before = configuration.settings
        configuration.settings = settings
        understanding = Self.understanding(configuration)
        known = KnownExtensions(configuration)
        if settings.signalling.revocation != before.signalling.revocation { drain?.lookAgain() }
        guard settings.limits.maximumBindings != before.limits.maximumBindings else { return }
        isFull = false
        nodes.limit = max(1, Int(configuration.nodesRemembered))
    }
}
