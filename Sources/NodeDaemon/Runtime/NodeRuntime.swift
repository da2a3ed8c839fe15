import AgentControl
import AgentModel
import CLinuxNetwork
import DataPlane
import Glibc
import Logging
import MobileIPv4
import MobileNode
import MobilityLink
import NIOCore

/// The mobile node with its clock, its sockets, its routes and its timer. Lives on one event loop and is touched only there.
final class NodeRuntime {
    private var node: MobileNode
    private var movement: MovementDetector
    private var routes: NodeRoutes
    private let configuration: NodeDaemonConfiguration
    private let sockets: NodeSockets
    private let plane: any DataPlane
    let clock = AgentClock()
    private let loop: any EventLoop
    let logger: Logger
    private let publish: ([StateChange], Timestamp) -> Void
    /// Told once when the node can go on no longer.
    private let fail: (NodeDaemonError) -> Void
    private let instance: String
    private var random = SystemRandomNumberGenerator()
    private var forwarding = ForwardingRows()
    /// The tunnel that the node has set.
    private var tunnel: NodeForwarding?
    private var planeCounters = DataPlaneCounters()
    private var told: NodePicture
    private var timer: (deadline: Int64, task: Scheduled<Void>)?
    private var pollTask: Scheduled<Void>?
    /// When a registration that failed is tried again, and how long to wait after the next failure.
    private var retryAt: Int64?
    private var retryDelay: Int64 = firstRetry
    private var isEnabled = true
    private var isStopped = false
    private(set) var written = Written()
    var ledger = UndoLedger<Written>()
    let stateFile: ChangeFile?
    private var stopWaiters: [EventLoopPromise<Void>] = []

    private static let firstRetry: Int64 = 2_000_000_000
    private static let longestRetry: Int64 = 60_000_000_000
    private static let longestWait: Int64 = 1_000_000_000

    init(
        configuration: NodeDaemonConfiguration, sockets: NodeSockets, routes: NodeRoutes, plane: any DataPlane,
        loop: any EventLoop, logger: Logger, publish: @escaping ([StateChange], Timestamp) -> Void,
        fail: @escaping (NodeDaemonError) -> Void
    ) {
        self.configuration = configuration
        stateFile = configuration.statePath.map(ChangeFile.init)
        self.sockets = sockets
        self.routes = routes
        self.plane = plane
        self.loop = loop
        self.logger = logger
        self.publish = publish
        self.fail = fail
        node = MobileNode(configuration: configuration.node)
        movement = MovementDetector(configuration: configuration.movement)
        instance = String(UInt64.random(in: .min ... .max, using: &random), radix: 16)
        told = NodePicture()
        self.routes.setHomeAddress(configuration.node.homeAddress)
    }

    // MARK: - What happens

    /// Begins to look where the node is.
    func begin() {
        linkNews()
        pollSoon()
    }

    /// The kernel has news of links and addresses.
    func linkNews() {
        guard !isStopped else { return }
        switch sockets.link.look() {
        case .up: perform(movement.linkUp(at: clock.now))
        case .down: perform(movement.linkDown())
        case .replaced:
            // Sockets and addresses belong to the one that is gone.
            let name = configuration.interface
            perform(movement.linkDown())
            return fail(NodeDaemonError("the interface '\(name)' was replaced by another one of its name; start the node again"))
        case .none: break
        }
        routes.restore(InterfaceAddress.all(of: configuration.interface).map(\.address))
        let own = sockets.link.coLocatedAddress(
            besides: node.configuration.homeAddress, homeNetwork: configuration.node.homeNetwork)
        perform(movement.setCoLocatedAddress(own, at: clock.now))
        finish()
    }

    /// An ICMP message with its IP header before it.
    func receiveICMP(_ datagram: RawSpan, _ header: DatagramBatch.Header) {
        guard !isStopped, header.interface == sockets.link.index, datagram.byteCount > 20 else { return }
        let start = Int(datagram.unsafeLoad(as: UInt8.self) & 0xF) * 4
        guard start >= 20, datagram.byteCount > start else { return }
        sockets.neighbors.refresh()
        let agent = header.source.address
        perform(movement.receive(datagram.extracting(start...), from: agent, at: clock.now))
        if let address = sockets.neighbors.address(of: agent, identification: nil) { routes.follow(agent, to: address) }
    }

