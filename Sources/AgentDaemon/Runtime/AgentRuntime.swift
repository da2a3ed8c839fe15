import AgentModel
import Glibc
import Logging
import MobileIPv4
import MobilityAgent
import NIOCore

/// The agent with its clock, its sockets and its timer. Lives on one event loop and is touched only there.
final class AgentRuntime {
    private var agent: MobilityAgent
    private let clock: AgentClock
    private let loop: any EventLoop
    private var sockets: [TransportEndpoint: UDPSocket] = [:]
    private var effects = AgentEffects()
    private var eventLog: EventLog
    private let logger: Logger
    private let publish: ([StateChange], Timestamp) -> Void
    /// Told once when a socket ends by itself.
    private let fail: (AgentDaemonError) -> Void
    private var timer: (deadline: Int64, task: Scheduled<Void>)?
    private var countersTask: Scheduled<Void>?
    private var countersPublished: UInt64 = 0
    private var isStopped = false

    /// How long a change of a counter may wait for others to be told with it.
    private static let countersDelay = TimeAmount.milliseconds(20)
    /// The longest sleep of the timer: the loop's clock stands still while the machine sleeps, lifetimes do not.
    private static let longestWait: Int64 = 1_000_000_000

    init(
        configuration: MobilityAgentConfiguration, loop: any EventLoop, logger: Logger,
        publish: @escaping ([StateChange], Timestamp) -> Void, fail: @escaping (AgentDaemonError) -> Void
    ) {
        clock = AgentClock()
        self.loop = loop
        self.logger = logger
        self.publish = publish
        self.fail = fail
        eventLog = EventLog(logger: logger)
        var random = SystemRandomNumberGenerator()
        let instance = String(UInt64.random(in: .min ... .max, using: &random), radix: 16)
        agent = MobilityAgent(
            configuration: configuration, instance: instance, processID: getpid(), startTime: clock.startTime, random: random)
    }

    /// Binds a socket to send from.
    ///
    /// - Returns: another descriptor of it, to read from; the caller closes it.
    func bind(_ endpoint: TransportEndpoint, receiveBuffer: Int32) throws(AgentDaemonError) -> CInt {
        let socket = try UDPSocket(bindingTo: endpoint, receiveBuffer: receiveBuffer)
        let descriptor = try socket.duplicate()
        sockets[endpoint] = socket
        return descriptor
    }

    // MARK: - From the sockets

    /// A UDP payload; empty stands for one that is too long.
    func receive(_ payload: ByteBuffer, from source: TransportEndpoint, to local: TransportEndpoint) {
        agent.receive(payload.readableBytesSpan, from: source, to: local, at: clock.now, effects: &effects)
    }

    /// Sends and publishes what has gathered, and sets the timer.
    func flush() {
        guard !isStopped else { return }
        sendDatagrams()
        publishChanges()
        publishCountersSoon()
        setTimer()
    }

    func readFailed(_ local: TransportEndpoint, _ error: any Error) {
        logger.warning("reading failed", metadata: ["address": "\(local)", "error": "\(error)"])
    }

    func lost(_ local: TransportEndpoint) {
        guard !isStopped else { return }
        fail(AgentDaemonError("the socket of \(local) was closed by an error"))
    }

    // MARK: - From the control interface

    var information: AgentInformation { agent.information }

    var time: Timestamp { clock.timestamp(clock.now) }

    func snapshotPage(after position: UInt64?, limit: Int) -> (changes: [StateChange], next: UInt64?) {
        let page = agent.snapshotPage(after: position.map(SnapshotPosition.init), limit: limit)
        return (page.changes, page.next?.rawValue)
    }

    func revokeBinding(homeAddress: IPv4Address, careOfAddress: IPv4Address?) -> Int {
        let ended = agent.revokeBinding(
            homeAddress: homeAddress, careOfAddress: careOfAddress, at: clock.now, effects: &effects)
        flush()
        return ended
    }

    func setEnabled(_ enabled: Bool) {
        agent.setEnabled(enabled, at: clock.now, effects: &effects)
        flush()
    }

    /// Closes the sockets; nothing is sent or published afterwards.
    func stop() {
        isStopped = true
        timer?.task.cancel()
        countersTask?.cancel()
        sockets = [:]
    }

    // MARK: - Inside

    private func sendDatagrams() {
        // What a refused datagram gives rise to is sent in the next round; it cannot give rise to more.
        while !effects.datagrams.isEmpty {
            let datagrams = effects.datagrams
            effects.datagrams = []
            for datagram in datagrams { send(datagram) }
        }
    }

    private func send(_ datagram: OutgoingDatagram) {
        guard let socket = sockets[datagram.source] else {
            logger.error("no socket to send from", metadata: ["address": "\(datagram.source)"])
            return
        }
        guard let code = socket.send(datagram.payload, to: datagram.destination) else { return }
        logger.debug(
            "a datagram could not be sent",
            metadata: [
                "from": "\(datagram.source)", "to": "\(datagram.destination)", "error": "\(String(cString: strerror(code)))",
            ])
        // A request that could not be relayed is answered at once.
        guard datagram.payload.first == MessageType.registrationRequest.rawValue, let unreachable = HomeAgentUnreachable(code)
        else { return }
        agent.reportUnreachable(unreachable, destination: datagram.destination, at: clock.now, effects: &effects)
    }

    private func publishChanges() {
        guard !effects.changes.isEmpty else { return }
        let changes = effects.changes
        // A new array: the old one now belongs to the control interface as well, and emptying it would copy.
        effects.changes = []
        effects.changes.reserveCapacity(min(changes.count, 256))
        for case .event(let event) in changes { eventLog.write(event, uptime: clock.now.uptime) }
        publish(changes, time)
    }

    private func publishCountersSoon() {
        guard countersTask == nil, agent.countersGeneration != countersPublished else { return }
        countersTask = loop.assumeIsolated().scheduleTask(in: Self.countersDelay) { [self] in
            countersTask = nil
            countersPublished = agent.countersGeneration
            publish([.counters(agent.counters)], time)
        }
    }

    private func setTimer() {
        guard let deadline = agent.nextDeadline else { return }
        let now = clock.now.uptime
        let due = min(deadline, now + Self.longestWait)
        if let timer {
            guard due < timer.deadline else { return }
            timer.task.cancel()
        }
        let task = loop.assumeIsolated().scheduleTask(in: .nanoseconds(max(0, due - now))) { [self] in
            timer = nil
            agent.advance(to: clock.now, effects: &effects)
            flush()
        }
        timer = (due, task)
    }
}

extension HomeAgentUnreachable {
    /// Nil for errors of this machine that say nothing of the home agent.
    fileprivate init?(_ code: CInt) {
        switch code {
        case ENETUNREACH, ENETDOWN: self = .network
        case EHOSTUNREACH, EHOSTDOWN: self = .host
        case ECONNREFUSED: self = .port
        case EINVAL, EACCES, EPERM, EADDRNOTAVAIL: self = .other
        default: return nil
        }
    }
}
