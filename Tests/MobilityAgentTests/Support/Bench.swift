import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent

/// Addresses, keys and a clock for all tests. Only documentation addresses are used.
enum Lab {
    static let home = IPv4Address(192, 0, 2, 10)
    static let homeAgent = TransportEndpoint(IPv4Address(192, 0, 2, 1), port: 434)
    static let foreignAgent = TransportEndpoint(IPv4Address(198, 51, 100, 1), port: 434)
    static let careOf = IPv4Address(203, 0, 113, 5)
    static let otherCareOf = IPv4Address(203, 0, 113, 6)
    static let node = TransportEndpoint(careOf, port: 5000)
    static let visitor = TransportEndpoint(home, port: 5001)
    static let homeNetwork = IPv4Prefix(containing: home, length: 24)
    static let broadcast = IPv4Address(192, 0, 2, 255)
    static let spi = SecurityParameterIndex(rawValue: 0x100)
    static let foreignSPI = SecurityParameterIndex(rawValue: 0x200)
    static let mobileForeignSPI = SecurityParameterIndex(rawValue: 0x300)
    static let key = AuthenticationKey(octets: Array(0..<16))
    static let wrongKey = AuthenticationKey(octets: Array(16..<32))
    static let foreignKey = AuthenticationKey(octets: Array(32..<48))
    static let mobileForeignKey = AuthenticationKey(octets: Array(48..<64))
    static let alice = NetworkAccessIdentifier("alice@example.net")
    /// 2023-11-24T17:23:12Z, when a test begins.
    static let start: Int64 = 1_700_846_592
    /// How long agents have been running when a test begins, in seconds: timestamps from before the start of an agent are refused.
    static let age: Int64 = 3600

    static func association(
        _ peer: PeerIdentity = .address(home), _ role: AgentRole = .mobileNode, spi: SecurityParameterIndex = spi,
        key: AuthenticationKey = key, algorithm: AuthenticationAlgorithm = .hmacMD5, replay: ReplayMethod = .timestamps,
        tolerance: UInt16 = 7, ownRole: AgentRole? = nil
    ) -> ConfiguredSecurityAssociation {
        ConfiguredSecurityAssociation(
            association: SecurityAssociation(
                peer: peer, peerRole: role, spi: spi, algorithm: algorithm, replayMethod: replay, replayTolerance: tolerance),
            key: key, ownRole: ownRole)
    }

    /// The association of a foreign agent and a home agent, as each of them has it.
    static let ofForeignAgent = association(
        .address(foreignAgent.address), .foreignAgent, spi: foreignSPI, key: foreignKey)
    static let ofHomeAgent = association(.address(homeAgent.address), .homeAgent, spi: foreignSPI, key: foreignKey)
    static let ofVisitor = association(spi: mobileForeignSPI, key: mobileForeignKey, ownRole: .foreignAgent)

    static func homeAgentConfiguration(
        _ associations: [ConfiguredSecurityAssociation] = [association()],
        _ change: (inout HomeAgentConfiguration) -> Void = { _ in }
    ) -> MobilityAgentConfiguration {
        var role = HomeAgentConfiguration(endpoints: [homeAgent], homeNetworks: homeNetwork.map { [$0] } ?? [])
        change(&role)
        return MobilityAgentConfiguration(name: "home", homeAgent: role, securityAssociations: associations)
    }

    static func foreignAgentConfiguration(
        _ associations: [ConfiguredSecurityAssociation] = [], _ change: (inout ForeignAgentConfiguration) -> Void = { _ in }
    ) -> MobilityAgentConfiguration {
        var role = ForeignAgentConfiguration(endpoints: [foreignAgent], careOfAddresses: [foreignAgent.address])
        change(&role)
        var configuration = MobilityAgentConfiguration(name: "foreign", foreignAgent: role, securityAssociations: associations)
        // Those that belong to no role, too.
        configuration.settings = role.settings
        return configuration
    }
}

/// An agent with its clock and the effects of its last call.
struct Bench {
    var agent: MobilityAgent
    /// Nanoseconds since the agent started.
    var uptime: Int64
    /// The wall clock when the uptime was 0, in seconds since 1970.
    var start: Int64
    /// The error of the agent's wall clock.
    var clockError: Int64 = 0
    private(set) var effects = AgentEffects()
    private var lastUndo: AgentUndo?

    /// - Parameters:
    ///   - start: The wall clock when the test begins, in seconds since 1970.
    ///   - age: How long the agent has been running then, in seconds.
    init(_ configuration: MobilityAgentConfiguration, seed: UInt64 = 1, start: Int64 = Lab.start, age: Int64 = Lab.age) {
        self.start = start - age
        uptime = age * 1_000_000_000
        agent = MobilityAgent(
            configuration: configuration, instance: "test", processID: 1,
            startTime: Timestamp(milliseconds: (start - age) * 1000),
            random: SeededGenerator(seed: seed))
    }