    /// A UDP payload.
    func receive(_ datagram: RawSpan, _ header: DatagramBatch.Header) {
        guard !isStopped else { return }
        var request: [UInt8]?
        let outcome = node.receive(datagram, from: header.source, at: clock.now, request: &request, random: &random)
        if let request { send(request) }
        if let outcome { decided(outcome) }
    }

    /// What has gathered is told, and the timer set.
    func finish() {
        guard !isStopped else { return }
        tell()
        setTimer()
    }

    private func advance() {
        perform(movement.advance(to: clock.now))
        if let request = node.advance(to: clock.now, random: &random) {
            send(request)
        } else if retryAt == nil, isEnabled {
            switch node.state {
            case .failed(let outcome): decided(outcome)
            case .deregistered where node.attachment == .home && node.mayBeBound(at: clock.now): decided(.unanswered)
            default: break
            }
        }
        if tunnel != nil, !node.isRegistered { endTunnel() }
        if let due = retryAt, due <= clock.now.uptime { retry() }
        finish()
    }

    /// Registers again after a failure, through another agent where there is one; at home, deregisters again.
    private func retry() {
        retryAt = nil
        guard isEnabled, let attachment = movement.attachment else { return }
        let delay = retryDelay
        let other = movement.tryAnother()
        perform(other)
        // Agents that all refuse are not asked more often than one that does.
        retryDelay = delay
        guard other.isEmpty, let request = node.attach(to: attachment, at: clock.now, random: &random) else { return }
        send(request)
    }

    // MARK: - Movement

    private func perform(_ actions: [MovementDetector.Action]) {
        for action in actions {
            switch action {
            case .solicit: solicit()
            case .attach(let attachment, let agent): attach(to: attachment, through: agent)
            case .registerAgain:
                logger.notice("the agent has started anew; registering again")
                if isEnabled, movement.attachment != .home { send(node.register(at: clock.now, random: &random)) }
            case .challenge(let challenge): node.hear(challenge: challenge)
            case .detach:
                logger.notice("no agent is heard")
                endTunnel()
                routes.beElsewhere()
                node.detach()
            }
        }
    }

    private func solicit() {
        node.countSolicitation()
        let code = sockets.solicit(from: node.configuration.homeAddress)
        if code != 0 {
            logger.debug("a solicitation could not be sent", metadata: ["error": "\(String(cString: strerror(code)))"])
        }
    }

    private func attach(to attachment: NetworkAttachment, through agent: HeardAgent?) {
        retryAt = nil
        retryDelay = Self.firstRetry
        let agentNeighbor = agent.map { agent in
            Neighbor(
                address: agent.address, interface: CInt(bitPattern: sockets.link.index),
                linkLayerAddress: sockets.neighbors.address(of: agent.address, identification: nil))
        }
        switch attachment {
        case .home:
            logger.notice("at home", metadata: ["agent": "\(agent?.address ?? .zero)"])
            endTunnel()
            routes.beAtHome(
                network: configuration.node.homeNetwork,
                gateway: configuration.homeGateway ?? configuration.node.homeAgent.address,
                homeAgent: agentNeighbor.flatMap { $0.linkLayerAddress == nil ? nil : $0 })
        case .foreignAgent(let endpoint, let careOfAddress):
            logger.notice("at a foreign agent", metadata: ["agent": "\(endpoint)", "careOfAddress": "\(careOfAddress)"])
            endTunnel()
            if let agentNeighbor { routes.beVisitor(of: agentNeighbor) }
        case .coLocated(let careOfAddress, _):
            logger.notice("with a care-of address of its own", metadata: ["careOfAddress": "\(careOfAddress)"])
            routes.beElsewhere()
        }
        guard isEnabled else { return }
        let longest = attachment == .home ? nil : agent?.mobility.registrationLifetime.rawValue
        if let request = node.attach(to: attachment, longestLifetime: longest, at: clock.now, random: &random) { send(request) }
    }

    // MARK: - Registration

