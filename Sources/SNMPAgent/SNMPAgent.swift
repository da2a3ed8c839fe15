import CNetSNMP
import Foundation
public import Logging
public import MIPMIB
public import ManagementCore
import NIOConcurrencyHelpers

/// Serves MIP-MIB through libnetsnmp. At most one per process, started once: the library keeps its state in globals.
///
/// All of the library runs on one thread of its own; readers of `status` may be anywhere.
public final class SNMPAgent: NotificationControl {
    /// Why the library could not start.
    public struct StartError: Error, CustomStringConvertible {
        /// What happened, to what, and what is expected, in one sentence.
        public let description: String
    }

    private let configuration: SNMPAgentConfiguration
    private let agents: [ServedAgent]
    private let logger: Logger
    private let shared: SNMPShared

    /// - Parameter agents: the first is served in the default context; each in the context of its name.
    public init(configuration: SNMPAgentConfiguration, agents: [ManagedAgent], logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        let store = StateStore(path: configuration.stateFile)
        if let failure = store.readFailure {
            logger.error(
                "the state file cannot be read; written settings of notifications are forgotten, and SNMPv3 managers may need to be told",
                metadata: ["file": "\(configuration.stateFile)", "cause": "\(failure)"])
        }
        let shared = SNMPShared(mode: configuration.modeName, store: store)
        self.shared = shared
        self.agents = agents.enumerated().map { index, agent in
            let settings = shared.store.settings(of: agent.name, configured: configuration.notifications)
            agent.setHistoryLimit(Int(settings.historyLimit))
            return ServedAgent(
                agent: agent, desk: NotificationDesk(agent: index, settings: settings, outbox: shared.outbox),
                notificationContext: index == 0 ? nil : agent.name, configured: configuration.notifications, store: shared.store)
        }
    }

    /// Always true.
    public var sendsNotifications: Bool { true }

    /// How notifications about an agent stand, by its name; from any thread.
    public func notifications(of agent: String) -> NotificationState? {
        agents.first { $0.agent.name == agent }?.desk.state
    }

    /// Puts other settings of notifications about an agent in force, once they are written where they outlive the daemon; from any thread.
    public func setNotifications(_ settings: NotificationSettings, of agent: String) throws {
        try agents.first { $0.agent.name == agent }?.keep(settings)
    }

    /// How SNMP stands now; from any thread.
    public var status: SNMPAgentStatus { shared.status.withLockedValue { $0 } }

    /// Serves until `stop` or the cancellation of the task. Throws when the library cannot open its port; a missing AgentX master is
    /// no failure, it is waited for.
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
                let thread = Thread {
                    continuation.resume(
                        with: Result {
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

    /// Ends `run` with a proper AgentX Close.
    public func stop() { shared.requestStop() }
}

/// What the SNMP thread and others share.
final class SNMPShared: Sendable {
    let status: NIOLockedValueBox<SNMPAgentStatus>
    let store: StateStore
    let outbox: NotificationOutbox
    /// Reading end for the thread's loop, writing end for everybody else.
    let wakeRead: CInt
    private let wakeWrite: CInt

    init(mode: String, store: StateStore) {
        self.store = store
        status = NIOLockedValueBox(
            SNMPAgentStatus(mode: mode, connection: .disconnected, lastError: nil, variablesServed: 0, handlerCalls: 0))
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

    private let stopping = NIOLockedValueBox(false)
    var isStopping: Bool { stopping.withLockedValue { $0 } }

    func requestStop() {
        stopping.withLockedValue { $0 = true }
        wake()
    }

    /// Makes the thread look round.
    func wake() { Self.wake(wakeWrite) }

    /// A full pipe needs no further octet.
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
