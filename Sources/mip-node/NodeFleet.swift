import AgentModel
import MobileIPv4
import MobileNode
import MobilityLink

/// Runs many mobile nodes on one thread: sends their requests at a given rate and within a window, receives the replies and records the
/// times.
struct NodeFleet {
    /// The results of each node's first registration.
    struct Tally {
        var accepted = 0
        var deniedByCode: [ReplyCode: Int] = [:]
        var unauthenticatedByCode: [ReplyCode: Int] = [:]
        var unanswered = 0
        /// Nanoseconds from the first request to the deciding reply, for accepted registrations.
        var latencies: [Int64] = []

        var decided: Int {
            accepted + deniedByCode.values.reduce(0, +) + unauthenticatedByCode.values.reduce(0, +) + unanswered
        }
    }

    private(set) var nodes: [MobileNode]
    private(set) var tally = Tally()
    /// Called after the outcome of each registration or change is known.
    var report: (Int, MobileNode.Outcome) -> Void = { _, _ in }

    private let sockets: SocketSet
    private let rate: Int
    private let window: Int
    private var random = SystemRandomNumberGenerator()
    private var started = 0
    private var isDecided: [Bool]
    private var outstanding = 0
    private var deadlines = DeadlineHeap()
    private var byIdentification: [UInt32: Int] = [:]
    /// The nodes that are kept registered, which acknowledge notifications.
    private var byHomeAddress: [IPv4Address: Int] = [:]
    private var buffer = [UInt8](repeating: 0, count: 2048)
    private var clock: AgentClock

    /// - Parameters:
    ///   - rate: registrations started per second; 0 for as fast as the window allows.
    ///   - window: the most registrations in progress at once.
    init(nodes: [MobileNode], sockets: SocketSet, rate: Int, window: Int, clock: AgentClock = AgentClock()) {
        self.nodes = nodes
        self.sockets = sockets
        self.rate = rate
        self.window = max(1, window)
        isDecided = Array(repeating: false, count: nodes.count)
        self.clock = clock
        tally.latencies.reserveCapacity(nodes.count)
    }

    var now: Moment { clock.now }

    /// Nanoseconds since the fleet's clock began.
    var elapsed: Int64 { clock.now.uptime }

    /// Registers every node once; returns when each is decided or a stop is requested. `progress` is called about once a second.
    mutating func registerAll(progress: (Tally) -> Void) {
        var lastProgress = elapsed
        while tally.decided < nodes.count && !StopSignal.isRequested {
            beginDue()
            step(waitingUpTo: 10)
            if elapsed - lastProgress >= 1_000_000_000 {
                lastProgress = elapsed
                progress(tally)
            }
        }
    }

    /// Keeps every node registered until a stop is requested, and has it acknowledge notifications (RFC 6098).
    mutating func keep() {
        for index in nodes.indices where nodes[index].isRegistered {
            byHomeAddress[nodes[index].configuration.homeAddress] = index
        }
        while !StopSignal.isRequested { step(waitingUpTo: 200) }
    }

    /// Deregisters every registered node. Gives up after `seconds`, and after a stop is requested also when nothing was answered for a
    /// second: the home agent may not answer at all.
    mutating func deregisterAll(seconds: Int64) {
        let end = elapsed + seconds * 1_000_000_000
        var next = 0
        var progress = elapsed
        while elapsed < end, !StopSignal.isRequested || elapsed - progress < 1_000_000_000 {
            while next < nodes.count, outstanding < window {
                let moment = now
                if let request = nodes[next].deregister(at: moment, random: &random) { send(request, from: next) }
                next += 1
            }
            if next == nodes.count, outstanding == 0 { return }
            let before = outstanding
            step(waitingUpTo: 10)
            if outstanding < before {
                progress = elapsed
                if StopSignal.isRequested { StopSignal.postpone() }
            }
        }
    }

    // MARK: - Steps

    private mutating func beginDue() {
        let allowed = rate == 0 ? nodes.count : min(nodes.count, Int(Double(elapsed) / 1e9 * Double(rate)) + 1)
        var burst = 64
        while started < allowed, outstanding < window, burst > 0 {
            // Each node gets its own time, because the identification made from it distinguishes the replies.
            let moment = now
            send(nodes[started].register(at: moment, random: &random), from: started)
            started += 1
            burst -= 1
        }
    }

