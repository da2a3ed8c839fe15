import AgentControl
import AgentModel
import DaemonSupport
import DataPlane
import Glibc
import Logging
import MobileIPv4
import MobilityAgent
import MobilityLink
import NIOCore

/// The agent with its clock, sockets and timer. It is confined to one event loop.
final class AgentRuntime {
    var agent: MobilityAgent
    private(set) var clock: AgentClock
    let loop: any EventLoop
    private(set) var sockets: [TransportEndpoint: UDPSocket] = [:]
    var discovery: Discovery?
    private(set) var forwarding: Forwarding?
    var effects = AgentEffects()
    var eventLog: EventLog
    let logger: Logger
    let publish: ([StateChange], Timestamp) -> Void
    /// Called once when a socket fails.
    let fail: (AgentDaemonError) -> Void
    private var timer: (deadline: Int64, task: Scheduled<Void>)?
    var countersTask: Scheduled<Void>?
    var countersPublished: UInt64 = 0
    var pollTask: Scheduled<Void>?
    var rowsTask: Scheduled<Void>?
    var linkReturns: LinkReturns?
    private(set) var isStopped = false
    var ledger = UndoLedger<Undo>()
    var state: StateKeeping

    /// The longest sleep of the timer. The loop's clock stops while the machine is suspended; lifetimes do not. The wall clock may be set
    /// at any time.
    private static let longestWait: Int64 = 1_000_000_000

    init(
        configuration: MobilityAgentConfiguration, state: StateKeeping, loop: any EventLoop, logger: Logger,
        clock: AgentClock = AgentClock(), publish: @escaping ([StateChange], Timestamp) -> Void,
        fail: @escaping (AgentDaemonError) -> Void
    ) {
        self.clock = clock
        self.state = state
        self.loop = loop
        self.logger = logger
        self.publish = publish
        self.fail = fail
        eventLog = EventLog(logger: logger)
        var random = SystemRandomNumberGenerator()
        let instance = String(UInt64.random(in: .min ... .max, using: &random), radix: 16)
        var configuration = configuration
        configuration.keepsChanges = state.isConfigured
        agent = MobilityAgent(
            configuration: configuration, instance: instance, processID: getpid(), startTime: clock.startTime, random: random)
    }

    /// Binds a socket, which the caller then reads.
    ///
    /// - Parameter reportsErrors: whether ICMP errors are read from this socket rather than with `receiveErrors`.
    func bind(
        _ endpoint: TransportEndpoint, receiveBuffer: Int32, reportsErrors: Bool
    ) throws(AgentDaemonError) -> UDPSocket {
        let socket = try AgentDaemonError.wrapping { () throws(LinkError) in
            try UDPSocket(bindingTo: endpoint, receiveBuffer: receiveBuffer, reportsErrors: reportsErrors)
        }
        sockets[endpoint] = socket
        return socket
    }

    /// Opens the links, whose sockets the caller then reads.
    func open(_ links: [LinkConfiguration], agent: MobilityAgentConfiguration) throws(AgentDaemonError) -> Discovery {
        var agent = agent
        agent.keepsChanges = state.isConfigured
        let discovery = try Discovery(links, agent: agent, at: clock.now, logger: logger)
        self.discovery = discovery
        followAgent()
        return discovery
    }

    /// Starts forwarding datagrams. Returns the descriptor whose readability means that `linksChanged` is to be called.
    func open(_ plane: any DataPlane) throws(AgentDaemonError) -> CInt? {
        forwarding = Forwarding(plane, logger: logger)
        pollSoon()
        guard let discovery else { return nil }
        let linkReturns = try LinkReturns(discovery.links)
        self.linkReturns = linkReturns
        return linkReturns.descriptor
    }

    /// The kernel reports changes of links and addresses.
    func linksChanged() {
        guard wakes(), linkReturns?.hasReturnedLink() == true else { return }
        forwarding?.restore()
    }

    /// Starts with what is due at once: the first advertisements.
    func begin() {
        agent.withdraw()
        publishStateError()
        flush()
    }

    /// Closes the sockets. Nothing is sent or published afterwards; datagrams are forwarded until `stopForwarding`.
    ///
    /// - Returns: What remains to be done with the state store.
    func stop() -> StateEnding? {
        let ending = endState()
        isStopped = true
        timer?.task.cancel()
        for task in [countersTask, pollTask, rowsTask, state.retryTask] { task?.cancel() }
        sockets = [:]
        discovery = nil
        eventLog.finish()
        return ending
    }

    /// Stops forwarding, which takes long with many nodes.
    func stopForwarding() {
        forwarding?.stop()
        forwarding = nil
    }

