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
                .foreignAgent, .pending, .tunnel, .traffic, .advertising, .exchange, .extensionUse:
                rows.append(change)
            case .bindingRemoved(let key, _): rows.removeAll { if case .binding(let row) = $0 { row.key == key } else { false } }
            case .visitorRemoved(let key, _): rows.removeAll { if case .visitor(let row) = $0 { row.key == key } else { false } }
            case .information(let new): own = new
            default: break
            }
        }
        // As a home agent does, it reports how many bindings are left, unless the changes say that themselves.
        let (isOfBindings, isReported) = changes.reduce(into: (false, false)) { found, change in
            switch change {
            case .binding, .bindingRemoved: found.0 = true
            case .information: found.1 = true
            default: break
            }
        }
        guard isOfBindings, !isReported, let drain = own.drain, counted(drain) != drain else {
            server?.publish(changes, at: now)
            return
        }
        own.drain = counted(drain)
        server?.publish(changes + [.information(own)], at: now)
    }

    /// The same with the numbers of bindings that are left, and of those among them that can be moved.
    private func counted(_ drain: DrainStatus) -> DrainStatus {
        var drain = drain
        drain.bindings = countBindings()
        drain.movableBindings = own.settings.signalling.revocation ? countBindings(agreed: true) : 0
        return drain
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

    /// The ends of the bindings and visits that an order is about.
    private func removals(_ order: RevocationOrder) -> [StateChange] {
        rows.compactMap { row in
            switch row {
            case .binding(let binding) where order.covers(binding): .bindingRemoved(binding.key, .administrativelyRevoked)
            case .visitor(let visitor) where order.covers(visitor): .visitorRemoved(visitor.key, .administrativelyRevoked)
            default: nil
            }
        }
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
    private var undoable: [String: (changes: [AgentChange], drain: DrainStatus?)] = [:]

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

    /// How long managers take to see what changes have done.
    private var lag = Duration.zero

    /// Delays what changes publish, from now on.
    public func publishLate(by lag: Duration) { self.lag = lag }

    /// What becomes of texts to a home address; those to others are acknowledged.
    private var answers: [IPv4Address: (state: ExchangeState, code: UInt8?)] = [:]

    /// Determines what becomes of texts to a home address from now on.
    public func answer(_ homeAddress: IPv4Address, _ state: ExchangeState, code: UInt8? = nil) {
        answers[homeAddress] = (state, code)
    }

    public func apply(_ changes: [AgentChange], validate: Bool) async throws(ControlError) -> AppliedChanges {
        let delay = validate ? delays.checking : delays.making
        if delay > .zero { try? await Task.sleep(for: delay) }
        if let refusal, !(refusesLate && validate) { throw .changeRefused(refusal) }
        for case .notify(let order) in changes where notifications(order).isEmpty {
            throw .changeRefused(ChangeRefusal(index: 0, problem: .notFound, reason: "no receiver has a registration here"))
        }
        var ended: Int?
        for case .revoke(let order) in changes {
            let count = removals(order).count
            if count == 0 {
                throw .changeRefused(ChangeRefusal(index: 0, problem: .notFound, reason: "this agent has no such registration"))
            }
            ended = (ended ?? 0) + count
        }
        try checkDrains(changes)
        commands.append("\(validate ? "validate" : "apply") \(changes.count)")
        guard !validate, !changes.isEmpty else { return AppliedChanges(applied: changes.count, ended: ended) }
        applied += changes
        let token = "token\(undoable.count + 1)"
        undoable[token] = (changes, own.drain)
        for change in changes {
            let made = effects(of: change)
            guard lag > .zero else {
                publish(made)
                continue
            }
            Task { [lag] in
                try? await Task.sleep(for: lag)
                publish(made)
            }
        }
        return AppliedChanges(applied: changes.count, undo: token, ended: ended)
    }

    /// Refuses an order to end a drain that neither the agent nor an earlier change of the list has begun.
    private func checkDrains(_ changes: [AgentChange]) throws(ControlError) {
        var isDraining = own.drain != nil
        for (index, change) in changes.enumerated() {
            switch change {
            case .drain: isDraining = true
            case .endDrain where isDraining: isDraining = false
            case .endDrain:
                throw .changeRefused(
                    ChangeRefusal(index: index, problem: .notFound, reason: "this home agent is not draining"))
            default: break
            }
        }
    }

    /// The bindings of the agent, or those among them whose other end can be informed.
    private func countBindings(agreed: Bool = false) -> UInt64 {
        UInt64(rows.count { if case .binding(let row) = $0 { !agreed || row.revocation != .none } else { false } })
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
        case .revoke(let order): return removals(order)
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
        case .notify(let order): return notifications(order)
        case .drain(let order):
            own.drain = counted(
                DrainStatus(
                    since: own.drain?.since ?? now, homeAgents: order.homeAgents, redirected: own.drain?.redirected ?? 0,
                    text: order.text))
            return [.information(own)]
        case .endDrain:
            own.drain = nil
            return [.information(own)]
        default: return []
        }
    }

    /// An exchange for each binding and each visit that an order is about.
    private func notifications(_ order: NotificationOrder) -> [StateChange] {
        let latest = rows.reduce(UInt32(0)) { if case .exchange(let row) = $1 { max($0, row.number) } else { $0 } }
        let receivers = rows.compactMap { row -> Exchange? in
            switch row {
            case .binding(let row) where order.covers(row.homeAddress, nai: row.nai):
                exchange(order, .homeAgent, row.homeAddress, row.nai, row.homeAgent, row.careOfAddress)
            case .visitor(let row) where order.covers(row.homeAddress, nai: row.nai):
                exchange(order, .foreignAgent, row.homeAddress, row.nai, row.homeAgent, row.careOfAddress)
            default: nil
            }
        }
        return receivers.enumerated().map { place, row in
            var row = row
            row.number = latest + UInt32(place) + 1
            return .exchange(row)
        }
    }

    private func exchange(
        _ order: NotificationOrder, _ role: AgentRole, _ homeAddress: IPv4Address, _ nai: NetworkAccessIdentifier?,
        _ homeAgent: IPv4Address, _ careOfAddress: IPv4Address
    ) -> Exchange {
        let answer = answers[homeAddress] ?? (state: order.acknowledged ? .acknowledged : .sent, code: nil)
        let peer =
            switch order.to {
            case .mobileNode: homeAddress
            case .foreignAgent: careOfAddress
            case .homeAgent: homeAgent
            }
        return Exchange(
            number: 0, kind: .notification, role: role, peer: peer, peerRole: order.to, homeAddress: homeAddress, nai: nai,
            homeAgent: homeAgent, careOfAddress: careOfAddress, state: answer.state, tries: 1, started: now,
            ended: answer.state == .waiting ? nil : now, delay: answer.state == .acknowledged ? 12 : nil, code: answer.code,
            text: order.text)
    }

    public func undo(_ token: String) throws(ControlError) {
        guard let (changes, drain) = undoable.removeValue(forKey: token) else {
            throw .changeRefused(ChangeRefusal(index: 0, field: "token", problem: .notFound, reason: "no such token"))
        }
        commands.append("undo \(token)")
        applied.removeAll(where: changes.contains)
        for case .enabled(let enabled) in changes {
            own.enabled = !enabled
            publish([.information(own)])
        }
        if own.drain != drain {
            own.drain = drain
            publish([.information(own)])
        }
    }
}
