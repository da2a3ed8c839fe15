import AgentControl
import AgentModel
import CLinuxNetwork
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
    let clock: AgentClock
    let loop: any EventLoop
    private var sockets: [TransportEndpoint: UDPSocket] = [:]
    var discovery: Discovery?
    private var forwarding: Forwarding?
    var effects = AgentEffects()
    private var eventLog: EventLog
    let logger: Logger
    let publish: ([StateChange], Timestamp) -> Void
    /// Called once when a socket fails.
    private let fail: (AgentDaemonError) -> Void
    private var timer: (deadline: Int64, task: Scheduled<Void>)?
    private var countersTask: Scheduled<Void>?
    private var countersPublished: UInt64 = 0
    private var pollTask: Scheduled<Void>?
    private var linkReturns: LinkReturns?
    private(set) var isStopped = false
    var ledger = UndoLedger<Undo>()
    let stateFile: ChangeFile?
    /// Why the state file can currently not be written; empty if it can.
    var stateError = ""
    /// The one that was published last.
    var publishedStateError = ""
    /// Whether the last attempt to save changes failed.
    var isSaveDue = false
    /// Looks at the state file again.
    var stateFileTask: Scheduled<Void>?

    /// How long a changed counter may wait to be published together with others.
    private static let countersDelay = TimeAmount.milliseconds(20)
    /// Maximum number of associations published together with the counters.
    private static let associationChangesPerUpdate = 512
    /// The longest sleep of the timer. The loop's clock stops while the machine is suspended; lifetimes do not.
    private static let longestWait: Int64 = 1_000_000_000

    init(
        configuration: MobilityAgentConfiguration, stateFile: ChangeFile?, loop: any EventLoop, logger: Logger,
        publish: @escaping ([StateChange], Timestamp) -> Void, fail: @escaping (AgentDaemonError) -> Void
    ) {
        clock = AgentClock()
        self.stateFile = stateFile
        self.loop = loop
        self.logger = logger
        self.publish = publish
        self.fail = fail
        eventLog = EventLog(logger: logger)
        var random = SystemRandomNumberGenerator()
        let instance = String(UInt64.random(in: .min ... .max, using: &random), radix: 16)
        var configuration = configuration
        configuration.keepsChanges = stateFile != nil
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
        agent.keepsChanges = stateFile != nil
        let discovery = try Discovery(links, agent: agent, at: clock.now, logger: logger)
        self.discovery = discovery
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
        guard !isStopped, linkReturns?.hasReturnedLink() == true else { return }
        forwarding?.restore()
    }

    // MARK: - From the sockets

    /// Handles what arrived at a socket, and then its consequences.
    func receive(_ arrival: SocketReader.Arrival, at local: TransportEndpoint) {
        guard !isStopped else { return }
        switch arrival {
        case .datagrams(let batch):
            readFrames()
            let now = clock.now
            batch.forEach { payload, header in
                guard header.excessLength == nil else { return agent.discardTooLong() }
                agent.receive(
                    payload, from: header.source,
                    linkLayer: discovery?.sender(of: payload, from: header.source.address)?.rawValue, to: local,
                    timeToLive: header.timeToLive, at: now, effects: &effects)
            }
        case .readable: break
        case .icmpErrors(let reports):
            for report in reports where report.type == QuotedError.icmpType {
                note(report.code, QuotedRequest(report, from: local))
            }
        case .failure(EBADF): fail(AgentDaemonError("the socket for \(local) was closed by an error"))
        case .failure(let code): readFailed("\(local)", code)
        }
        flush()
    }

    /// Handles ICMP errors that arrived at this machine; those about datagrams of this agent are examined.
    func receiveErrors(_ arrival: SocketReader.Arrival) {
        guard !isStopped else { return }
        switch arrival {
        case .datagrams(let batch):
            batch.forEach { datagram, _ in
                guard let error = QuotedError(datagram), let quoted = QuotedRequest(error, in: datagram),
                    sockets[quoted.source] != nil
                else { return }
                note(error.code, quoted)
            }
        case .icmpErrors, .readable: break
        case .failure(EBADF): fail(AgentDaemonError("the socket for ICMP errors was closed by an error"))
        case .failure(let code): readFailed("ICMP", code)
        }
        flush()
    }

    private func note(_ code: UInt8, _ quoted: QuotedRequest) {
        guard let unreachable = HomeAgentUnreachable(icmpCode: code) else { return }
        agent.reportUnreachable(unreachable, quoting: quoted, at: clock.now, effects: &effects)
    }

    /// Handles ICMP messages; solicitations are answered.
    func receiveICMP(_ arrival: SocketReader.Arrival) {
        guard !isStopped else { return }
        switch arrival {
        case .datagrams(let batch): batch.forEach { discovery?.receive($0, $1) }
        case .icmpErrors, .readable: break
        case .failure(EBADF): fail(AgentDaemonError("the socket for agent discovery was closed by an error"))
        case .failure(let code): readFailed("ICMP", code)
        }
        flush()
    }

    /// Frames have arrived.
    func receiveFrames() {
        guard !isStopped else { return }
        readFrames()
        flush()
    }

    private func readFrames() {
        guard let discovery else { return }
        discovery.refreshNeighbors()
        for request in discovery.takeUnroutable() {
            guard let payload = request.payload else {
                agent.discardTooLong()
                continue
            }
            agent.receive(
                payload.span.bytes, from: TransportEndpoint(.zero, port: request.sourcePort),
                linkLayer: request.sender.rawValue, to: request.destination, timeToLive: request.timeToLive, at: clock.now,
                effects: &effects)
        }
    }

    private func readFailed(_ what: String, _ code: CInt) {
        logger.warning(
            "cannot read from a socket", metadata: ["socket": "\(what)", "error": "\(String(cString: strerror(code)))"])
    }

    // MARK: - From the control interface

    /// How many rows the agent's tables have.
    var counts: TableCounts { agent.tableCounts }

    var information: AgentInformation {
        var information = agent.information
        information.dataPlane = forwarding?.kind
        information.stateError = stateError
        return information
    }

    var time: Timestamp { clock.timestamp(clock.now) }

    private var counters: AgentCounters {
        var counters = agent.counters
        forwarding?.addCounters(to: &counters)
        counters.logLinesLost = LogOutput.lost
        return counters
    }

    /// The agent's own rows come first, then those of its links, then those of its tunnels.
    func snapshotPage(
        of topics: Set<ControlTopic>, matching filter: RowFilter? = nil, after position: UInt64?, limit: Int
    ) -> (changes: [StateChange], next: UInt64?) {
        if let position, position & Self.forwardingRows != 0 {
            let page = forwarding?.rows.page(after: position & ~Self.forwardingRows, limit: limit)
            return (page?.changes ?? [], page?.next.map { $0 | Self.forwardingRows })
        }
        var page = agent.snapshotPage(
            of: topics, matching: filter, after: position.map(SnapshotPosition.init), limit: limit)
        if position == nil { complete(&page.changes) }
        let isForwardingWanted = forwarding != nil && !topics.isDisjoint(with: [.tunnels, .traffic])
        if position == nil { page.changes += discovery?.rows ?? [] }
        return (page.changes, page.next?.rawValue ?? (isForwardingWanted ? Self.forwardingRows : nil))
    }

    /// Marks positions within the rows of tunnels and traffic.
    private static let forwardingRows: UInt64 = 1 << 63

    /// Fills in what the agent itself does not know.
    private func complete(_ changes: inout [StateChange]) {
        for index in changes.indices {
            switch changes[index] {
            case .information: changes[index] = .information(information)
            case .counters: changes[index] = .counters(counters)
            default: break
            }
        }
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

    /// Starts with what is due at once: the first advertisements.
    func begin() {
        tryStateFile()
        flush()
    }

    /// Closes the sockets and stops forwarding. Nothing is sent or published afterwards.
    func stop() {
        isStopped = true
        timer?.task.cancel()
        countersTask?.cancel()
        pollTask?.cancel()
        stateFileTask?.cancel()
        sockets = [:]
        discovery = nil
        forwarding?.stop()
        forwarding = nil
        eventLog.finish()
    }

    // MARK: - Inside

    /// Carries out the pending effects: forwarding first, so that when an answer arrives, the path it announces already exists.
    func flush() {
        guard !isStopped else { return }
        // A tunnel's counters disappear with it, so publish their final values first.
        if forwarding?.isPolledOften == true, effects.changes.contains(where: \.endsForwarding) { publishForwarding() }
        forwarding?.director.apply(effects.changes, links: discovery?.links ?? [])
        sendDatagrams()
        advertise()
        publishChanges()
        publishCountersSoon()
        setTimer()
    }

    private func advertise() {
        guard discovery != nil else { return }
        discovery?.isBusy = agent.information.busy
        discovery?.advertise(at: clock.now, time: time) { agent.nextChallenge(on: $0, length: $1) }
        effects.changes += discovery?.changedRows() ?? []
    }

    private func sendDatagrams() {
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

    private func publishChanges() {
        guard !effects.changes.isEmpty else { return }
        var changes = effects.changes
        // Use a new array: the old one is now shared with the control interface, so emptying it would copy it.
        effects.changes = []
        effects.changes.reserveCapacity(min(changes.count, 256))
        for case .event(let event) in changes { eventLog.write(event, uptime: clock.now.uptime) }
        if forwarding != nil || !stateError.isEmpty { complete(&changes) }
        publish(changes, time)
    }

    private func publishCountersSoon() {
        guard countersTask == nil, agent.countersGeneration != countersPublished || agent.hasAssociationChanges else { return }
        countersTask = loop.assumeIsolated().scheduleTask(in: Self.countersDelay) { [self] in
            countersTask = nil
            countersPublished = agent.countersGeneration
            publish(agent.takeAssociationChanges(limit: Self.associationChangesPerUpdate) + [.counters(counters)], time)
            if agent.hasAssociationChanges { publishCountersSoon() }
        }
    }

    /// Polls the data plane's counters periodically.
    private func pollSoon() {
        guard let forwarding else { return }
        pollTask = loop.assumeIsolated().scheduleTask(in: forwarding.pollInterval) { [self] in
            guard !isStopped else { return }
            publishForwarding()
            pollSoon()
        }
    }

    /// Publishes what the data plane has counted since the last poll.
    private func publishForwarding() {
        let (changes, haveCountersMoved) = forwarding?.poll(links: discovery?.links ?? [], at: time) ?? ([], false)
        guard !changes.isEmpty || haveCountersMoved else { return }
        publish(changes + (haveCountersMoved ? [.counters(counters)] : []), time)
    }

    private func setTimer() {
        let deadlines = [agent.nextDeadline, discovery?.nextDeadline].compactMap { $0 }
        guard let deadline = deadlines.min() else { return }
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

extension StateChange {
    /// Whether the change may end a tunnel or the traffic counts of a node.
    fileprivate var endsForwarding: Bool {
        switch self {
        case .bindingRemoved, .visitorRemoved: true
        default: false
        }
    }
}
