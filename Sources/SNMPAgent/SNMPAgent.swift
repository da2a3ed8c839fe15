import CNetSNMP
import Foundation
public import Logging
public import MIPMIB
public import ManagementCore
import NIOConcurrencyHelpers

/// Serves MIP-MIB through libnetsnmp. At most one per process, started once: the library keeps its state in globals.
///
/// The library runs entirely on one dedicated thread; `status` may be read from any thread.
public final class SNMPAgent: NotificationControl {
    /// Why the library could not start.
    public struct StartError: Error, CustomStringConvertible {
        /// What failed, on what, and what to do, in one sentence.
        public let description: String
    }

    private let configuration: SNMPAgentConfiguration
    private let agents: [ServedAgent]
    private let logger: Logger
    private let shared: SNMPShared

    /// - Parameter agents: the first is served in the default context, and each in the context with its name.
    public init(configuration: SNMPAgentConfiguration, agents: [ManagedAgent], logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        let store = StateStore(path: configuration.stateFile)
        if let failure = store.readFailure {
            logger.error(
                "cannot read the state file; written notification settings are lost, and SNMPv3 managers may need the new engine identifier",
                metadata: ["file": "\(configuration.stateFile)", "cause": "\(failure)"])
        }
        let shared = SNMPShared(mode: configuration.modeName, store: store)
        self.shared = shared
        self.agents = agents.enumerated().map { index, agent in
            let settings = shared.store.settings(of: agent.name, configured: configuration.notifications)
            agent.setHistoryLimit(Int(settings.historyLimit))
            return ServedAgent(
                agent: agent, desk: NotificationDesk(agent: index, settings: settings, outbox: shared.outbox),
                notificationContext: index == 0 ? nil : agent.name, configured: configuration.notifications, store: shared.store,
                clock: shared.clock)
        }
    }

    /// Always true.
    public var sendsNotifications: Bool { true }

    /// The state of notifications about the agent with this name. Use it from any thread.
    public func notifications(of agent: String) -> NotificationState? {
        agents.first { $0.agent.name == agent }?.desk.state
    }

    /// Applies new settings for notifications about an agent, after saving them where they persist across a restart of the daemon. Use it
    /// from any thread.
    public func setNotifications(_ settings: NotificationSettings, of agent: String) throws {
        try agents.first { $0.agent.name == agent }?.keep(settings)
    }

    /// The current state of SNMP. Use it from any thread.
    public var status: SNMPAgentStatus { shared.status.withLockedValue { $0 } }

    /// Serves until `stop` is called or the task is cancelled. Throws if the library cannot open its port. A missing AgentX master is not
    /// an error; the agent waits for it.
    public func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for served in agents {
                group.addTask { await NotificationSource(agent: served.agent, desk: served.desk).run() }
            }
            defer { group.cancelAll() }
            try await runThread()
        }
    }

    private func runThread() async throws {
        let (configuration, agents, logger, shared) = (configuration, agents, logger, shared)
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let ending = Ending(continuation)
                shared.onStop {
                    // A thread of its own, because all others may be waiting for something.
                    let queue = DispatchQueue(label: "mip-mib.snmp.stop")
                    queue.asyncAfter(deadline: .now() + Self.stopLimit) { ending.end(.success(())) }
                }
                let thread = Thread {
                    ending.end(
                        Result {
                            try SNMPThread(configuration: configuration, agents: agents, logger: logger, shared: shared).run()
                        })
                }
                thread.name = "snmp"
                thread.stackSize = 8 << 20
                thread.start()
            }
        } onCancel: {
            shared.requestStop()
        }
    }

    /// How long to wait for the thread when stopping. It may be in a call of the library that resolves a name or connects; then it is left
    /// behind, because the process is about to end.
    private static let stopLimit = DispatchTimeInterval.milliseconds(500)

    /// The end of `run`, which comes from the thread or, when that does not stop, from a timer.
    private final class Ending: Sendable {
        private let continuation: NIOLockedValueBox<CheckedContinuation<Void, any Error>?>

        init(_ continuation: CheckedContinuation<Void, any Error>) { self.continuation = NIOLockedValueBox(continuation) }

        func end(_ result: Result<Void, any Error>) {
            let first = continuation.withLockedValue { continuation in
                defer { continuation = nil }
                return continuation
            }
            first?.resume(with: result)
        }
    }

    /// Ends `run` with an AgentX Close, without waiting for the master for longer than a fraction of a second.
    public func stop() { shared.requestStop() }
}

/// State shared between the SNMP thread and other threads.
final class SNMPShared: Sendable {
    let status: NIOLockedValueBox<SNMPAgentStatus>
    let store: StateStore
    let outbox: NotificationOutbox
    let clock = MasterClock()
    /// A pipe: the thread's loop reads from this end, all others write to the other.
    let wakeRead: CInt
    private let wakeWrite: CInt

    init(mode: String, store: StateStore) {
        self.store = store
        status = NIOLockedValueBox(
            SNMPAgentStatus(mode: mode, connection: .disconnected))
        var ends: [CInt] = [-1, -1]
        pipe(&ends)
        for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
        (wakeRead, wakeWrite) = (ends[0], ends[1])
        let writing = ends[1]
        outbox = NotificationOutbox { Self.wake(writing) }
    }

    deinit {
        close(wakeRead)
        close(wakeWrite)
    }

    private let stopping = NIOLockedValueBox((isRequested: false, action: (@Sendable () -> Void)?.none))
    var isStopping: Bool { stopping.withLockedValue { $0.isRequested } }

    /// Calls `action` when a stop is requested, at once if that has happened already.
    func onStop(_ action: @escaping @Sendable () -> Void) {
        let isRequested = stopping.withLockedValue { stopping in
            stopping.action = action
            return stopping.isRequested
        }
        if isRequested { action() }
    }

    func requestStop() {
        let action = stopping.withLockedValue { stopping in
            defer { stopping = (true, nil) }
            return stopping.action
        }
        action?()
        wake()
    }

    /// Wakes the SNMP thread.
    func wake() { Self.wake(wakeWrite) }

    /// Writes one byte. If the pipe is full, the thread will wake up anyway.
    private static func wake(_ descriptor: CInt) {
        var byte: UInt8 = 0
        write(descriptor, &byte, 1)
    }
}

extension SNMPAgentConfiguration {
    var modeName: String {
        switch mode {
        case .agentX: "agentx"
        case .standalone: "standalone"
        }
    }
}
