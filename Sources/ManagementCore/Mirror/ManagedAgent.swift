public import AgentControl
public import AgentModel
public import Logging
import NIOConcurrencyHelpers

/// One managed agent: its live snapshot, its events, and commands to it. Use it from any thread.
public final class ManagedAgent: Sendable {
    /// The name under which the agent is managed.
    public let name: String
    /// Path of the agent's control socket.
    public let socketPath: String
    private let mirror: AgentMirror
    private let report: UnreadReport

    /// - Parameters:
    ///   - grace: how long the last snapshot is served after the connection is lost.
    ///   - logger: receives one line per connection about vocabulary that is unknown here, and one about rows that cannot be read; nil to
    ///     log nothing.
    public init(name: String, socketPath: String, grace: Duration = .seconds(5), logger: Logger? = nil) {
        report = UnreadReport(agent: name, logger: logger)
        self.name = name
        self.socketPath = socketPath
        mirror = AgentMirror(name: name, grace: grace)
    }

    /// Keeps the snapshot up to date until the task is cancelled. Reconnects automatically, at first after 100 ms and at most after 2 s,
    /// with jitter.
    public func run() async {
        var backOff = BackOff()
        while !Task.isCancelled {
            let isSynced = NIOLockedValueBox(false)
            do {
                try await follow(isSynced)
            } catch {
                mirror.disconnected("\(error)", at: MonotonicClock.milliseconds)
            }
            if isSynced.withLockedValue({ $0 }) { backOff = BackOff() }
            try? await Task.sleep(for: backOff.next())
        }
    }

    /// One connection, from its snapshot to its end.
    ///
    /// - Parameter isSynced: becomes true once the snapshot is complete.
    private func follow(_ isSynced: NIOLockedValueBox<Bool>) async throws {
        let (mirror, report) = (self.mirror, self.report)
        let watchdog = Watchdog(limit: .seconds(5))
        defer { watchdog.feed() }
        try await AgentControlClient.connect(to: socketPath) { calls in
            mirror.connected()
            report.connected()
            try await watchdog.guarding {
                try await calls.subscribe(to: nil) { update in
                    watchdog.feed()
                    let now = MonotonicClock.milliseconds
                    try mirror.apply(update, at: now)
                    if update.phase == .synced { isSynced.withLockedValue { $0 = true } }
                    // Only once the first snapshot is complete, so that the log line covers everything in it.
                    let isNew = !update.unknown.isEmpty || !update.faults.isEmpty
                    guard update.phase == .synced || update.phase == .live && isNew else { return true }
                    report.look(at: mirror.state(at: now), at: now)
                    return true
                }
            }
        }
    }

    /// The current snapshot. Never waits for the agent.
    public func state() -> AgentState { mirror.state(at: MonotonicClock.milliseconds) }

    /// Keeps at most this many rows of `AgentState.history`, the newest; 0 keeps none (`mipExtHistoryLimit`).
    public func setHistoryLimit(_ limit: Int) { mirror.setHistoryLimit(limit) }

    /// Events from now on. If the listener does not keep up, the oldest events beyond 1,000 are lost, and it is informed of their number.
    ///
    /// - Parameter dropped: receives each event that is lost, at once, on the thread that reads from the agent. It must not block.
    public func events(dropped: @escaping @Sendable (AgentEvent) -> Void = { _ in }) -> AgentEvents {
        mirror.events(dropped: dropped)
    }

    /// Makes all of these changes in order, or none.
    ///
    /// - Parameter validate: true to check whether they could be made, without making them.
    /// - Throws: `ControlError.changeRefused` with the change at fault; other errors if the agent is unreachable.
    public func apply(_ changes: [AgentChange], validate: Bool = false) async throws(ControlError) -> AppliedChanges {
        try await AgentCommands(socketPath: socketPath).run { try await $0.apply(changes, validate: validate) }
    }

    /// Undoes changes made by `apply`, within 60 seconds.
    ///
    /// - Throws: `ControlError.changeRefused` with `notFound` for a token that is unknown, used or too old.
    public func undo(_ token: String) async throws(ControlError) {
        try await AgentCommands(socketPath: socketPath).run { try await $0.undo(token) }
    }
}

/// Waiting times between attempts: doubling from 100 ms to 2 s, each shortened at random by up to a half so that many readers of
/// one agent do not reconnect at the same time.
struct BackOff {
    private var milliseconds: Int64 = 100

    mutating func next() -> Duration {
        defer { milliseconds = min(milliseconds * 2, 2000) }
        return .milliseconds(Int64.random(in: milliseconds / 2...milliseconds))
    }
}