    /// The runtime begins to work on something: follows the wall clock, so that all of the work sees one time. Returns false if the
    /// runtime has been stopped.
    func wakes() -> Bool {
        guard !isStopped else { return false }
        if let milliseconds = clock.step() { follow(stepOf: milliseconds) }
        return true
    }

    // MARK: - Consequences

    /// Carries out the pending effects: forwarding first, so that when an answer arrives, the path it announces already exists; then what
    /// must survive a restart is saved, and only then reported.
    func flush() {
        guard !isStopped else { return }
        // A tunnel's counters disappear with it, so publish their final values first.
        if forwarding?.isPolledOften == true, effects.changes.contains(where: \.endsForwarding) { publishForwarding() }
        forward(effects.changes)
        saveUnsaved()
        if !holdsEffects() {
            sendDatagrams()
            informVisitors()
            publishChanges()
        }
        advertise()
        publishChanges()
        publishCountersSoon()
        setTimer()
    }

    /// Makes the data plane follow these changes.
    func forward(_ changes: [StateChange]) { forwarding?.director.apply(changes, links: discovery?.links ?? []) }

    /// Publishes what the data plane has counted since the last poll.
    func publishForwarding() {
        let (changes, haveCountersMoved) = forwarding?.poll(links: discovery?.links ?? [], at: time) ?? ([], false)
        guard !changes.isEmpty || haveCountersMoved else { return }
        publish(changes + (haveCountersMoved ? [.counters(counters)] : []), time)
    }

    /// The clock was set: shifts the times of rows that are not the agent's own.
    func shiftTimes(by milliseconds: Int64) {
        forwarding?.rows.shiftTimes(by: milliseconds)
        discovery?.shiftTimes(by: milliseconds)
    }

    /// One page of the rows of tunnels and traffic.
    func forwardingPage(after position: UInt64, limit: Int) -> (changes: [StateChange], next: UInt64?)? {
        forwarding?.rows.page(after: position, limit: limit)
    }

    private func advertise() {
        guard discovery != nil else { return }
        discovery?.isBusy = agent.information.busy
        discovery?.advertise(at: clock.now, time: time) { agent.nextChallenge(on: $0, length: $1) }
        effects.changes += discovery?.changedRows() ?? []
    }

    func sendDatagrams() {
        // Datagrams that result from a refused one are sent in the next round; those cause no further ones.
        while !effects.datagrams.isEmpty {
            var datagrams = effects.datagrams
            effects.datagrams = []
            if let discovery { datagrams.removeAll { discovery.sendInFrame($0) } }
            var next = 0
            while next < datagrams.count {
                let source = datagrams[next].source
                let end = datagrams[next...].firstIndex { $0.source != source } ?? datagrams.count
                if let socket = sockets[source] {
                    socket.send(datagrams[next..<end], refused: refused)
                } else {
                    logger.error("no socket for the source address", metadata: ["address": "\(source)"])
                }
                next = end
            }
        }
    }

    /// Informs visitors of revocations.
    func informVisitors() {
        guard !effects.notices.isEmpty else { return }
        let notices = effects.notices
        effects.notices = []
        discovery?.inform(notices, at: clock.now) { agent.nextChallenge(on: $0, length: $1) }
    }

    private func refused(_ datagram: OutgoingDatagram, _ code: CInt) {
        logger.debug(
            "cannot send a datagram",
            metadata: [
                "from": "\(datagram.source)", "to": "\(datagram.destination)", "error": "\(String(cString: strerror(code)))",
            ])
        // Answer at once a request that could not be relayed.
        guard datagram.payload.first == MessageType.registrationRequest.rawValue, let unreachable = HomeAgentUnreachable(code)
        else { return }
        agent.reportUnsent(datagram, unreachable, at: clock.now, effects: &effects)
    }

    private func setTimer() {
        let deadlines = [agent.nextDeadline, discovery?.nextDeadline].compactMap { $0 }
        let now = clock.now.uptime
        let due = min(deadlines.min() ?? .max, now + Self.longestWait)
        if let timer {
            guard due < timer.deadline else { return }
            timer.task.cancel()
        }
        let task = loop.assumeIsolated().scheduleTask(in: .nanoseconds(max(0, due - now))) { [self] in
            timer = nil
            guard wakes() else { return }
            lookAtState()
            agent.advance(to: clock.now, effects: &effects)
            flush()
        }
        timer = (due, task)
    }
}

extension StateChange {
    /// Whether the change may end a tunnel or the traffic counts of a node.
    fileprivate var endsForwarding: Bool {
        switch self {
        case .bindingRemoved, .visitorRemoved: true
        default: false
        }
    }
}
