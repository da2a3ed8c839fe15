import AgentModel
import MobileIPv4

/// Care-of addresses, demands of a foreign agent, and limits.
extension MobilityAgent {
    /// As many as fit one advertisement.
    private static let careOfAddressLimit = 62

    mutating func add(careOfAddress: IPv4Address, _ effects: inout AgentEffects) throws(ChangeRefusal) -> AgentUndo {
        try requireForeignAgent()
        guard careOfAddress.isUnicast else {
            throw ChangeRefusal(
                index: 0, field: "address", problem: .invalidValue, reason: "\(careOfAddress) is no unicast address")
        }
        guard !information.careOfAddresses.contains(careOfAddress) else {
            throw ChangeRefusal(index: 0, problem: .alreadyExists, reason: "\(careOfAddress) is a care-of address already")
        }
        guard information.careOfAddresses.count < Self.careOfAddressLimit else {
            throw ChangeRefusal(
                index: 0, problem: .resourceUnavailable, reason: "an advertisement has room for \(Self.careOfAddressLimit)")
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
            throw ChangeRefusal(index: 0, problem: .notFound, reason: "\(careOfAddress) is no care-of address of this agent")
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
        information.careOfAddresses = careOfAddresses
        information.addedCareOfAddresses = added
        effects.changes.append(.information(information))
    }

    mutating func apply(_ settings: ForeignAgentSettings, _ effects: inout AgentEffects) throws(ChangeRefusal) -> AgentUndo {
        try requireForeignAgent()
        if let window = settings.challengeWindow, window > 16 {
            throw ChangeRefusal(
                index: 0, field: "challengeWindow", problem: .invalidValue,
                reason: "\(window) challenges are too many; right would be 1 to 16, or 0 to demand none")
        }
        let (role, challenges, written) = (foreignAgent?.configuration, foreignAgent?.challenges, self.written.foreignAgent)
        foreignAgent?.apply(settings)
        self.written.foreignAgent.merge(settings)
        tellForeignAgent(&effects)
        return AgentUndo { agent, _, effects in
            if let role {
                agent.foreignAgent?.configuration.busy = role.busy
                agent.foreignAgent?.configuration.registrationRequired = role.registrationRequired
            }
            agent.foreignAgent?.challenges = challenges
            agent.written.foreignAgent = written
            agent.tellForeignAgent(&effects)
        }
    }

    private mutating func tellForeignAgent(_ effects: inout AgentEffects) {
        guard let foreignAgent else { return }
        information.busy = foreignAgent.isBusy
        information.registrationRequired = foreignAgent.configuration.registrationRequired
        information.challengeWindow = UInt8(clamping: foreignAgent.challenges?.policy.window ?? 0)
        effects.changes.append(.information(information))
    }

    mutating func apply(_ limits: AgentLimits, _ effects: inout AgentEffects) throws(ChangeRefusal) -> AgentUndo {
        for (field, value, isPlayed) in [
            ("maximumBindings", limits.maximumBindings, homeAgent != nil),
            ("maximumVisitors", limits.maximumVisitors, foreignAgent != nil),
        ] {
            guard let value else { continue }
            guard isPlayed else {
                throw ChangeRefusal(
                    index: 0, field: field, problem: .notPermitted, reason: "the agent does not play the role that has \(field)")
            }
            guard value >= 1 else {
                throw ChangeRefusal(
                    index: 0, field: field, problem: .invalidValue, reason: "0 is wrong; right would be 1 to 4294967295")
            }
        }
        let before = AgentLimits(
            maximumBindings: homeAgent?.configuration.maximumBindings,
            maximumVisitors: foreignAgent?.configuration.maximumVisitors)
        let written = self.written.limits
        set(limits, &effects)
        self.written.limits.merge(limits)
        return AgentUndo { agent, _, effects in
            agent.set(before, &effects)
            agent.written.limits = written
        }
    }

    private mutating func set(_ limits: AgentLimits, _ effects: inout AgentEffects) {
        if let bindings = limits.maximumBindings {
            homeAgent?.configuration.maximumBindings = bindings
            homeAgent?.isFull = false
            let nodes = max(configuration.homeAgent?.maximumMobileNodes ?? 0, bindings)
            homeAgent?.nodes.limit = max(1, Int(nodes))
            information.maximumBindings = bindings
            information.maximumMobileNodes = nodes
        }
        if let visitors = limits.maximumVisitors {
            foreignAgent?.configuration.maximumVisitors = visitors
            foreignAgent?.isFull = false
            information.maximumVisitors = visitors
        }
        if let busy = foreignAgent?.isBusy { information.busy = busy }
        effects.changes.append(.information(information))
    }

    private func requireForeignAgent() throws(ChangeRefusal) {
        guard foreignAgent != nil else {
            throw ChangeRefusal(index: 0, problem: .notPermitted, reason: "this agent is no foreign agent")
        }
    }
}

extension ForeignAgent {
    /// Offers these from now on. Visits with another one run out.
    fileprivate mutating func setCareOfAddresses(_ addresses: [IPv4Address]) {
        configuration.careOfAddresses = addresses
        careOfAddresses = Set(addresses)
        self.addresses = careOfAddresses.union(configuration.endpoints.map(\.address))
    }

    fileprivate mutating func apply(_ settings: ForeignAgentSettings) {
        if let busy = settings.busy { configuration.busy = busy }
        if let required = settings.registrationRequired { configuration.registrationRequired = required }
        guard let window = settings.challengeWindow.map(Int.init) else { return }
        if window == 0 {
            challenges = nil
        } else if challenges != nil {
            challenges?.resize(window: window)
        } else {
            var policy = configuration.challenge ?? ChallengePolicy()
            policy.window = window
            challenges = ChallengeBook(policy, limit: Int(configuration.maximumVisitors))
        }
    }
}

extension ForeignAgentSettings {
    fileprivate mutating func merge(_ newer: ForeignAgentSettings) {
        busy = newer.busy ?? busy
        registrationRequired = newer.registrationRequired ?? registrationRequired
        challengeWindow = newer.challengeWindow ?? challengeWindow
    }
}

extension AgentLimits {
    fileprivate mutating func merge(_ newer: AgentLimits) {
        maximumBindings = newer.maximumBindings ?? maximumBindings
        maximumVisitors = newer.maximumVisitors ?? maximumVisitors
    }
}
