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
    /// Nil without an AgentX master.
    private let stream: AgentXStream?
    /// Kept here because the library does not remember a refusal.
    private var refused = RefusedRegistrations()
    private var logLimiter = LogLimiter()
    private var connectionLog = ConnectionLog(start: .now)
    private var knownProblem: (finding: MasterProblem.Finding, sentence: String)?
    private var retryAt: ContinuousClock.Instant?
    private var retryDelay = Duration.milliseconds(250)

    init(configuration: SNMPAgentConfiguration, agents: [ServedAgent], logger: Logger, shared: SNMPShared) {
        self.configuration = configuration
        self.agents = agents
        self.logger = logger
        self.shared = shared
        transactions = SetTransactions(logger: logger)
        var canSend = { true }
        if case .agentX = configuration.mode { canSend = { MasterConnection.isWritable } }
        sender = NotificationSender(outbox: shared.outbox, agents: agents, mib: mib, canSend: canSend)
        if case .agentX(_, _, let answersDirectly) = configuration.mode {
            let sets = AgentXSets(
                contexts: agents.writing(mib: mib, areas: configuration.writable),
                note: { SetTransactions.log($0, to: logger) })
            let session = AgentXSession(
                responder: AgentXResponder(mib: mib, contexts: agents.contexts), sets: sets, answersRequests: answersDirectly,
                report: { logger.warning("\($0)") })
            stream = AgentXStream(session: session) { count in
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
            MasterExchange.owner = MasterExchange.Owner(
                clock: shared.clock, isStopping: { [shared] in shared.isStopping },
                registrationIsUnanswered: { [weak self] in self?.noteRefusal(AgentXStatus.unanswered) })
            registerSessionCallbacks()
        case .standalone(let standalone):
            setOption(NETSNMP_DS_APPLICATION_ID, NETSNMP_DS_AGENT_ROLE, false)
            // Suppress a log line for each incoming request.
            setOption(NETSNMP_DS_APPLICATION_ID, NETSNMP_DS_AGENT_DONT_LOG_TCPWRAPPERS_CONNECTS, true)
            netsnmp_ds_set_string(
                Int32(NETSNMP_DS_APPLICATION_ID), Int32(NETSNMP_DS_AGENT_PORTS), standalone.listen.joined(separator: ","))
            // Longer responses do not fit a datagram over IPv4: the manager gets tooBig, or fewer repetitions of a GETBULK. Without a limit
            // the library tries to send them, and the manager gets no answer.
            netsnmp_ds_set_int(Int32(NETSNMP_DS_LIBRARY_ID), Int32(NETSNMP_DS_LIB_MSG_SEND_MAX), Self.longestDatagram)
            // Otherwise a master agent opens the SMUX port, TCP 199.
            var excluded = Array("!smux".utf8CString)
            add_to_init_list(&excluded)
        }
        init_agent("mip-mibd")
        if case .standalone = configuration.mode {
            SNMPLibrary.setUpTime(0)
            shared.clock.set(start: MonotonicClock.milliseconds)
        }
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
            // A manager that connects over TCP and does not read; the sockets of connections inherit this from the listening one.
            mip_for_each_session_socket(limitSends)
        }
        noteConnection()
        // The loop is not woken by a master that is still missing when the time for it is over.
        let queue = DispatchQueue(label: "mip-mib.snmp.grace")
        queue.asyncAfter(deadline: .now() + .seconds(Int(ConnectionLog.grace.components.seconds))) { [shared] in shared.wake() }
    }

    /// 65,535 octets without the headers of IPv4 and UDP.
    private static let longestDatagram: Int32 = 65507

    private func registerLogCallback() {
        guard let argument = callbackArgument() else { return }
        snmp_register_callback(Int32(SNMP_CALLBACK_LIBRARY), Int32(SNMP_CALLBACK_LOGGING), logCallback, argument)
    }

    /// Announces a session to the master as soon as it is open, and each registration before the library sends it.
    private func registerSessionCallbacks() {
        if let stream {
            DirectAnswers.attach(stream)
            snmp_register_callback(
                Int32(SNMP_CALLBACK_APPLICATION), Int32(SNMPD_CALLBACK_INDEX_START), sessionOpenCallback, nil)
            snmp_register_callback(
                Int32(SNMP_CALLBACK_APPLICATION), Int32(SNMPD_CALLBACK_INDEX_STOP), sessionCloseCallback, nil)
        }
        guard let argument = callbackArgument() else { return }
        netsnmp_register_callback(
            Int32(SNMP_CALLBACK_APPLICATION), Int32(SNMPD_CALLBACK_REGISTER_OID), registrationCallback, argument,
            Int32(NETSNMP_CALLBACK_HIGHEST_PRIORITY))
    }

    /// The library calls free() on the argument of a callback when it shuts down, so the argument must come from malloc().
    private func callbackArgument() -> UnsafeMutableRawPointer? {
        guard let argument = malloc(MemoryLayout<UnsafeMutableRawPointer>.size) else { return nil }
        argument.storeBytes(of: Unmanaged.passUnretained(self).toOpaque(), as: UnsafeMutableRawPointer.self)
        return argument
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

    /// As a subagent, the library would wait for the master to answer each Unregister, and fail if the master ends meanwhile. The session is
    /// closed without the library instead, which is then not used any more.
    private func finish() {
        switch configuration.mode {
        case .agentX: MasterConnection.close()
        case .standalone:
            unregister_readfd(shared.wakeRead)
            unregisterAll()
            snmp_shutdown("mip-mibd")
        }
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

    /// Retries here because the library never does: net-snmp marks a registration as attached whatever the response. Only what was refused
    /// is registered again, so that the other contexts are served meanwhile.
    private func retryRefusedRegistrations() {
        for context in refused.takeAccepted() {
            logger.info("the AgentX master accepted the registration", metadata: ["context": "\(context ?? "default")"])
        }
        guard !refused.statuses.isEmpty else {
            (retryAt, retryDelay) = (nil, .milliseconds(250))
            return
        }
        let now = ContinuousClock.now
        guard let due = retryAt else {
            retryAt = now + retryDelay
            retryDelay = min(retryDelay * 2, .seconds(8))
            return
        }
        guard due <= now, mip_agentx_connected() != 0 else { return }
        retryAt = nil
        MasterExchange.tryAgain()
        for view in registrations where refused.statuses[view.subtree] != nil {
            view.unregister()
            _ = view.register()
        }
    }

    private func noteConnection() {
        let connection: SNMPAgentStatus.Connection
        if case .agentX = configuration.mode, mip_agentx_connected() == 0 {
            connection = .disconnected
        } else {
            connection = refused.includesDefaultContext ? .refused : .serving
        }
        shared.status.withLockedValue { $0.connection = connection }
        guard connectionLog.shouldReport(connection, at: .now) else { return }
        var metadata: Logger.Metadata = ["mode": "\(configuration.modeName)"]
        guard connection == .disconnected, case .agentX(let address, _, _) = configuration.mode else {
            logger.info("SNMP is \(connection.rawValue)", metadata: metadata)
            return
        }
        let problem = masterProblem(at: address)
        shared.status.withLockedValue { $0.lastError = problem }
        metadata["cause"] = "\(problem)"
        logger.warning("SNMP is disconnected", metadata: metadata)
    }

    /// Why the master cannot be reached. The sentence is made when the cause changes, and not with each attempt of the library.
    private func masterProblem(at address: String) -> String {
        let finding = MasterProblem.find(address: address)
        if let known = knownProblem, known.finding == finding { return known.sentence }
        let sentence = MasterProblem.sentence(address: address, finding)
        knownProblem = (finding, sentence)
        return sentence
    }

    /// The library's line about a master that cannot be reached.
    private static let failedConnect = "Failed to connect to the agentx master agent"

    /// Handles a line of the library's log.
    fileprivate func receiveLog(_ text: String, priority: Int32) {
        let line = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !line.isEmpty else { return }
        if let status = RefusedRegistrations.status(inLog: line) {
            noteRefusal(status)
            // The line names no context, and comes again with each attempt.
            logger.debug("libnetsnmp", metadata: ["line": "\(line)"])
            return
        }
        if case .agentX(let address, _, _) = configuration.mode, line.contains(Self.failedConnect) {
            // It comes again with each attempt, and says neither why nor what to do.
            let problem = masterProblem(at: address)
            shared.status.withLockedValue { $0.lastError = problem }
            logger.debug("libnetsnmp", metadata: ["line": "\(line)"])
            return
        }
        let (isAdmitted, suppressed) = logLimiter.admit(at: .now)
        if suppressed > 0 {
            logger.warning("lines of libnetsnmp's log were suppressed", metadata: ["lines": "\(suppressed)"])
        }
        guard isAdmitted else { return }
        if priority <= LOG_WARNING { shared.status.withLockedValue { $0.lastError = line } }
        logger.log(level: priority <= LOG_ERR ? .warning : .debug, "libnetsnmp", metadata: ["line": "\(line)"])
    }

    private func noteRefusal(_ status: Int) {
        guard let report = refused.refuse(status: status) else { return }
        let text =
            switch status {
            case AgentXStatus.unanswered: "the AgentX master did not answer the registration in time; trying again"
            case Int(AgentXStatus.duplicateRegistration):
                "the AgentX master refused the registration; another subagent serves mib-2.44, or the previous session is still open"
            default:
                "the AgentX master refused the registration; its objects are not served in this context; "
                    + "check the configuration of the master"
            }
        shared.status.withLockedValue { $0.lastError = text }
        logger.error(
            "\(text)",
            metadata: ["context": "\(report.context ?? "default")", "status": "\(AgentXStatus.name(status))"])
    }

    /// The library is about to send this registration.
    fileprivate func beginRegistration(_ parameters: register_parameters) {
        let name = UnsafeBufferPointer(start: parameters.name, count: parameters.namelen)
        guard let module = MIBModule.allCases.first(where: { $0.root.elementsEqual(name) }) else { return }
        // An empty name is the default context too.
        let context = parameters.contextName.map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        refused.begin(RegisteredSubtree(context: context, module: module))
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

/// Called after each Open, before anything is registered.
private func sessionOpenCallback(
    _ major: CInt, _ minor: CInt, _ server: UnsafeMutableRawPointer?, _ client: UnsafeMutableRawPointer?
) -> CInt {
    DirectAnswers.attach()
    return 0
}

/// Called when a session has ended, also when the library ends it itself because a Ping was not answered.
private func sessionCloseCallback(
    _ major: CInt, _ minor: CInt, _ server: UnsafeMutableRawPointer?, _ client: UnsafeMutableRawPointer?
) -> CInt {
    DirectAnswers.endSession()
    return 0
}

private func registrationCallback(
    _ major: CInt, _ minor: CInt, _ server: UnsafeMutableRawPointer?, _ client: UnsafeMutableRawPointer?
) -> CInt {
    guard let server, let client else { return 0 }
    let thread = Unmanaged<SNMPThread>.fromOpaque(client.load(as: UnsafeMutableRawPointer.self)).takeUnretainedValue()
    thread.beginRegistration(server.assumingMemoryBound(to: register_parameters.self).pointee)
    return 0
}

/// Shortens the time for which the library keeps a request that was not answered, and prevents it from being sent again: the connection
/// loses nothing. `MasterExchange` has its own limit for waiting.
private func sessionInitCallback(
    _ major: CInt, _ minor: CInt, _ server: UnsafeMutableRawPointer?, _ client: UnsafeMutableRawPointer?
) -> CInt {
    guard let server else { return 0 }
    let session = server.assumingMemoryBound(to: netsnmp_session.self)
    session.pointee.timeout = 1_000_000
    session.pointee.retries = 0
    return 0
}

private func limitSends(_ descriptor: CInt) { MasterConnection.limitSends(of: descriptor) }

private func wakeCallback(_ descriptor: CInt, _ data: UnsafeMutableRawPointer?) {
    var sink: UInt64 = 0
    while read(descriptor, &sink, 8) > 0 {}
}
