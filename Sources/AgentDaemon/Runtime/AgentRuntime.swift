import AgentModel
import CLinuxNetwork
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

    /// Binds a socket, which the caller has read.
    func bind(_ endpoint: TransportEndpoint, receiveBuffer: Int32) throws(AgentDaemonError) -> UDPSocket {
        let socket = try UDPSocket(bindingTo: endpoint, receiveBuffer: receiveBuffer)
        sockets[endpoint] = socket
        return socket
    }

    // MARK: - From the sockets

    /// Takes what a socket has to say, then does what follows from it.
    func receive(_ arrival: SocketReader.Arrival, at local: TransportEndpoint) {
        guard !isStopped else { return }
        switch arrival {
        case .datagrams(let batch):
            let now = clock.now
            batch.forEach { payload, header in
                agent.receive(
                    payload, from: header.source, to: local, timeToLive: header.timeToLive, at: now, effects: &effects)
            }
        case .icmpError(let report):
            guard let unreachable = HomeAgentUnreachable(report) else { return }
            agent.reportUnreachable(
                unreachable,
                destination: TransportEndpoint(
                    IPv4Address(rawValue: report.destination_address), port: report.destination_port),
                at: clock.now, effects: &effects)
        case .failure(EBADF): lost(local)
        case .failure(let code): readFailed(local, code)
        }
        flush()
    }

    /// Sends and publishes what has gathered, and sets the timer.
    private func flush() {
        guard !isStopped else { return }
        sendDatagrams()
        publishChanges()
        publishCountersSoon()
        setTimer()
    }

    private func readFailed(_ local: TransportEndpoint, _ code: CInt) {
        logger.warning("reading failed", metadata: ["address": "\(local)", "error": "\(String(cString: strerror(code)))"])
    }

    private func lost(_ local: TransportEndpoint) {
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
            var next = 0
            while next < datagrams.count {
                let source = datagrams[next].source
                let end = datagrams[next...].firstIndex { $0.source != source } ?? datagrams.count
                if let socket = sockets[source] {
                    socket.send(datagrams[next..<end], refused: refused)
                } else {
                    logger.error("no socket to send from", metadata: ["address": "\(source)"])
                }
                next = end
            }
        }
    }

    private func refused(_ datagram: OutgoingDatagram, _ code: CInt) {
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
    /// Nil for ICMP errors that do not end a wait (RFC 5944 §3.7.2.3 names those that do).
    fileprivate init?(_ report: mip_icmp_report) {
        guard report.type == 3 else { return nil }
        switch report.code {
        case 0, 6, 9, 11: self = .network
        case 1, 7, 8, 10, 12: self = .host
        case 3: self = .port
        case 4: return nil
        default: self = .other
        }
    }

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