    private func send(_ request: [UInt8]) {
        let source: IPv4Address
        switch node.attachment {
        case .coLocated(let careOfAddress, _): source = careOfAddress
        default: source = node.configuration.homeAddress
        }
        let code = sockets.send(request, to: node.destination, from: source)
        if code != 0 {
            logger.debug("a request could not be sent", metadata: ["error": "\(String(cString: strerror(code)))"])
        }
    }

    private func decided(_ outcome: MobileNode.Outcome) {
        switch outcome {
        case .accepted(_, lifetime: 0):
            logger.notice("deregistered")
            endTunnel()
            // An assigned address has gone back.
            routes.setHomeAddress(node.configuration.homeAddress)
            if node.attachment == .home { announceHome() }
        case .accepted(let code, let lifetime):
            logger.notice(
                "registered",
                metadata: [
                    "homeAddress": "\(node.configuration.homeAddress)", "careOfAddress": "\(node.configuration.careOfAddress)",
                    "lifetime": "\(lifetime)", "code": "\(code.rawValue)",
                ])
            retryDelay = Self.firstRetry
            routes.setHomeAddress(node.configuration.homeAddress)
            setTunnel()
        case .denied(let code): failed("denied: \(code)")
        case .unauthenticated(let code): failed("denied by a reply that could not be authenticated: \(code)")
        case .unanswered: failed("no answer")
        }
        stopWaiters.forEach { $0.succeed() }
        stopWaiters = []
    }

    private func failed(_ reason: String) {
        let what = node.attachment == .home ? "deregistration" : "registration"
        logger.warning("\(what) failed and is tried again", metadata: ["reason": "\(reason)"])
        retryAt = clock.now.uptime + retryDelay
        retryDelay = min(retryDelay * 2, Self.longestRetry)
    }

    /// Takes the address back from the home agent in the neighbours' tables (RFC 5944 §4.6).
    private func announceHome() {
        guard node.configuration.homeAddress != .zero, let own = sockets.link.linkLayerAddress,
            sockets.neighbors.sendGratuitousARP(node.configuration.homeAddress, at: own) == 0
        else { return }
        node.countGratuitousARP()
    }

    private func setTunnel() {
        let accepted = node.registrations(at: clock.now, startTime: clock.startTime).first(where: \.isAccepted)
        let reverse = accepted?.reverseTunnel ?? .none
        let forwarding: NodeForwarding?
        switch node.attachment {
        case .coLocated(let careOfAddress, _):
            forwarding = NodeForwarding(
                homeAddress: node.configuration.homeAddress, careOfAddress: careOfAddress,
                peer: node.configuration.homeAgent.address, encapsulation: node.configuration.flags.encapsulation,
                reverseTunnel: reverse != .none)
        case .foreignAgent(let agent, _) where reverse == .encapsulating:
            forwarding = NodeForwarding(
                homeAddress: node.configuration.homeAddress, careOfAddress: node.configuration.homeAddress,
                peer: agent.address, encapsulation: node.configuration.flags.encapsulation, reverseTunnel: true)
        default: forwarding = nil
        }
        guard forwarding != tunnel else { return }
        if forwarding?.homeAddress != tunnel?.homeAddress { endTunnel() }
        guard let forwarding else { return }
        do {
            try plane.setNode(forwarding)
            tunnel = forwarding
        } catch {
            logger.warning("the tunnel could not be set", metadata: ["error": "\(error)"])
        }
    }

    private func endTunnel() {
        guard let homeAddress = tunnel?.homeAddress else { return }
        tunnel = nil
        do {
            try plane.removeNode(homeAddress)
        } catch {
            logger.warning("the tunnel could not be removed", metadata: ["error": "\(error)"])
        }
    }

    // MARK: - Stop

    /// Deregisters when there is something to deregister; the future ends when that is done.
    func deregister() -> EventLoopFuture<Void> {
        let promise = loop.makePromise(of: Void.self)
        guard movement.attachment != nil, let request = node.deregister(at: clock.now, random: &random) else {
            promise.succeed()
            return promise.futureResult
        }
        stopWaiters.append(promise)
        send(request)
        setTimer()
        return promise.futureResult
    }

