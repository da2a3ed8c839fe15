public import AgentModel
public import MobileIPv4

/// A snapshot of one agent. Taking one costs O(1); it never changes.
public struct AgentState: Sendable {
    /// The name under which the agent is managed.
    public let name: String
    /// Nil before the first synchronisation and after withdrawal, when every table is empty too.
    public internal(set) var information: AgentInformation?
    /// What the agent has counted since it started.
    public internal(set) var counters = AgentCounters()
    /// Number of the last change applied.
    public internal(set) var sequence: UInt64 = 0
    /// Mobility bindings, by home and care-of address.
    public internal(set) var bindings = OrderedTable<BindingKey, Binding>()
    /// The visitor list, by source address.
    public internal(set) var visitors = OrderedTable<VisitorKey, Visitor>()
    /// Security associations without their keys, by peer and SPI.
    public internal(set) var associations = OrderedTable<SecurityAssociationKey, SecurityAssociation>()
    /// Security violations, by violator.
    public internal(set) var violations = OrderedTable<PeerIdentity, SecurityViolation>()
    /// Per-node service counters, by home address.
    public internal(set) var mobileNodes = OrderedTable<IPv4Address, MobileNodeService>()
    /// The status that a mobile node reports; nil if there is none.
    public internal(set) var mobileNodeStatus: MobileNodeStatus?
    /// Tunnels in use, by their ends and encapsulation.
    public internal(set) var tunnels = OrderedTable<MobilityTunnelKey, MobilityTunnel>()
    /// The traffic forwarded for each mobile node, by home address and role.
    public internal(set) var traffic = OrderedTable<ForwardedTrafficKey, ForwardedTraffic>()
    /// Interfaces on which the agent advertises itself, by address.
    public internal(set) var advertisements = OrderedTable<IPv4Address, AdvertisingInterface>()
    /// Registrations of a mobile node, accepted or pending.
    public internal(set) var registrations = OrderedTable<NodeRegistrationKey, NodeRegistration>()
    /// Foreign agents whose advertisements a mobile node hears.
    public internal(set) var foreignAgents = OrderedTable<KnownForeignAgentKey, KnownForeignAgent>()
    /// Requests that a foreign agent has relayed and that have not been answered, by the identity of the node and its home address.
    public internal(set) var pendingRegistrations = OrderedTable<IdentityKey<PendingPlace>, PendingRegistration>()
    /// Revocations and notifications that were sent or received, by number.
    public internal(set) var exchanges = OrderedTable<ExchangeKey, Exchange>()
    /// What the agent has done with vendor and experimental extensions, by role, type, vendor and number.
    public internal(set) var extensionUses = OrderedTable<ExtensionUseKey, ExtensionUse>()
    /// Bindings and visits that ended, and why.
    public internal(set) var history = RegistrationHistory()
    /// How many bindings and visits use each tunnel.
    public internal(set) var tunnelUsers = TunnelUsers()
    var marks = CapacityMarks()
    /// The rows in the order of MIP-MIB's indexes, where that differs from the order of their keys.
    public internal(set) var identities = IdentityIndexes()
    /// The nodes before the agent's state became unknown; nil while it is known.
    var past: PastNodes?
    /// How current this snapshot is.
    public internal(set) var health: AgentHealth
    /// The agent's clock when the snapshot was taken; nil before the agent was heard from. Remaining lifetimes are relative to it.
    public internal(set) var agentTime: Timestamp?
    /// The clock of this machine (`MonotonicClock`) minus the agent's, in milliseconds. During one run of the agent it changes only when
    /// the agent's clock is set, as the times in records do, so that the same occurrence always has the same time here. Nil before the
    /// first synchronisation.
    package internal(set) var clockDifference: Int64?

    init(name: String) {
        self.name = name
        health = AgentHealth(connection: .connecting, lastError: nil, connections: 0, discontinuity: nil, restarts: 0)
    }

    /// Whether the agent is known to play this role.
    public func plays(_ role: AgentRole) -> Bool { information?.roles.contains(role) ?? false }

    /// Whole seconds until `expires`, rounded up and never below 0; 65535 if it is nil, which means never (RFC 5944 §3.3).
    public func secondsRemaining(until expires: Timestamp?) -> UInt32 {
        guard let expires else { return 65535 }
        guard let agentTime else { return 0 }
        let left = max(0, expires.milliseconds(since: agentTime))
        return UInt32(clamping: (left + 999) / 1000)
    }