    /// Handles the datagrams that have arrived, waiting for one up to the given time, then does what is due.
    private mutating func step(waitingUpTo milliseconds: Int64) {
        var wait = milliseconds
        if let next = deadlines.first { wait = min(wait, max(0, (next - now.uptime) / 1_000_000 + 1)) }
        if outstanding < window, started < nodes.count, rate == 0 { wait = 0 }
        let readable = sockets.readable(within: CInt(wait))
        if clock.step() != nil {
            for index in nodes.indices { nodes[index].clockStepped() }
        }
        for socket in readable { drain(socket) }
        let uptime = now.uptime
        while let index = deadlines.pop(due: uptime) {
            // Old entries stay in the heap when a node's deadline changes; only its current deadline is valid.
            guard let deadline = nodes[index].nextDeadline, deadline <= uptime else { continue }
            forget(index)
            let wasInProgress = nodes[index].state == .registering || nodes[index].state == .deregistering
            let moment = now
            if let request = nodes[index].advance(to: moment, random: &random) {
                send(request, from: index, isNew: !wasInProgress)
            } else {
                if wasInProgress { outstanding -= 1 }
                if case .failed(let outcome) = nodes[index].state { decide(index, outcome) }
                if let deadline = nodes[index].nextDeadline { deadlines.push(deadline, index) }
            }
        }
    }

    private mutating func drain(_ socket: Int) {
        // The buffer is moved out of the fleet while it is read, because reading it while changing a node would be an overlapping access.
        var datagram: [UInt8] = []
        swap(&datagram, &buffer)
        defer { swap(&datagram, &buffer) }
        while let (count, source) = sockets.receive(socket, into: &datagram) {
            if count > 0, datagram[0] == MessageType.genericNotification.rawValue {
                acknowledge(datagram.span.bytes.extracting(0..<count), from: source)
                continue
            }
            guard count >= RegistrationReply.fixedSize,
                let reply = try? RegistrationReply(decoding: datagram.span.bytes.extracting(0..<count)),
                let index = byIdentification[reply.identification.low]
            else { continue }
            var request: [UInt8]?
            let moment = now
            let first = nodes[index].firstSent
            let outcome = nodes[index].receive(
                datagram.span.bytes.extracting(0..<count), at: moment, request: &request, random: &random)
            if let request {
                byIdentification[reply.identification.low] = nil
                send(request, from: index, isNew: false)
            }
            guard let outcome else {
                // The reply may have moved the deadline.
                if let deadline = nodes[index].nextDeadline { deadlines.push(deadline, index) }
                continue
            }
            byIdentification[reply.identification.low] = nil
            outstanding -= 1
            if case .accepted = outcome, !isDecided[index] { tally.latencies.append(moment.uptime - first) }
            if let deadline = nodes[index].nextDeadline { deadlines.push(deadline, index) }
            decide(index, outcome)
        }
    }

    /// Has the node that a notification is about acknowledge it.
    private mutating func acknowledge(_ datagram: RawSpan, from source: TransportEndpoint) {
        guard let notification = try? GenericNotification(decoding: datagram),
            let index = byHomeAddress[notification.homeAddress]
        else { return }
        let moment = now
        let answer = nodes[index].receive(notification: datagram, from: source, at: moment)
        // There is no user to show texts to.
        _ = nodes[index].takeNewMessages()
        _ = nodes[index].takeNotificationEvents(startTime: clock.startTime)
        if let answer { _ = sockets.send(answer, node: index, to: source) }
    }

    private mutating func send(_ request: [UInt8], from index: Int, isNew: Bool = true) {
        if isNew { outstanding += 1 }
        request.withUnsafeBytes {
            byIdentification[UInt32(bigEndian: $0.loadUnaligned(fromByteOffset: 20, as: UInt32.self))] = index
        }
        _ = sockets.send(request, node: index, to: nodes[index].destination)
        if let deadline = nodes[index].nextDeadline { deadlines.push(deadline, index) }
    }

    /// Drops entries of earlier requests of a node, so that the map stays as small as the window.
    private mutating func forget(_ index: Int) {
        if byIdentification.count > 2 * window + nodes.count / 8 {
            byIdentification = byIdentification.filter { nodes[$0.value].nextDeadline != nil }
        }
    }

    private mutating func decide(_ index: Int, _ outcome: MobileNode.Outcome) {
        report(index, outcome)
        guard !isDecided[index] else { return }
        isDecided[index] = true
        switch outcome {
        case .accepted: tally.accepted += 1
        case .denied(let code): tally.deniedByCode[code, default: 0] += 1
        case .unauthenticated(let code): tally.unauthenticatedByCode[code, default: 0] += 1
        case .unanswered: tally.unanswered += 1
        // It was accepted before, which decided it.
        case .revoked: break
        }
    }
}
