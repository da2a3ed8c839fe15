import AgentControl
import AgentModel
import DataPlane
import Logging
import MobileIPv4
import MobileNode
import MobilityLink
import NIOCore

/// The mobile node with its clock, sockets, routes and timer. Runs on one event loop and is used only there.
final class NodeRuntime {
    var node: MobileNode
    var movement: MovementDetector
    var routes: NodeRoutes
    let configuration: NodeDaemonConfiguration
    let sockets: NodeSockets
    let plane: any DataPlane
    let configurator: HostConfigurator
    /// What the machine uses of the host configuration of the node's registration.
    var hostConfiguration: FollowedHostConfiguration
    var clock: AgentClock
    /// How often the wall clock was set since the start.
    var clockSteps: UInt64 = 0
    let loop: any EventLoop
    let logger: Logger
    let publish: ([StateChange], Timestamp) -> Void
    /// Called once when the node can no longer run.
    private let fail: (NodeDaemonError) -> Void
    let instance: String
    var random = SystemRandomNumberGenerator()
    /// The tunnel that the data plane carries for the node.
    var tunnel: NodeTunnel?
    var publication = NodePublication()
    var written = Written()
    var ledger = UndoLedger<Written>()
    /// Where revocations arrive; nil where none can.
    var revocationPort: RevocationPort?
    let stateFile: ChangeFile?
    /// Why the state file can currently not be written; empty if it can.
    var stateError = ""
    /// Whether the last attempt to save changes failed.
    var isSaveDue = false
    /// Looks at the state file again.
    var stateFileTask: Scheduled<Void>?
    private var timer: (deadline: Int64, task: Scheduled<Void>)?
    var pollTask: Scheduled<Void>?
    private(set) var isStopped = false
    /// Completed when the deregistration at the end is done.
    var stopWaiters: [EventLoopPromise<Void>] = []

    /// The longest time that the timer waits: the loop's clock stops while the machine sleeps, but lifetimes do not.
    private static let longestWait: Int64 = 1_000_000_000

    init(
        configuration: NodeDaemonConfiguration, clock: AgentClock, sockets: NodeSockets, routes: NodeRoutes, plane: any DataPlane,
        configurator: HostConfigurator, loop: any EventLoop, logger: Logger,
        publish: @escaping ([StateChange], Timestamp) -> Void,
        fail: @escaping (NodeDaemonError) -> Void
    ) {
        self.configuration = configuration
        self.clock = clock
        stateFile = configuration.statePath.map(ChangeFile.init)
        self.sockets = sockets
        self.routes = routes
        self.plane = plane
        self.configurator = configurator
        hostConfiguration = FollowedHostConfiguration(configurator)
        self.loop = loop
        self.logger = logger
        self.publish = publish
        self.fail = fail
        node = MobileNode(configuration: configuration.node)
        movement = MovementDetector(configuration: configuration.movement)
        instance = String(UInt64.random(in: .min ... .max, using: &random), radix: 16)
        node.setSignalling(configuration.settings.signalling)
        node.setDiscovery(configuration.settings.discovery)
        self.routes.setHomeAddress(configuration.node.homeAddress)
    }

    // MARK: - Events

    /// Begins to detect where the node is.
    func begin() {
        configurator.begin()
        tryStateFile()
        linksChanged()
        pollSoon()
    }

    /// Handles changes of links and addresses.
    func linksChanged() {
        guard !isStopped else { return }
        followClock()
        switch sockets.link.check() {
        case .up: perform(movement.linkUp(at: clock.now))
        case .down: perform(movement.linkDown())
        case .replaced:
            // Sockets and addresses belong to the removed interface.
            let name = configuration.interface
            perform(movement.linkDown())
            return fail(NodeDaemonError("the interface '\(name)' was replaced by another one of the same name; restart the node"))
        case .none: break
        }
        routes.restore(InterfaceAddress.all(of: configuration.interface).map(\.address))
        let own = sockets.link.coLocatedAddress(
            besides: node.configuration.homeAddress, homeNetwork: configuration.node.homeNetwork)
        perform(movement.setCoLocatedAddress(own, at: clock.now))
        finish()
    }