    /// Applies one change. Applying a change of a row twice does no harm.
    ///
    /// - Parameter time: the agent's clock when it sent the change.
    package mutating func apply(_ change: StateChange, at time: Timestamp) {
        let change = sharing(change)
        identities.follow(change, nodes: mobileNodes, at: time)
        switch change {
        case .information(let row): information = row
        case .counters(let row): counters = row
        case .binding(let row):
            tunnelUsers.follow(bindings[row.key]?.tunnel, row.tunnel)
            bindings[row.key] = row
            note(.bindings, at: time)
        case .bindingRemoved(let key, let reason):
            guard let row = bindings.remove(key) else { return }
            tunnelUsers.follow(row.tunnel, nil)
            let traffic = traffic[ForwardedTrafficKey(role: .homeAgent, homeAddress: key.homeAddress)]
            history.record(EndedRegistration(row, reason, at: time, traffic))
        case .visitor(let row):
            tunnelUsers.follow(visitors[row.key]?.tunnel, row.tunnel)
            visitors[row.key] = row
            note(.visitors, at: time)
        case .visitorRemoved(let key, let reason):
            guard let row = visitors.remove(key) else { return }
            tunnelUsers.follow(row.tunnel, nil)
            let traffic = traffic[ForwardedTrafficKey(role: .foreignAgent, homeAddress: key.homeAddress)]
            history.record(EndedRegistration(row, reason, at: time, traffic))
        case .pending(let row):
            pendingRegistrations[IdentityKey(row.key)] = row
            note(.pendingRegistrations, at: time)
        case .pendingRemoved(let key): pendingRegistrations.remove(IdentityKey(key))
        case .association(let row):
            associations[row.key] = row
            note(.associations, at: time)
        case .associationRemoved(let key): associations.remove(key)
        case .violation(let row):
            violations[row.key] = row
            note(.violators, at: time)
        case .violationRemoved(let key): violations.remove(key)
        case .mobileNode(let row):
            mobileNodes[row.key] = row
            note(.mobileNodes, at: time)
        case .mobileNodeRemoved(let key): mobileNodes.remove(key)
        case .mobileNodeStatus(let row): mobileNodeStatus = row
        case .tunnel(let row):
            tunnels[row.key] = row
            note(.tunnels, at: time)
        case .tunnelRemoved(let key): tunnels.remove(key)
        case .traffic(let row): traffic[row.key] = row
        case .trafficRemoved(let key): traffic.remove(key)
        case .advertising(let row): advertisements[row.address] = row
        case .advertisingRemoved(let address): advertisements.remove(address)
        case .registration(let row):
            registrations[row.key] = row
            note(.registrations, at: time)
        case .registrationRemoved(let key): registrations.remove(key)
        case .foreignAgent(let row):
            foreignAgents[row.key] = row
            note(.foreignAgents, at: time)
        case .foreignAgentRemoved(let key): foreignAgents.remove(key)
        case .exchange(let row): exchanges[row.key] = row
        case .exchangeRemoved(let key): exchanges.remove(key)
        case .extensionUse(let row): extensionUses[row.key] = row
        case .event: break
        }
    }

    /// The same change with the identifier that the mirror already has, so that a binding, its renewals and its node's counters share one
    /// copy. An equal identifier with another spelling of the realm is not the same.
    private func sharing(_ change: StateChange) -> StateChange {
        switch change {
        case .binding(var row):
            guard let nai = row.nai else { return change }
            let known = bindings[row.key]?.nai ?? mobileNodes[row.homeAddress]?.nai
            guard let known, known.octets == nai.octets else { return change }
            row.nai = known
            return .binding(row)
        case .mobileNode(var row):
            guard let nai = row.nai else { return change }
            let least = BindingKey(homeAddress: row.homeAddress, careOfAddress: .zero)
            let binding = bindings.ceiling(least).flatMap { $0.key.homeAddress == row.homeAddress ? $0.row : nil }
            let known = mobileNodes[row.key]?.nai ?? binding?.nai
            guard let known, known.octets == nai.octets else { return change }
            row.nai = known
            return .mobileNode(row)
        default: return change
        }
    }

    private mutating func note(_ resource: CapacityResource, at time: Timestamp) {
        marks.note(resource, inUse(resource), at: time)
    }

    /// Takes over the past from an earlier snapshot of the same agent: its history, high-water marks, and the totals of identities. If the
    /// agent has restarted in between, marks and totals are dropped and the counts of ended registrations start again at zero. If its clock
    /// was set in between, the times of the past follow it.
    ///
    /// - Parameter time: the agent's clock now.
    mutating func inherit(from earlier: AgentState, at time: Timestamp) {
        history = earlier.history
        guard let before = earlier.health.run else { return }
        guard let run = health.run, run.isSame(as: before) else { return history.resetCounts() }
        var earlier = earlier
        let step = run.start.milliseconds(since: before.start)
        if step != 0 {
            earlier.shiftPast(by: step)
            history = earlier.history
        }
        marks.merge(earlier.marks)
        identities.inherit(from: earlier.past ?? earlier.nodes, nodes: mobileNodes, at: time)
    }

    private var nodes: PastNodes { PastNodes(rows: mobileNodes, identities: identities) }

    /// The same agent with its state unknown; health, history, high-water marks and what the totals of identities continue from are kept.
    func withdrawn() -> AgentState {
        var state = AgentState(name: name)
        state.health = health
        state.history = history
        state.marks = marks
        state.past = past ?? nodes
        return state
    }
}
