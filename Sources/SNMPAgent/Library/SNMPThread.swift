import CNetSNMP
import Foundation
import Logging
import MIPMIB
import ManagementCore
import NIOConcurrencyHelpers

/// Everything that uses libnetsnmp, from start to shutdown, on one thread.
///
/// Start in this order, the one that works with net-snmp 5.9: environment, options, `init_agent`, intervals, registrations, `init_snmp`.
/// `init_agent` would overwrite a ping interval set earlier.
final class SNMPThread {
    private let configuration: SNMPAgentConfiguration
    private let agents: [ServedAgent]
    private let logger: Logger
    private let shared: SNMPShared
    private var registrations: [RegisteredView] = []
    private let systemGroup = StandaloneSystemGroup()
    private let mib = MIPMIB()
    private let sender: NotificationSender
    private let transactions: SetTransactions
    /// Nil if the library itself reads the requests of the master.
    private let stream: AgentXStream?
    /// Set by the log callback when the master has refused a registration, because the library does not remember it.
    private var isRefused = false
    private var libraryLog = LibraryLogLimiter()
    private let started = ContinuousClock.now
    private var retryAt: ContinuousClock.Instant?
    private var retryDelay = Duration.milliseconds(250)

    init(configuration: SNMPAgentConfiguration, agents: [ServedAgent], logger: Logger, shared: SNMPShared) {
        self.configuration = configuration
        self.agents = agents
        self.logger = logger
        self.shared = shared
        transactions = SetTransactions(logger: logger)
        sender = NotificationSender(outbox: shared.outbox, agents: agents, mib: mib)
        if case .agentX(_, _, answersDirectly: true) = configuration.mode {
            stream = AgentXStream(responder: AgentXResponder(mib: mib, contexts: agents.contexts)) { count in
                shared.status.withLockedValue { $0.count(call: count) }
            }
        } else {
            stream = nil
        }
    }

    func run() throws {
        prepareProcess()
        try start()
        defer { finish() }
        while !shared.isStopping {
            agent_check_and_process(1)
            if let stream { DirectAnswers.attach(stream) }
            noteConnection()
            retryRefusedRegistrations()
            sendNotifications()
        }
    }

    /// Sends some notifications, then lets requests proceed. While the AgentX master is unreachable, the notifications wait, because the
    /// library would silently drop them.
    private func sendNotifications() {
        if case .agentX = configuration.mode, mip_agentx_connected() == 0 { return }
        if sender.sendSome() { shared.wake() }
    }

    // MARK: - Start and shutdown

