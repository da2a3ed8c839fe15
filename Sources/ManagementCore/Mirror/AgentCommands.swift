public import AgentControl
public import AgentModel

/// One-off conversations with an agent, each on a connection of its own and with a time limit.
public struct AgentCommands: Sendable {
    /// Path of the agent's control socket.
    public let socketPath: String
    private let limit: Duration

    public init(socketPath: String, limit: Duration = .seconds(5)) {
        self.socketPath = socketPath
        self.limit = limit
    }

    /// Connects, runs `body`, closes. Every failure is a `ControlError`.
    public func run<R: Sendable>(
        _ body: @escaping @Sendable (AgentControlClient.Calls) async throws -> R
    ) async throws(ControlError) -> R {
        try await guarded { calls, _ in try await body(calls) }
    }

    /// The time limit applies to silence: `body` feeds the watchdog whenever the agent sends something.
    private func guarded<R: Sendable>(
        _ body: @escaping @Sendable (AgentControlClient.Calls, Watchdog) async throws -> R
    ) async throws(ControlError) -> R {
        do {
            let (path, watchdog) = (socketPath, Watchdog(limit: limit))
            return try await watchdog.guarding {
                try await AgentControlClient.connect(to: path) { try await body($0, watchdog) }
            }
        } catch let error as ControlError {
            throw error
        } catch {
            throw .unexpected("\(error)")
        }
    }

    /// The same for a body that reads these topics. If the agent refuses one, as agents of earlier versions do, the body runs once more with
    /// those that the agent knows; the refusal is thrown if it knows none of them.
    private func guarded<R: Sendable>(
        _ topics: Set<ControlTopic>,
        _ body: @escaping @Sendable (AgentControlClient.Calls, Watchdog, Set<ControlTopic>) async throws -> R
    ) async throws(ControlError) -> R {
        do throws(ControlError) {
            return try await guarded { try await body($0, $1, topics) }
        } catch {
            guard case .invalidTopic(_, let known) = error else { throw error }
            let common = topics.filter { known.contains($0.rawValue) }
            guard !common.isEmpty else { throw error }
            return try await guarded { try await body($0, $1, common) }
        }
    }

    /// The agent's status, without reading its tables if it reports their sizes.
    ///
    /// - Returns: The status, and the agent's clock.
    public func status(name: String) async throws(ControlError) -> (status: StatusResource, agentTime: Timestamp?) {
        let started = MonotonicClock.milliseconds
        let reported = try await run { calls in try await calls.information() }
        guard let counts = reported.counts else {
            let state = try await state(name: name, topics: [.bindings, .visitors, .associations, .violations])
            return (StatusResource(state), state.agentTime)
        }
        var state = AgentState(name: name)
        state.apply(.information(reported.information), at: reported.time)
        state.health.unknown = reported.unknown
        state.agentTime = reported.time
        state.health.connection = .synchronized
        state.health.connections = 1
        state.health.age = Double(MonotonicClock.milliseconds - started) / 1000
        state.health.discontinuity = reported.information.startTime
        return (StatusResource(state, counts: counts), reported.time)
    }

    /// The agent's current state, limited to those of these topics that the agent knows.
    ///
    /// - Throws: `ControlError.invalidTopic` if it knows none of them.
    public func state(name: String, topics: Set<ControlTopic>) async throws(ControlError) -> AgentState {
        try await guarded(topics) { calls, watchdog, topics in
            var state = AgentState(name: name)
            let started = MonotonicClock.milliseconds
            try await calls.subscribe(to: topics.union([.information])) { update in
                watchdog.feed()
                for change in update.changes { state.apply(change, at: update.time) }
                state.health.unknown += update.unknown
                state.health.faults += update.faults
                state.sequence = update.sequence
                state.agentTime = update.time
                return update.phase == .snapshot
            }
            state.health.connection = .synchronized
            state.health.connections = 1
            state.health.age = Double(MonotonicClock.milliseconds - started) / 1000
            state.health.discontinuity = state.information?.startTime
            return state
        }
    }

    /// The agent's general information and this topic, which the agent sends complete in one change, such as its counters. Does not wait
    /// for the agent's tables.
    ///
    /// - Returns: The snapshot, and whether the agent sent the topic at all.
    public func state(name: String, ofOne topic: ControlTopic) async throws(ControlError) -> (state: AgentState, isReported: Bool)
    {
        try await guarded { calls, watchdog in
            var state = AgentState(name: name)
            var isReported = false
            let started = MonotonicClock.milliseconds
            try await calls.subscribe(to: [topic, .information]) { update in
                watchdog.feed()
                for change in update.changes {
                    state.apply(change, at: update.time)
                    if ControlTopic(of: change) == topic { isReported = true }
                }
                state.health.unknown += update.unknown
                state.health.faults += update.faults
                state.sequence = update.sequence
                state.agentTime = update.time
                return !(isReported && state.information != nil) && update.phase == .snapshot
            }
            state.health.connection = .synchronized
            state.health.connections = 1
            state.health.age = Double(MonotonicClock.milliseconds - started) / 1000
            state.health.discontinuity = state.information?.startTime
            return (state, isReported)
        }
    }

    /// Follows these topics until `receive` returns false. Agents send something at least once a second; an agent that is silent for longer
    /// than the limit is considered lost.
    public func follow(
        _ topics: Set<ControlTopic>, _ receive: @escaping @Sendable (SubscriptionUpdate) throws -> Bool
    ) async throws(ControlError) {
        try await guarded { calls, watchdog in
            try await calls.subscribe(to: topics) { update in try watchdog.suspended { try receive(update) } }
        }
    }

    /// Reads the rows of these topics page by page, as the agent sends them. Each snapshot contains the agent's information and the rows of
    /// one page, however large the tables are. Ends when all rows have been read or `receive` returns false. Topics that the agent does not
    /// know are left out.
    ///
    /// - Parameter filter: which rows are needed, so that the agent need not send the others. An agent may send them nevertheless.
    /// - Throws: `ControlError.invalidTopic` if the agent knows none of the topics.
    public func pages(
        name: String, topics: Set<ControlTopic>, matching filter: RowFilter? = nil,
        _ receive: @escaping @Sendable (AgentState) throws -> Bool
    ) async throws(ControlError) {
        try await guarded(topics) { calls, watchdog, topics in
            var page = AgentState(name: name)
            try await calls.subscribe(to: topics.union([.information]), matching: filter) { update in
                watchdog.feed()
                for change in update.changes { page.apply(change, at: update.time) }
                page.health.unknown += update.unknown
                page.health.faults += update.faults
                page.sequence = update.sequence
                page.agentTime = update.time
                page.health.connection = .synchronized
                guard try watchdog.suspended({ try receive(page) }) else { return false }
                var next = AgentState(name: name)
                next.information = page.information
                next.health.unknown = page.health.unknown
                next.health.faults = page.health.faults
                page = next
                return update.phase == .snapshot
            }
        }
    }
}
