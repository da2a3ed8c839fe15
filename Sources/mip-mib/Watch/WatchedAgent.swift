import AgentControl
import AgentModel
import JSON
import ManagementCore
import MobileIPv4
import Synchronization

/// Follows one agent for `watch`: keeps its information, counters and traffic, and the keys of its table rows, not the rows themselves.
final class WatchedAgent: WatchSource {
    /// How many events are kept between two snapshots.
    private static let eventLimit = 1000

    private struct State {
        var problem: String? = "not connected yet"
        var isNew = true
        /// Whether the agent's first snapshot has been read completely.
        var isWhole = false
        var hasFailed = false
        var information: AgentInformation?
        var counters = AgentCounters()
        var bindings: Set<BindingKey> = []
        var visitors: Set<VisitorKey> = []
        var traffic: [ForwardedTrafficKey: ForwardedTraffic] = [:]
        var events: [AgentEvent] = []
        /// The values of the previous snapshot.
        var earlier: (time: ContinuousClock.Instant, counts: Counts, octets: [ForwardedTrafficKey: UInt64])?
    }

    /// Sums over the roles.
    private struct Counts {
        var requests: UInt64 = 0
        var accepted: UInt64 = 0
        var denied: UInt64 = 0

        init(_ counters: AgentCounters) {
            let home = counters.homeAgent
            let foreign = counters.foreignAgent
            requests = (home?.requestsReceived ?? 0) &+ (foreign?.requestsReceived ?? 0)
            for codes in [home?.repliesSentByCode, foreign?.repliesReceivedByCode].compactMap({ $0 }) {
                accepted &+= codes.total(0...8)
                denied &+= codes.total(9...255)
            }
        }
    }

    let path: String
    /// The name of the socket's file, until the agent's own name is known.
    private let alias: String
    private let state = Mutex(State())

    private let timeout: Duration

    /// - Parameter timeout: how long the agent may send nothing before the connection counts as lost.
    init(path: String, timeout: Duration) {
        self.path = path
        self.timeout = timeout
        alias = LocalAgents.alias(of: path)
    }

    /// Follows the agent until the task is cancelled, and reconnects when the connection ends.
    func run() async {
        while !Task.isCancelled {
            do {
                state.withLock { $0.isNew = true }
                try await AgentCommands(socketPath: path, limit: timeout).follow(
                    [.information, .counters, .bindings, .visitors, .traffic, .events]
                ) { update in
                    self.take(update.changes, isWhole: update.phase != .snapshot)
                    return true
                }
                lost("the agent closed the connection")
            } catch {
                lost(error.sentence(about: path))
            }
            try? await Task.sleep(for: .milliseconds(500))
        }
    }

    /// Whether the agent's first snapshot is complete, or the agent cannot be read.
    var isSettled: Bool { state.withLock { $0.isWhole || $0.hasFailed } }

    private func lost(_ problem: String) {
        state.withLock { state in
            state.problem = problem
            state.hasFailed = true
        }
    }

    private func take(_ changes: [StateChange], isWhole: Bool) {
        state.withLock { state in
            if state.isNew {
                state = State(events: state.events, earlier: state.earlier)
                state.isNew = false
            }
            state.problem = nil
            if isWhole { state.isWhole = true }
            for change in changes {
                switch change {
                case .information(let row):
                    if let known = state.information, known.instance != row.instance { state.earlier = nil }
                    state.information = row
                case .counters(let row): state.counters = row
                case .binding(let row): state.bindings.insert(row.key)
                case .bindingRemoved(let key, _): state.bindings.remove(key)
                case .visitor(let row): state.visitors.insert(row.key)
                case .visitorRemoved(let key, _): state.visitors.remove(key)
                case .traffic(let row): state.traffic[row.key] = row
                case .trafficRemoved(let key): state.traffic[key] = nil
                case .event(let event):
                    state.events.append(event)
                    if state.events.count > Self.eventLimit { state.events.removeFirst() }
                default: break
                }
            }
        }
    }

    /// Why the agent could not be read, if it was never read completely.
    var failure: String? { state.withLock { $0.isWhole ? nil : $0.problem } }

    func snapshots(by order: WatchOrder) -> [WatchedAgentSnapshot] { [snapshot(by: order)] }

    private func snapshot(by order: WatchOrder) -> WatchedAgentSnapshot {
        state.withLock { state in
            let now = ContinuousClock.now
            let counts = Counts(state.counters)
            let seconds =
                state.earlier.map {
                    Double((now - $0.time).components.attoseconds) / 1e18
                        + Double((now - $0.time).components.seconds)
                } ?? 0
            func rate(_ new: UInt64, _ old: UInt64?) -> Double {
                guard let old, new >= old, seconds > 0 else { return 0 }
                return Double(new - old) / seconds
            }
            let before = state.earlier?.counts
            var snapshot = WatchedAgentSnapshot(name: state.information?.name ?? alias, problem: state.problem)
            snapshot.roles = state.information?.roles ?? []
            snapshot.isEnabled = state.information?.enabled ?? false
            snapshot.isDraining = state.information?.drain != nil
            (snapshot.bindings, snapshot.visitors) = (state.bindings.count, state.visitors.count)
            snapshot.requests = counts.requests
            snapshot.requestRate = rate(counts.requests, before?.requests)
            snapshot.acceptedRate = rate(counts.accepted, before?.accepted)
            snapshot.deniedRate = rate(counts.denied, before?.denied)
            snapshot.violations = state.counters.securityViolations
            snapshot.events = state.events.compactMap { (try? Row(encoding: $0)).flatMap(WatchedEvent.init) }
            state.events = []
            var octets: [ForwardedTrafficKey: UInt64] = [:]
            octets.reserveCapacity(state.traffic.count)
            for (key, row) in state.traffic {
                let all = row.octetsToNode &+ row.octetsFromNode
                octets[key] = all
                snapshot.insert(
                    .init(
                        role: key.role, homeAddress: "\(key.homeAddress)", octets: all,
                        rate: rate(all, state.earlier?.octets[key]) * 8), by: order)
            }
            if state.isWhole { state.earlier = (now, counts, octets) }
            return snapshot
        }
    }
}
