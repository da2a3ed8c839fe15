import AgentModel
import Foundation
import MobileIPv4
import MobileNode

/// Nodes on one thread that stay registered wherever their home agents send them.
struct DrainedFleet {
    private static let second: Int64 = 1_000_000_000
    /// Registrations begun in a second, so that no buffer overflows.
    private static let rate: Int64 = 400

    private var nodes: [FleetNode]
    private let target: IPv4Address
    private var sockets: FleetSockets
    /// How many nodes, the first ones, are at a foreign agent. Each has the socket of its number, the others have the one after
    /// these.
    private let visiting: Int
    private let byHomeAddress: [IPv4Address: Int]
    private var byIdentification: [UInt32: Int] = [:]
    private var buffer = [UInt8](repeating: 0, count: 4096)
    private var random = SystemRandomNumberGenerator()
    private let start: Int64

    /// - Parameters:
    ///   - nodes: the first of them at a foreign agent, the others with the same co-located care-of address.
    ///   - target: the home agent to which they are to move.
    init(nodes: [FleetNode], target: IPv4Address) throws {
        self.nodes = nodes
        self.target = target
        let homeAddresses = nodes.map(\.node.configuration.homeAddress)
        var careOfAddress = IPv4Address.zero
        visiting = nodes.count {
            guard case .coLocated(let address, _) = $0.attachment else { return true }
            careOfAddress = address
            return false
        }
        sockets = try FleetSockets(homeAddresses: Array(homeAddresses.prefix(visiting)), careOfAddress: careOfAddress)
        byHomeAddress = Dictionary(zip(homeAddresses, homeAddresses.indices), uniquingKeysWith: { first, _ in first })
        start = Self.clock(CLOCK_BOOTTIME)
    }

    /// How many nodes are registered.
    var registered: Int { nodes.count { $0.node.isRegistered } }

    /// Registers all nodes. Returns false if some are not registered in time.
    mutating func register(seconds: Double) -> Bool {
        let end = now.uptime + Int64(seconds * 1e9)
        var begun = 0
        let began = now.uptime
        while registered < nodes.count {
            guard now.uptime < end else { return false }
            while begun < nodes.count, Int64(begun) * Self.second / Self.rate <= now.uptime - began {
                attach(begun)
                begun += 1
            }
            step()
        }
        return true
    }

    /// Waits until all nodes have moved, and after that a second longer: no node must move again.
    ///
    /// - Parameters:
    ///   - wait: Seconds to wait for the first lost registration.
    ///   - limit: Seconds from then on.
    mutating func move(waiting wait: Double, within limit: Double) -> FleetResult {
        for index in nodes.indices { nodes[index].forgetGaps() }
        let latest = now.uptime + Int64(wait * 1e9)
        while !nodes.contains(where: { $0.lost != nil }), now.uptime < latest { step() }
        let began = now.uptime
        while moved < nodes.count, now.uptime < began + Int64(limit * 1e9) { step() }
        let ended = now.uptime
        while now.uptime < ended + Self.second { step() }
        let current = nodes.compactMap(\.lost).map { ended - $0 }.max() ?? 0
        let longest = max(current, nodes.map(\.longestGap).max() ?? 0)
        return FleetResult(
            moved: moved, nodes: nodes.count, seconds: Double(ended - began) / 1e9, longestGap: Double(longest) / 1e9)
    }

    private var moved: Int {
        nodes.count { $0.node.isRegistered && $0.lost == nil && $0.node.configuration.homeAgent.address == target }
    }

    private var now: Moment { Moment(uptime: Self.clock(CLOCK_BOOTTIME) - start, wallClock: Self.clock(CLOCK_REALTIME)) }

    private static func clock(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * second + Int64(time.tv_nsec)
    }

    // MARK: - Steps

    /// Handles what has arrived, waiting a little for it, then does what is due.
    private mutating func step() {
        for socket in sockets.readable(within: 10) { read(socket) }
        let uptime = now.uptime
        for index in nodes.indices where nodes[index].due <= uptime { act(index) }
    }

    private mutating func act(_ index: Int) {
        let moment = now
        if let request = nodes[index].node.advance(to: moment, random: &random) { send(request, from: index) }
        _ = nodes[index].node.failure(at: moment)
        if nodes[index].node.beginRetry(at: moment) { attach(index) }
        if !nodes[index].node.isRegistered, nodes[index].node.state != .registering { nodes[index].lose(at: moment.uptime) }
        nodes[index].schedule()
    }

    private mutating func attach(_ index: Int) {
        let moment = now
        let attachment = nodes[index].attachment
        let request = nodes[index].node.attach(to: attachment, at: moment, random: &random)
        if let request { send(request, from: index) }
        nodes[index].schedule()
    }

    private mutating func send(_ request: [UInt8], from index: Int) {
        guard let message = try? RegistrationRequest(decoding: request.span.bytes) else { return }
        byIdentification[message.identification.low] = index
        sockets.send(request, from: min(index, visiting), to: nodes[index].node.destination)
    }

    // MARK: - What arrives

    private mutating func read(_ socket: Int) {
        // The buffer is moved out of the fleet while it is read, because reading it while changing a node would be an overlapping
        // access.
        var datagram: [UInt8] = []
        swap(&datagram, &buffer)
        defer { swap(&datagram, &buffer) }
        while let (count, source) = sockets.receive(socket, into: &datagram) {
            let payload = datagram.span.bytes.extracting(0..<count)
            switch sockets.purpose(of: socket) {
            case .registrations: receive(reply: payload, from: source)
            case .revocations: receive(revocation: payload, from: source, at: socket)
            case .advertisements: hear(payload)
            }
        }
    }

    private mutating func receive(reply payload: RawSpan, from source: TransportEndpoint) {
        guard let reply = try? RegistrationReply(decoding: payload),
            let index = byIdentification.removeValue(forKey: reply.identification.low)
        else { return }
        let moment = now
        var following: [UInt8]?
        let outcome = nodes[index].node.receive(payload, from: source, at: moment, request: &following, random: &random)
        if let following { send(following, from: index) }
        if case .accepted = outcome { nodes[index].gain(at: moment.uptime) }
        nodes[index].schedule()
    }

    private mutating func receive(revocation payload: RawSpan, from source: TransportEndpoint, at socket: Int) {
        guard let revocation = try? RegistrationRevocation(decoding: payload), let index = byHomeAddress[revocation.homeAddress]
        else { return }
        let moment = now
        guard let answer = nodes[index].node.receive(revocation: payload, at: moment) else { return }
        sockets.send(answer.acknowledgment, from: socket, to: source)
        if answer.ended != nil { nodes[index].lose(at: moment.uptime) }
        nodes[index].schedule()
    }

    /// An advertisement to one node with sequence number 0 informs it that its registration has ended (RFC 3543 §5.1).
    private mutating func hear(_ packet: RawSpan) {
        guard packet.byteCount > 20 else { return }
        let header = Int(packet.octet(at: 0) & 15) * 4
        guard packet.byteCount > header else { return }
        let destination = IPv4Address(rawValue: packet.uint32(at: 16))
        guard let index = byHomeAddress[destination], index < visiting,
            let advertisement = try? AgentAdvertisement(decoding: packet.extracting(header..<packet.byteCount)),
            advertisement.mobilityAgent?.sequence.rawValue == 0
        else { return }
        let moment = now
        nodes[index].lose(at: moment.uptime)
        // A request that waits for its answer is not given up for it.
        guard nodes[index].node.state != .registering else { return }
        send(nodes[index].node.register(at: moment, random: &random), from: index)
        nodes[index].schedule()
    }
}