    var now: Moment { Moment(uptime: uptime, wallClock: start * 1_000_000_000 + uptime + clockError) }
    var time: Timestamp { Timestamp(milliseconds: start * 1000 + uptime / 1_000_000) }
    /// The identification that a node with a correct clock would use now.
    var identification: Identification { Identification(unixNanoseconds: now.wallClock - clockError) }

    /// Delivers a datagram, whose results are in `effects`. Returns the first datagram sent.
    @discardableResult
    mutating func receive(
        _ octets: [UInt8], from source: TransportEndpoint = Lab.node, linkLayer: UInt64? = nil,
        to local: TransportEndpoint = Lab.homeAgent, timeToLive: UInt8? = nil
    ) -> OutgoingDatagram? {
        effects.removeAll()
        agent.receive(
            octets.span.bytes, from: source, linkLayer: linkLayer, to: local, timeToLive: timeToLive, at: now, effects: &effects)
        return effects.datagrams.first
    }

    /// Lets time pass, with a call at every deadline.
    mutating func advance(seconds: Double) {
        effects.removeAll()
        let end = uptime + Int64(seconds * 1_000_000_000)
        while let deadline = agent.nextDeadline, deadline <= end {
            uptime = max(uptime, deadline)
            agent.advance(to: now, effects: &effects)
        }
        uptime = end
        agent.advance(to: now, effects: &effects)
    }

    /// Reports to the agent that its clock was set.
    mutating func step(by milliseconds: Int64) {
        effects.removeAll()
        agent.clockStepped(by: milliseconds, at: now, effects: &effects)
    }

    @discardableResult
    mutating func revoke(_ homeAddress: IPv4Address, _ careOfAddress: IPv4Address? = nil) -> Int {
        effects.removeAll()
        return agent.revokeBinding(homeAddress: homeAddress, careOfAddress: careOfAddress, at: now, effects: &effects)
    }

    mutating func setEnabled(_ enabled: Bool) {
        effects.removeAll()
        agent.setEnabled(enabled, at: now, effects: &effects)
    }

    /// Delivers an ICMP error.
    mutating func reportUnreachable(_ unreachable: HomeAgentUnreachable, quoting quoted: QuotedRequest) {
        effects.removeAll()
        agent.reportUnreachable(unreachable, quoting: quoted, at: now, effects: &effects)
    }

    /// Reports that the machine refuses to send a datagram.
    mutating func reportUnsent(_ datagram: OutgoingDatagram, _ unreachable: HomeAgentUnreachable) {
        effects.removeAll()
        agent.reportUnsent(datagram, unreachable, at: now, effects: &effects)
    }

    var events: [AgentEvent] {
        effects.changes.compactMap { if case .event(let event) = $0 { event } else { nil } }
    }
    var home: HomeAgentCounters { agent.counters.homeAgent ?? HomeAgentCounters() }
    var foreign: ForeignAgentCounters { agent.counters.foreignAgent ?? ForeignAgentCounters() }

    /// The agent's whole state, read in pages of `limit`.
    func snapshot(limit: Int = 3) -> [StateChange] {
        var all: [StateChange] = []
        var position: SnapshotPosition?
        repeat {
            let page = agent.snapshotPage(after: position, limit: limit)
            all += page.changes
            position = page.next
        } while position != nil
        return all
    }

    var bindings: [Binding] { snapshot().compactMap { if case .binding(let row) = $0 { row } else { nil } } }
    var visitors: [Visitor] { snapshot().compactMap { if case .visitor(let row) = $0 { row } else { nil } } }
    var pending: [PendingRegistration] { snapshot().compactMap { if case .pending(let row) = $0 { row } else { nil } } }
    var associations: [SecurityAssociation] {
        snapshot().compactMap { if case .association(let row) = $0 { row } else { nil } }
    }

    /// Makes a change; returns nil on success, otherwise the refusal.
    @discardableResult
    mutating func apply(_ change: AgentChange) -> ChangeRefusal? {
        effects.removeAll()
        do throws(ChangeRefusal) {
            lastUndo = try agent.apply(change, at: now, effects: &effects)
            return nil
        } catch {
            return error
        }
    }

    /// Undoes the last change.
    mutating func undo() {
        effects.removeAll()
        guard let step = lastUndo else { return }
        agent.undo(step, at: now, effects: &effects)
    }

    var violations: [SecurityViolation] { snapshot().compactMap { if case .violation(let row) = $0 { row } else { nil } } }
    var mobileNodes: [MobileNodeService] { snapshot().compactMap { if case .mobileNode(let row) = $0 { row } else { nil } } }

    /// True when every datagram so far has exactly one outcome.
    var everythingIsAccountedFor: Bool {
        let counters = agent.counters
        let (home, foreign) = (self.home, self.foreign)
        let discarded = counters.discards.total + home.discards.total + foreign.discards.total
        let own = foreign.repliesSentByCode.total(0...255) - foreign.pendingTimeouts
        return counters.datagramsReceived == discarded + home.repliesSent + foreign.requestsRelayed + foreign.repliesRelayed + own
            && home.repliesSent == home.repliesSentByCode.total(0...255)
    }
}