    private func prepareProcess() {
        // The name that top and ps show; Foundation does not pass a thread's name to the system.
        mip_name_thread("snmp")
        // The master closes the connection after a late response; writing to it must not end the process.
        signal(SIGPIPE, SIG_IGN)
        setenv("MIBS", "", 1)
        setenv("MIBDIRS", "/dev/null", 1)
        setenv("SNMP_PERSISTENT_DIR", configuration.runtimeDirectory, 1)
        try? FileManager.default.createDirectory(
            atPath: configuration.runtimeDirectory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    private func start() throws {
        setOption(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DONT_PERSIST_STATE, true)
        snmp_disable_log()
        snmp_enable_calllog()
        registerLogCallback()
        switch configuration.mode {
        case .agentX(let socket, _, _):
            setOption(NETSNMP_DS_APPLICATION_ID, NETSNMP_DS_AGENT_ROLE, true)
            netsnmp_ds_set_string(Int32(NETSNMP_DS_APPLICATION_ID), Int32(NETSNMP_DS_AGENT_X_SOCKET), socket)
            snmp_register_callback(
                Int32(SNMP_CALLBACK_LIBRARY), Int32(SNMP_CALLBACK_SESSION_INIT), sessionInitCallback, nil)
        case .standalone(let standalone):
            setOption(NETSNMP_DS_APPLICATION_ID, NETSNMP_DS_AGENT_ROLE, false)
            // Suppress a log line for each incoming request.
            setOption(NETSNMP_DS_APPLICATION_ID, NETSNMP_DS_AGENT_DONT_LOG_TCPWRAPPERS_CONNECTS, true)
            netsnmp_ds_set_string(
                Int32(NETSNMP_DS_APPLICATION_ID), Int32(NETSNMP_DS_AGENT_PORTS), standalone.listen.joined(separator: ","))
            // Otherwise a master agent opens the SMUX port, TCP 199.
            var excluded = Array("!smux".utf8CString)
            add_to_init_list(&excluded)
        }
        init_agent("mip-mibd")
        try configure()
        registerAll()
        register_readfd(shared.wakeRead, wakeCallback, nil)
        init_snmp("mip-mibd")
        if case .standalone(let standalone) = configuration.mode {
            guard init_master_agent() == 0 else {
                let cause = shared.status.withLockedValue { $0.lastError }.map { ": \($0)" } ?? ""
                let addresses = standalone.listen.map { "'\($0)'" }.joined(separator: ", ")
                throw SNMPAgent.StartError(
                    description:
                        "SNMP cannot listen on \(addresses)\(cause); check whether another SNMP agent is using the address")
            }
            // Sessions to receivers use the engine's identity, which is not available earlier.
            for sink in standalone.sinks { SNMPLibrary.configure(LibraryConfiguration.sink(sink)) }
        }
        noteConnection()
    }

    /// The library calls free() on the argument of a callback when it shuts down, so the argument must come from malloc().
    private func registerLogCallback() {
        guard let argument = malloc(MemoryLayout<UnsafeMutableRawPointer>.size) else { return }
        argument.storeBytes(of: Unmanaged.passUnretained(self).toOpaque(), as: UnsafeMutableRawPointer.self)
        snmp_register_callback(Int32(SNMP_CALLBACK_LIBRARY), Int32(SNMP_CALLBACK_LOGGING), logCallback, argument)
    }

    private func configure() throws {
        switch configuration.mode {
        case .agentX(_, let pingInterval, _):
            netsnmp_ds_set_int(
                Int32(NETSNMP_DS_APPLICATION_ID), Int32(NETSNMP_DS_AGENT_AGENTX_PING_INTERVAL), Int32(pingInterval))
        case .standalone(let standalone):
            let engine = try shared.store.startEngine(standalone)
            let lines = LibraryConfiguration.engine(id: engine.id, boots: engine.boots) + LibraryConfiguration.access(standalone)
            for line in lines { SNMPLibrary.configure(line) }
        }
    }

    private func finish() {
        unregister_readfd(shared.wakeRead)
        unregisterAll()
        snmp_shutdown("mip-mibd")
        DirectAnswers.detach()
        shared.status.withLockedValue { $0.connection = .disconnected }
    }

    private func setOption(_ store: some BinaryInteger, _ option: some BinaryInteger, _ value: Bool) {
        netsnmp_ds_set_boolean(Int32(store), Int32(option), value ? 1 : 0)
    }

    // MARK: - Registrations

    private func registerAll() {
        for (index, agent) in agents.enumerated() {
            if index == 0 { register(SNMPContext(name: nil, agent: agent)) }
            register(SNMPContext(name: agent.agent.name, agent: agent))
        }
        if case .standalone = configuration.mode { systemGroup.register() }
        var identifier = MIBModule.capabilities
        register_sysORTable(&identifier, identifier.count, configuration.description)
    }

    private func register(_ context: SNMPContext) {
        for module in MIBModule.allCases {
            let view = RegisteredView(
                module, in: context, mib: mib, areas: configuration.writable, transactions: transactions, shared: shared)
            if view.register() { registrations.append(view) }
        }
    }

    private func unregisterAll() {
        var identifier = MIBModule.capabilities
        unregister_sysORTable(&identifier, identifier.count)
        for registration in registrations { registration.unregister() }
        registrations.removeAll()
    }

    /// Retries here because the library never does: net-snmp marks a registration as attached whatever the response.
    private func retryRefusedRegistrations() {
        guard isRefused else { return }
        let now = ContinuousClock.now
        guard let due = retryAt else {
            retryAt = now + retryDelay
            retryDelay = min(retryDelay * 2, .seconds(8))
            return
        }
        guard due <= now else { return }
        retryAt = nil
        isRefused = false
        unregisterAll()
        if case .standalone = configuration.mode { systemGroup.unregister() }
        registerAll()
        if !isRefused {
            retryDelay = .milliseconds(250)
            logger.info("the AgentX master accepted the registration")
        }
    }

    private func noteConnection() {
        let connection: SNMPAgentStatus.Connection
        if case .agentX = configuration.mode, mip_agentx_connected() == 0 {
            connection = .disconnected
        } else {
            connection = isRefused ? .refused : .serving
        }
        let before = shared.status.withLockedValue { status in
            defer { status.connection = connection }
            return status.connection
        }
        if before != connection { logger.info("SNMP is \(connection.rawValue)", metadata: ["mode": "\(configuration.modeName)"]) }
    }

    /// Handles a line of the library's log.
    fileprivate func receiveLog(_ text: String, priority: Int32) {
        let line = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !line.isEmpty else { return }
        if line.contains("registering pdu failed") {
            if !isRefused {
                logger.error(
                    "the AgentX master refused the registration; another subagent serves mib-2.44, or the previous session is still open",
                    metadata: ["library": "\(line)"])
            }
            isRefused = true
        }
        if priority <= LOG_WARNING { shared.status.withLockedValue { $0.lastError = line } }
        guard priority <= LOG_ERR else { return logger.debug("libnetsnmp", metadata: ["line": "\(line)"]) }
        let elapsed = (ContinuousClock.now - started) / .nanoseconds(1)
        guard let suppressed = libraryLog.passes(at: Int64(elapsed)) else { return }
        var metadata: Logger.Metadata = ["line": "\(line)"]
        if suppressed > 0 { metadata["suppressed"] = "\(suppressed)" }
        logger.warning("libnetsnmp", metadata: metadata)
    }
}

// C callbacks are plain functions, because a closure would contain an isolation check that aborts on this thread.

private func logCallback(
    _ major: CInt, _ minor: CInt, _ server: UnsafeMutableRawPointer?, _ client: UnsafeMutableRawPointer?
) -> CInt {
    guard let server, let client else { return 0 }
    let message = server.assumingMemoryBound(to: snmp_log_message.self).pointee
    let thread = Unmanaged<SNMPThread>.fromOpaque(client.load(as: UnsafeMutableRawPointer.self)).takeUnretainedValue()
    if let text = message.msg { thread.receiveLog(String(cString: text), priority: message.priority) }
    return 0
}

/// Shortens the timeout. Pings and registrations are synchronous in the library, and a master that hangs must not block this thread for
/// 6 seconds each time.
private func sessionInitCallback(
    _ major: CInt, _ minor: CInt, _ server: UnsafeMutableRawPointer?, _ client: UnsafeMutableRawPointer?
) -> CInt {
    guard let server else { return 0 }
    let session = server.assumingMemoryBound(to: netsnmp_session.self)
    session.pointee.timeout = 1_000_000
    session.pointee.retries = 1
    return 0
}

private func wakeCallback(_ descriptor: CInt, _ data: UnsafeMutableRawPointer?) {
    var sink: UInt64 = 0
    while read(descriptor, &sink, 8) > 0 {}
}