    /// Handles an ICMP message, which follows its IP header.
    func receiveICMP(_ datagram: RawSpan, _ header: DatagramBatch.Header) {
        guard !isStopped, header.interface == sockets.link.index, datagram.byteCount > 20 else { return }
        let start = Int(datagram.unsafeLoad(as: UInt8.self) & 0xF) * 4
        guard start >= 20, datagram.byteCount > start else { return }
        followClock()
        sockets.neighbors.refresh()
        let agent = header.source.address
        let address = sockets.neighbors.address(of: agent)
        let arrival = AdvertisementArrival(
            isUnicast: !header.destination.isForMany, timeToLive: header.timeToLive, linkLayer: address?.rawValue)
        perform(movement.receive(datagram.extracting(start...), from: agent, arrival: arrival, at: clock.now))
        // One that was not believed does not change where the agent is.
        if let address, movement.agents[agent]?.linkLayer == address.rawValue { routes.update(agent, to: address) }
    }

    /// Handles a UDP payload.
    func receive(_ datagram: RawSpan, _ header: DatagramBatch.Header) {
        guard !isStopped else { return }
        guard datagram.byteCount > 0 else { return }
        switch MessageType(rawValue: datagram.unsafeLoad(as: UInt8.self)) {
        case .registrationRevocation: return receiveRevocation(datagram, header, at: sockets.udp)
        case .genericNotification: return receiveNotification(datagram, header)
        case .genericNotificationAcknowledgment: return receiveNotificationAcknowledgment(datagram, header)
        case .experimental: return receiveExperimental(datagram, header)
        default: break
        }
        followClock()
        var request: [UInt8]?
        let outcome = node.receive(datagram, from: header.source, at: clock.now, request: &request, random: &random)
        if let request { send(request) }
        if let outcome { handle(outcome) }
        // A node that turns to another home agent has lost its tunnel, and no outcome says so.
        if node.tunnel == nil { updateTunnel() }
        reportMessages(from: header.source)
    }

    /// Handles a datagram that may be an experimental message (RFC 4064).
    private func receiveExperimental(_ datagram: RawSpan, _ header: DatagramBatch.Header) {
        followClock()
        guard !node.receive(experimentalMessage: datagram, from: header.source, at: clock.now) else { return }
        logger.debug("dropped an experimental message", metadata: ["source": "\(header.source)"])
    }

    /// Publishes what an event has changed, and sets the timer.
    func finish() {
        guard !isStopped else { return }
        // An assigned address ends with the session at the home agent that has assigned it.
        routes.setHomeAddress(node.configuration.homeAddress)
        movement.anchor = node.anchorHomeAgent
        publishChanges()
        setTimer()
    }

    /// Does what is due.
    private func advance() {
        followClock()
        guard let deadline = nextDeadline, deadline <= clock.now.uptime else { return setTimer() }
        perform(movement.advance(to: clock.now))
        if let request = node.advance(to: clock.now, random: &random) {
            send(request)
        } else if let outcome = node.failure(at: clock.now) {
            handle(outcome)
        }
        sendNotifications()
        if node.tunnel == nil { updateTunnel() }
        if node.beginRetry(at: clock.now) { retry() }
        finish()
    }

    /// Removes routes, addresses and tunnels; nothing is sent or published afterwards.
    func stop() {
        isStopped = true
        timer?.task.cancel()
        pollTask?.cancel()
        stateFileTask?.cancel()
        endWaiting()
        closeRevocationPort()
        plane.stop()
        routes.removeAll()
    }

    // MARK: - The timer

    private var nextDeadline: Int64? {
        [node.nextDeadline, movement.nextDeadline, node.retry.due].compactMap { $0 }.min()
    }

    func setTimer() {
        let now = clock.now.uptime
        let due = min(nextDeadline ?? .max, now + Self.longestWait)
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

extension IPv4Address {
    /// Whether it is a multicast address or the limited broadcast address.
    fileprivate var isForMany: Bool { rawValue >> 28 == 0xE || self == .limitedBroadcast }
}
