import AgentModel
import Foundation
import Logging
import NIOCore

/// The state shared by all connections of a server: subscribers, change numbering, the agent's clock. Confined to one event loop.
final class ControlHub: Sendable {
    let loop: any EventLoop
    let source: any AgentControlSource
    let version: String
    let logger: Logger
    let limits: AgentControlServer.Limits
    /// Which version of the vocabulary introduced what.
    let history: VocabularyHistory

    private struct State {
        /// The earlier versions in use by callers.
        var vocabularies: [Int: Vocabulary] = [:]
        var sequence: UInt64 = 0
        var shares: ConnectionShares
        var connections: [ObjectIdentifier: ControlConnection] = [:]
        var subscribers: [ObjectIdentifier: ControlConnection] = [:]
        var clock = (agent: Timestamp(milliseconds: 0), local: NIODeadline.now())
        var heartbeat: RepeatedTask?
    }

    private let state: NIOLoopBoundBox<State>

    init(
        loop: any EventLoop, source: any AgentControlSource, version: String, logger: Logger,
        limits: AgentControlServer.Limits, history: VocabularyHistory
    ) {
        self.history = history
        self.loop = loop
        self.source = source
        self.version = version
        self.logger = logger
        self.limits = limits
        let shares = ConnectionShares(limit: limits.connections)
        state = .makeBoxSendingValue(State(shares: shares), eventLoop: loop)
    }

    // MARK: - On the loop

    func begin(at time: Timestamp) {
        state.value.clock = (time, .now())
        state.value.heartbeat = loop.scheduleRepeatedTask(initialDelay: .milliseconds(500), delay: .milliseconds(500)) { _ in
            for subscriber in self.state.value.subscribers.values { subscriber.beat() }
            let now = NIODeadline.now()
            for connection in self.state.value.connections.values { connection.checkIdle(at: now) }
        }
    }

    func end() {
        state.value.heartbeat?.cancel()
        for connection in state.value.connections.values { connection.close() }
    }

    /// The vocabulary of callers that speak this version; nil if they know everything.
    func vocabulary(_ version: Int) -> Vocabulary? {
        guard version < history.current else { return nil }
        if let made = state.value.vocabularies[version] { return made }
        let made = Vocabulary(history, version: version)
        state.value.vocabularies[version] = made
        return made
    }

    /// Number of the most recently published change.
    var sequence: UInt64 { state.value.sequence }

    /// The agent's clock now.
    var time: Timestamp {
        let clock = state.value.clock
        return clock.agent.adding(milliseconds: (NIODeadline.now() - clock.local).nanoseconds / 1_000_000)
    }

    /// Takes a connection in, in place of one that is idle if there is no room. Returns false if there is none either.
    func admit(_ connection: ControlConnection) -> Bool {
        if let shortage = state.value.shares.shortage(for: connection.user) {
            guard let idle = idleConnection(for: connection.user, against: shortage) else { return false }
            idle.giveWay()
            guard state.value.shares.shortage(for: connection.user) == nil else { return false }
        }
        state.value.shares.enter(connection.user)
        state.value.connections[ObjectIdentifier(connection)] = connection
        return true
    }

    /// The connection idle for longest whose end makes room for this user.
    private func idleConnection(for user: uid_t?, against shortage: ConnectionShares.Shortage) -> ControlConnection? {
        let (now, shares) = (NIODeadline.now(), state.value.shares)
        return state.value.connections.values
            .filter { $0.isDispensable(at: now) && shares.helps($0.user, user, against: shortage) }
            .min { $0.lastActive < $1.lastActive }
    }

    func leave(_ connection: ControlConnection) {
        state.value.shares.leave(connection.user)
        state.value.connections[ObjectIdentifier(connection)] = nil
        state.value.subscribers[ObjectIdentifier(connection)] = nil
    }

    func subscribe(_ connection: ControlConnection) { state.value.subscribers[ObjectIdentifier(connection)] = connection }

    func publish(_ changes: [StateChange], at time: Timestamp) {
        state.value.clock = (time, .now())
        var start = 0
        while start < changes.count {
            let end = min(changes.count, start + limits.changesPerReply)
            let first = state.value.sequence + 1
            state.value.sequence += UInt64(end - start)
            deliver(
                SubscriptionUpdate(
                    phase: .live, firstSequence: first, sequence: state.value.sequence, time: time,
                    changes: Array(changes[start..<end])))
            start = end
        }
    }

    /// Encodes the update once for each audience with subscribers.
    private func deliver(_ update: SubscriptionUpdate) {
        var encoded: [Audience: ByteBuffer?] = [:]
        for subscriber in state.value.subscribers.values {
            guard let audience = subscriber.audience else { continue }
            if encoded[audience] == nil {
                encoded[audience] = .some(subscriber.encode(update.filtered(audience.topics), for: audience.version))
            }
            if case .some(.some(let frame)) = encoded[audience] { subscriber.deliver(frame) }
        }
    }
}

/// Subscribers that receive the same frames.
struct Audience: Hashable {
    /// What they subscribed to.
    let topics: Set<ControlTopic>
    /// The vocabulary version they speak, never later than ours.
    let version: Int
}

extension SubscriptionUpdate {
    /// The same update with only the changes of these topics.
    func filtered(_ topics: Set<ControlTopic>) -> SubscriptionUpdate {
        guard topics.count < ControlTopic.allCases.count else { return self }
        var update = self
        update.changes = changes.filter { topics.contains(ControlTopic(of: $0)) }
        return update
    }
}