    /// Removes routes, addresses and tunnels; nothing is sent or told afterwards.
    func stop() {
        isStopped = true
        timer?.task.cancel()
        pollTask?.cancel()
        stopWaiters.forEach { $0.succeed() }
        stopWaiters = []
        plane.stop()
        routes.removeAll()
    }

    // MARK: - What others see

    /// How many rows the node's tables have.
    var counts: TableCounts { TableCounts(associations: told.associations.count, violations: told.violations.count) }

    var information: AgentInformation {
        AgentInformation(
            name: configuration.name, version: NodeDaemon.version, instance: instance, processID: getpid(),
            roles: [.mobileNode], startTime: clock.startTime, enabled: isEnabled, encapsulations: Encapsulation.allCases,
            addresses: [AgentAddress(role: .mobileNode, address: node.configuration.homeAddress, port: sockets.port)],
            careOfAddresses: [], busy: false, registrationRequired: false, maximumBindings: 0, maximumVisitors: 0,
            dataPlane: plane.kind.rawValue, addedHomeAgents: written.homeAgents)
    }

    var time: Timestamp { clock.timestamp(clock.now) }

    /// Everything at once: a node holds little.
    func snapshot() -> [StateChange] {
        picture().changes(since: NodePicture()) + forwarding.page(after: 0, limit: .max).changes
    }

    func setEnabled(_ enabled: Bool) {
        guard enabled != isEnabled else { return }
        isEnabled = enabled
        retryAt = nil
        if enabled {
            if let attachment = movement.attachment, let request = node.attach(to: attachment, at: clock.now, random: &random) {
                send(request)
            }
        } else if let request = node.deregister(at: clock.now, random: &random) {
            send(request)
        }
        finish()
    }

    /// The home agents of the configuration, in the order of preference.
    var configuredHomeAgents: [IPv4Address] {
        [configuration.node.homeAgent.address] + configuration.node.otherHomeAgents
    }

    /// Is as an operator wants it from now on.
    func adopt(_ state: Written) {
        written = state
        node.setOtherHomeAgents(configuration.node.otherHomeAgents + state.homeAgents)
        setEnabled(state.enabled ?? true)
        finish()
    }

    private func picture() -> NodePicture {
        var counters = AgentCounters(mobileNode: node.counters(with: movement.agents))
        counters.forwarding = ForwardingCounters(planeCounters)
        counters.securityViolations = node.totalViolations
        return NodePicture(
            information: information, counters: counters,
            status: node.status(agents: movement.agents, startTime: clock.startTime),
            registrations: node.registrations(at: clock.now, startTime: clock.startTime),
            foreignAgents: movement.agents.knownForeignAgents(startTime: clock.startTime),
            associations: node.associations(startTime: clock.startTime),
            violations: node.violations(startTime: clock.startTime))
    }

    private func tell() {
        let now = picture()
        let changes = now.changes(since: told)
        told = now
        if !changes.isEmpty { publish(changes, time) }
    }

    private func pollSoon() {
        pollTask = loop.assumeIsolated().scheduleTask(in: .milliseconds(25)) { [self] in
            guard !isStopped else { return }
            planeCounters = plane.counters()
            let changes = forwarding.update(planeCounters, at: time)
            if !changes.isEmpty { publish(changes, time) }
            tell()
            pollSoon()
        }
    }

    private func setTimer() {
        let now = clock.now.uptime
        let deadlines = [node.nextDeadline, movement.nextDeadline, retryAt].compactMap { $0 }
        let due = min(deadlines.min() ?? .max, now + Self.longestWait)
        if let timer {
            guard due < timer.deadline else { return }
            timer.task.cancel()
        }
        let task = loop.assumeIsolated().scheduleTask(in: .nanoseconds(max(0, due - now))) { [self] in
            timer = nil
            guard !isStopped else { return }
            advance()
        }
        timer = (due, task)
    }
}

extension RegistrationFlags {
    /// GRE before minimal, IP in IP without either (RFC 5944 §3.3).
    fileprivate var encapsulation: Encapsulation { contains(.gre) ? .gre : contains(.minEnc) ? .minEnc : .ipInIp }
}
