public import AgentModel
import MobileIPv4

/// The records of the node for management.
extension MobileNode {
    /// The node's status.
    ///
    /// - Parameters:
    /// - agents: the agents it hears; nil when it does not listen for agents.
    ///   - startTime: the wall clock when `Moment.uptime` is 0.
    public func status(agents: AgentList?, startTime: Timestamp) -> MobileNodeStatus {
        let current = configuration.homeAgent.address
        let others = configuration.otherHomeAgents.filter { $0 != current }
        return MobileNodeStatus(
            state: mobileNodeState, homeAddress: configuration.homeAddress, nai: configuration.nai,
            homeAgents: [KnownHomeAgent(address: current, isCurrent: true)]
                + others.map { KnownHomeAgent(address: $0, isCurrent: false) },
            recentAdvertisement: agents?.mostRecent?.record(startTime: startTime),
            homeAgentMessage: messages.ofHomeAgent?.record(startTime: startTime),
            foreignAgentMessage: messages.ofForeignAgent?.record(startTime: startTime),
            foreignAgentError: refusals.latest?.record(startTime: startTime), homeAgentSearch: homeAgentSearch,
            hostConfiguration: hostConfiguration?.record(startTime: startTime),
            homeAgentIdentity: identities.homeAgent ?? configuration.homeAgentIdentity, homeAAAIdentity: identities.homeAAA,
            service: requestedService)
    }

    /// The current registration and the one in progress; a single row when the second renews the first (`mnRegistrationTable`).
    public func registrations(at now: Moment, startTime: Timestamp) -> [NodeRegistration] {
        var rows: [NodeRegistration] = []
        if let accepted, accepted.isValid(at: now) {
            rows.append(accepted.record(startTime: startTime, isAccepted: true))
        }
        if let pending {
            let row = pending.record(startTime: startTime, isAccepted: false)
            if !rows.contains(where: { $0.key == row.key }) { rows.append(row) }
        }
        return rows.sorted { $0.key < $1.key }
    }

    /// All counters, including the counts of agent advertisements.
    public func counters(with agents: AgentList) -> MobileNodeCounters {
        var all = counters
        all.advertisementsReceived = agents.counters.advertisementsReceived
        all.advertisementsDroppedInvalidExtension = agents.counters.advertisementsDroppedInvalidExtension
        all.advertisementsIgnoredUnknownExtension = agents.counters.advertisementsIgnoredUnknownExtension
        all.agentRebootsDetected = agents.counters.agentRebootsDetected
        return all
    }
}

extension HeardAgent {
    /// The agent's latest advertisement as a record.
    public func record(startTime: Timestamp) -> HeardAdvertisement {
        HeardAdvertisement(
            sourceAddress: address, sequence: mobility.sequence.rawValue, flags: mobility.flags,
            registrationLifetime: mobility.registrationLifetime.rawValue, advertisementLifetime: advertisement.lifetime,
            received: startTime.adding(milliseconds: heard / 1_000_000))
    }
}

extension AgentList {
    /// One row for each care-of address offered by a foreign agent that is heard (`mnFATable`).
    public func knownForeignAgents(startTime: Timestamp) -> [KnownForeignAgent] {
        all.filter { $0.mobility.flags.contains(.foreignAgent) }.flatMap { agent in
            let record = agent.record(startTime: startTime)
            return agent.mobility.careOfAddresses.map { KnownForeignAgent(record, careOfAddress: $0) }
        }.sorted { $0.key < $1.key }
    }
}
