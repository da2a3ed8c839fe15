import AgentModel
import JSON
import Synchronization

/// Polls a management daemon or an SNMP agent for `watch`: the status of each agent, its counters, and the traffic of its nodes as long
/// as they are few. A daemon pushes its events.
final class PolledAgents: WatchSource {
    private struct State {
        var agents: [String: Polled] = [:]
        var problem: String?
        var hasAnswered = false
        var events: [String: [WatchedEvent]] = [:]
        /// The identifier of the last event, to resume after it.
        var lastEvent: String?
    }

    /// One agent as of the last poll.
    fileprivate struct Polled {
        var status: Row
        var counters = Row()
        var traffic: [Row] = []
        /// When the agent was polled.
        var time: ContinuousClock.Instant
        /// The values of the previous snapshot.
        var earlier: (time: ContinuousClock.Instant, counts: Counts, octets: [String: UInt64])?
        /// The snapshot made from it, which stays the same until the next poll.
        var snapshot: WatchedAgentSnapshot?
    }

    /// Sums over the roles.
    fileprivate struct Counts {
        var requests: UInt64 = 0
        var accepted: UInt64 = 0
        var denied: UInt64 = 0

        init(_ counters: Row) {
            for role in ["homeAgent", "foreignAgent"] {
                requests &+= counters.count("\(role).requestsReceived") ?? 0
                let name = role == "homeAgent" ? "repliesSentByCode" : "repliesReceivedByCode"
                for code in counters.member(at: "\(role).\(name)")?.object?.members ?? [] {
                    let count = code.value.count ?? 0
                    if UInt8(code.name).map({ $0 <= 8 }) ?? false { accepted &+= count } else { denied &+= count }
                }
            }
        }
    }

    private static let eventLimit = 1000
    /// How many earlier events are shown.
    private static let keptLimit = 50

    /// Shown for a source that does not answer.
    private let name: String
    private let source: any RowSource
    /// The traffic is read only up to this number of bindings and visits.
    private let trafficLimit: UInt64
    private let interval: Duration
    private let state = Mutex(State())

    init(name: String, source: any RowSource, trafficLimit: UInt64, interval: Double) {
        self.name = name
        self.source = source
        self.trafficLimit = trafficLimit
        self.interval = .seconds(interval)
    }

    func run() async {
        await withTaskGroup(of: Void.self) { group in
            if let daemon = source as? DaemonSource { group.addTask { await self.listen(daemon) } }
            while !Task.isCancelled {
                do {
                    try await poll()
                } catch {
                    let problem = (error as? CommandFailure)?.message ?? "\(error)"
                    state.withLock { $0.problem = problem }
                }
                try? await Task.sleep(for: interval)
            }
            group.cancelAll()
        }
    }

    private func poll() async throws {
        let statuses = try await rows(.agents)
        let now = ContinuousClock.now
        let counters = try await rows(.counters)
        let size = statuses.reduce(0) { $0 &+ ($1.count("counts.bindings") ?? 0) &+ ($1.count("counts.visitors") ?? 0) }
        let traffic = size <= trafficLimit ? try await rows(.traffic) : []
        state.withLock { state in
            (state.problem, state.hasAnswered) = (nil, true)
            var agents: [String: Polled] = [:]
            for status in statuses {
                let agent = status.text("agent") ?? name
                var polled = Polled(status: status, time: now)
                polled.counters = counters.first { $0.text("agent") == agent } ?? Row()
                polled.traffic = traffic.filter { $0.text("agent") == agent }
                let before = state.agents[agent]
                // Counters from before a restart cannot be compared.
                if before?.status.text("information.instance") == status.text("information.instance") {
                    polled.earlier = before?.earlier
                }
                agents[agent] = polled
            }
            state.agents = agents
        }
    }

    private func rows(_ list: RowList) async throws -> [Row] {
        let collected = CollectedRows()
        _ = try await source.read(list, where: [], collected.append)
        return collected.rows
    }

