public import AgentControl
public import AgentModel
import Logging
public import MobileIPv4

/// A real control server with a state given by the test, as an agent of another implementation would appear.
public actor ScriptedAgent: AgentControlSource {
    private var rows: [StateChange]
    private var started = ContinuousClock.now
    private var startTime: Timestamp
    private let uptime: Int64
    private var own: AgentInformation
    private var server: AgentControlServer?
    /// The commands received, as text.
    public private(set) var commands: [String] = []
    public nonisolated let socketPath: String

    /// - Parameter uptime: how many seconds ago the agent claims to have started.
    public init(
        socketPath: String, information: AgentInformation = Samples.information(), rows: [StateChange] = [],
        uptime: Int64 = 0
    ) {
        self.uptime = uptime
        self.socketPath = socketPath
        self.rows = rows
        own = information
        startTime = information.startTime
    }

    public func start(limits: AgentControlServer.Limits = .init()) async throws {
        let server = AgentControlServer(
            socketPath: socketPath, source: self, version: "scripted",
            logger: Logger(label: "scripted") { _ in SwiftLogNoOpLogHandler() },
            limits: limits)
        try await server.start()
        self.server = server
    }

    public func stop() async {
        await server?.stop()
        server = nil
    }

    /// Publishes changes to subscribers, and keeps rows for later snapshots. Removals other than those of bindings and visits are
    /// only published.
    public func publish(_ changes: [StateChange]) {
        for change in changes {
            switch change {
            case .counters, .binding, .visitor, .association, .violation, .mobileNode, .mobileNodeStatus, .registration,
                .foreignAgent, .pending, .tunnel, .traffic, .advertising, .exchange:
                rows.append(change)
            case .bindingRemoved(let key, _): rows.removeAll { if case .binding(let row) = $0 { row.key == key } else { false } }
            case .visitorRemoved(let key, _): rows.removeAll { if case .visitor(let row) = $0 { row.key == key } else { false } }
            case .information(let new): own = new
            default: break
            }
        }
        server?.publish(changes, at: now)
    }

    private var now: Timestamp {
        let elapsed = (ContinuousClock.now - started).components
        return startTime.adding(
            milliseconds: (uptime + elapsed.seconds) * 1000 + elapsed.attoseconds / 1_000_000_000_000_000)
    }

    public func information() -> AgentInformation { own }
    public func agentTime() -> Timestamp { now }

    public func snapshotPage(
        of topics: Set<ControlTopic>, after position: UInt64?, limit: Int
    ) -> (changes: [StateChange], next: UInt64?) {
        let start = Int(position ?? 0)
        let end = min(rows.count, start + limit)
        let head: [StateChange] = position == nil ? [.information(own)] : []
        return (head + (start < end ? Array(rows[start..<end]) : []), end < rows.count ? UInt64(end) : nil)
    }

    public func revokeBinding(homeAddress: IPv4Address, careOfAddress: IPv4Address?) throws(ControlError) -> Int {
        commands.append("revoke \(homeAddress)")
        let removals = removals(homeAddress, careOfAddress)
        guard !removals.isEmpty else { throw .bindingNotFound(homeAddress: homeAddress, careOfAddress: careOfAddress) }
        publish(removals)
        return removals.count
    }

    /// The ends of the bindings and visits of a home address.
    private func removals(_ homeAddress: IPv4Address, _ careOfAddress: IPv4Address?) -> [StateChange] {
        rows.compactMap { row in
            switch row {
            case .binding(let binding)
            where binding.homeAddress == homeAddress && (careOfAddress ?? binding.careOfAddress) == binding.careOfAddress:
                .bindingRemoved(binding.key, .administrativelyRevoked)
            case .visitor(let visitor)
            where visitor.homeAddress == homeAddress && (careOfAddress ?? visitor.careOfAddress) == visitor.careOfAddress:
                .visitorRemoved(visitor.key, .administrativelyRevoked)
            default: nil
            }
        }
    }

    public func setEnabled(_ enabled: Bool) throws(ControlError) {
        commands.append("enabled \(enabled)")
        guard own.enabled != enabled else { throw .refused(reason: "registration is already \(enabled ? "on" : "off")") }
        own.enabled = enabled
        publish([.information(own)])
    }

    /// Changes applied, in order.
    public private(set) var applied: [AgentChange] = []
    /// The refusal of the next calls of Apply; nil to accept them.
    public private(set) var refusal: ChangeRefusal?
    private var undoable: [String: [AgentChange]] = [:]

    /// Whether changes are refused only when they are made, after they have passed validation.
    private var refusesLate = false
    /// How long the next calls of Apply take, when validating and when making changes.
    private var delays = (checking: Duration.zero, making: Duration.zero)

    /// Refuses calls of Apply from now on; nil accepts them again.
    public func refuse(_ refusal: ChangeRefusal?, late: Bool = false) {
        self.refusal = refusal
        refusesLate = late
    }

    /// Delays calls of Apply from now on.
    public func delay(checking: Duration = .zero, making: Duration = .zero) { delays = (checking, making) }

    public func apply(_ changes: [AgentChange], validate: Bool) async throws(ControlError) -> AppliedChanges {
        let delay = validate ? delays.checking : delays.making
        if delay > .zero { try? await Task.sleep(for: delay) }
        if let refusal, !(refusesLate && validate) { throw .changeRefused(refusal) }
        commands.append("\(validate ? "validate" : "apply") \(changes.count)")
        guard !validate, !changes.isEmpty else { return AppliedChanges(applied: changes.count) }
        applied += changes
        for change in changes { publish(effects(of: change)) }
        let token = "token\(undoable.count + 1)"
        undoable[token] = changes
        return AppliedChanges(applied: changes.count, undo: token)
    }

    /// The state changes that an applied change publishes.
    private func effects(of change: AgentChange) -> [StateChange] {
        switch change {
        case .enabled(let enabled):
            guard own.enabled != enabled else { return [] }
            own.enabled = enabled
            return [.information(own)]
        case .endBinding(let homeAddress, let careOfAddress):
            return removals(homeAddress, careOfAddress)
        case .addHomeAgent(let address), .removeHomeAgent(let address):
            for case .mobileNodeStatus(var status) in rows.reversed() {
                status.homeAgents.removeAll { $0.address == address }
                own.addedHomeAgents.removeAll { $0 == address }
                if case .addHomeAgent = change {
                    status.homeAgents.append(KnownHomeAgent(address: address, isCurrent: false))
                    own.addedHomeAgents.append(address)
                }
                return [.information(own), .mobileNodeStatus(status)]
            }
            return []
        case .advertising(let change):
            for case .advertising(var row) in rows.reversed() where row.address == change.address {
                row.maximumInterval = change.maximumInterval ?? row.maximumInterval
                row.minimumInterval = change.minimumInterval ?? row.minimumInterval
                row.onlyOnSolicitation = change.onlyOnSolicitation ?? row.onlyOnSolicitation
                return [.advertising(row)]
            }
            return []
        case .removeAdvertising(let address):
            rows.removeAll { if case .advertising(let row) = $0 { row.address == address } else { false } }
            return [.advertisingRemoved(address)]
        default: return []
        }
    }

    public func undo(_ token: String) throws(ControlError) {
        guard let changes = undoable.removeValue(forKey: token) else {
            throw .changeRefused(ChangeRefusal(index: 0, field: "token", problem: .notFound, reason: "no such token"))
        }
        commands.append("undo \(token)")
        applied.removeAll(where: changes.contains)
        for case .enabled(let enabled) in changes {
            own.enabled = !enabled
            publish([.information(own)])
        }
    }
}