    private func listen(_ daemon: DaemonSource) async {
        // The events that the daemon keeps come first.
        let kept = CollectedRows()
        try? await daemon.keptEvents("", after: nil) { kept.append([$0]) }
        for row in kept.rows.suffix(Self.keptLimit) { _ = take(row) }
        while !Task.isCancelled {
            let last = state.withLock { $0.lastEvent }
            try? await daemon.follow("", after: last, isQuiet: true, take)
            try? await Task.sleep(for: interval)
        }
    }

    private func take(_ row: Row) -> Bool {
        guard let event = WatchedEvent(row) else { return true }
        let agent = row.text("agent") ?? name
        state.withLock { state in
            state.lastEvent = row.text("id") ?? state.lastEvent
            state.events[agent, default: []].append(event)
            if state.events[agent, default: []].count > Self.eventLimit { state.events[agent]?.removeFirst() }
        }
        return true
    }

    var isSettled: Bool { state.withLock { $0.hasAnswered || $0.problem != nil } }

    var failure: String? { state.withLock { $0.hasAnswered ? nil : $0.problem ?? "'\(name)' has not answered yet" } }

    func snapshots(by order: WatchOrder) -> [WatchedAgentSnapshot] {
        state.withLock { state in
            guard !state.agents.isEmpty else {
                return [WatchedAgentSnapshot(name: name, problem: state.problem ?? "not connected yet")]
            }
            let snapshots = state.agents.keys.sorted().map { agent in
                var snapshot = state.agents[agent]?.snapshot(named: agent, by: order) ?? WatchedAgentSnapshot(name: agent)
                snapshot.problem = state.problem ?? snapshot.problem
                snapshot.events = state.events[agent] ?? []
                return snapshot
            }
            state.events = [:]
            return snapshots
        }
    }
}

extension PolledAgents.Polled {
    /// Makes a snapshot, and keeps its values to compute the rates of the next one.
    fileprivate mutating func snapshot(named name: String, by order: WatchOrder) -> WatchedAgentSnapshot {
        if let snapshot { return snapshot }
        var snapshot = WatchedAgentSnapshot(name: name)
        let counts = PolledAgents.Counts(counters)
        let difference = earlier.map { (time - $0.time).components }
        let seconds = difference.map { Double($0.seconds) + Double($0.attoseconds) / 1e18 } ?? 0
        func rate(_ new: UInt64, _ old: UInt64?) -> Double {
            guard let old, new >= old, seconds > 0 else { return 0 }
            return Double(new - old) / seconds
        }
        let connection = status.text("connection")
        if connection == "down" || connection == "connecting" {
            snapshot.problem = status.text("lastError") ?? "its management connection is \(connection ?? "")"
        }
        snapshot.roles = (status.member(at: "information.roles")?.array ?? []).compactMap { $0.text.flatMap(AgentRole.init) }
        snapshot.isEnabled = status.member(at: "information.enabled")?.isTrue ?? false
        snapshot.isDraining = status.member(at: "information.drain") != nil
        snapshot.bindings = Int(clamping: status.count("counts.bindings") ?? 0)
        snapshot.visitors = Int(clamping: status.count("counts.visitors") ?? 0)
        snapshot.requests = counts.requests
        snapshot.requestRate = rate(counts.requests, earlier?.counts.requests)
        snapshot.acceptedRate = rate(counts.accepted, earlier?.counts.accepted)
        snapshot.deniedRate = rate(counts.denied, earlier?.counts.denied)
        snapshot.violations = counters.count("securityViolations") ?? 0
        var octets: [String: UInt64] = [:]
        for row in traffic {
            guard let role = row.text("role").flatMap(AgentRole.init), let home = row.text("homeAddress") else { continue }
            let all = (row.count("octetsToNode") ?? 0) &+ (row.count("octetsFromNode") ?? 0)
            let key = "\(role.rawValue) \(home)"
            octets[key] = all
            snapshot.insert(
                .init(role: role, homeAddress: home, octets: all, rate: rate(all, earlier?.octets[key]) * 8), by: order)
        }
        earlier = (time, counts, octets)
        self.snapshot = snapshot
        return snapshot
    }
}
