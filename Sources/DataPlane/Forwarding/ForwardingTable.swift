package import AgentModel
package import MobileIPv4

/// Decides what happens to every datagram: which tunnel it enters, whether it may leave the tunnel it arrived through, and what is counted
/// for it.
///
/// A pure value without I/O. A datagram leaves a tunnel only when its outer and inner addresses are those of one binding, visitor or
/// node, so that an agent is not an open relay.
package struct ForwardingTable: Sendable {
    /// The state of one tunnel in use.
    struct TunnelState: Sendable {
        let tunnel: MobilityTunnelKey
        /// How many homes, visitors and nodes use it.
        var users = 0
        var traffic = TunnelTraffic()
        var path = PathMTU(assumed: ForwardingTable.assumedPathMTU)
    }

    /// The party on whose behalf a datagram is carried. Valid until the table is changed.
    package enum Party: Hashable, Sendable {
        case home(slot: Int)
        case visitor(slot: Int)
        case node(slot: Int)
    }

    package enum Action: Hashable, Sendable {
        /// To the kernel, which routes it further.
        case deliver
        /// Into the tunnel to the visitor's home agent (encapsulating delivery style).
        case relay
    }

    /// The decision about a datagram from a tunnel.
    package struct Incoming: Hashable, Sendable {
        package var action: Action
        package var party: Party
        /// Slot of the tunnel it arrived through or, if it is relayed, of the tunnel it goes to.
        package var tunnel: Int
    }

    private struct Home: Sendable {
        var record: HomeForwarding
        var tunnels: [Int]
        var traffic = NodeTraffic()
    }

    private struct Visitor: Sendable {
        var record: VisitorForwarding
        var tunnel: Int
        var traffic = NodeTraffic()
    }

    private struct Node: Sendable {
        var record: NodeForwarding
        var tunnel: Int
        var traffic = NodeTraffic()
    }

    private var homes = SlotTable<IPv4Address, Home>()
    private var visitors = SlotTable<IPv4Address, Visitor>()
    private var nodes = SlotTable<IPv4Address, Node>()
    private(set) var tunnels = SlotTable<MobilityTunnelKey, TunnelState>()
    /// Counts every change of a record or of its counters.
    private(set) var changes: UInt64 = 0
    /// How many tunnels have an address as their remote end.
    private var remotes: [IPv4Address: Int] = [:]

    /// Assumed for a path until its MTU has been queried.
    static let assumedPathMTU = 1500

    package init() {}

    // MARK: - Records

    package func home(_ homeAddress: IPv4Address) -> HomeForwarding? { homes.value(of: homeAddress)?.record }

    package func visitor(_ homeAddress: IPv4Address) -> VisitorForwarding? { visitors.value(of: homeAddress)?.record }

    package func node(_ homeAddress: IPv4Address) -> NodeForwarding? { nodes.value(of: homeAddress)?.record }

    /// Home addresses of all homes, visitors and nodes.
    package var homeAddresses: (homes: [IPv4Address], visitors: [IPv4Address], nodes: [IPv4Address]) {
        (Array(homes.keys), Array(visitors.keys), Array(nodes.keys))
    }

    /// If the record already exists, its counters continue.
    package mutating func set(_ record: HomeForwarding) {
        changes &+= 1
        let used = record.destinations.map { use($0.tunnel) }
        if let slot = homes.slot(of: record.homeAddress) {
            let old = homes[slot].record
            homes[slot].record = record
            homes[slot].tunnels = used
            for destination in old.destinations { release(destination.tunnel) }
        } else {
            _ = homes.insert(Home(record: record, tunnels: used), for: record.homeAddress)
        }
    }

    package mutating func set(_ record: VisitorForwarding) {
        changes &+= 1
        let used = use(record.tunnel)
        if let slot = visitors.slot(of: record.homeAddress) {
            let old = visitors[slot].record
            visitors[slot].record = record
            visitors[slot].tunnel = used
            release(old.tunnel)
        } else {
            _ = visitors.insert(Visitor(record: record, tunnel: used), for: record.homeAddress)
        }
    }

    package mutating func set(_ record: NodeForwarding) {
        changes &+= 1
        let used = use(record.tunnel)
        if let slot = nodes.slot(of: record.homeAddress) {
            let old = nodes[slot].record
            nodes[slot].record = record
            nodes[slot].tunnel = used
            release(old.tunnel)
        } else {
            _ = nodes.insert(Node(record: record, tunnel: used), for: record.homeAddress)
        }
    }

    package mutating func removeHome(_ homeAddress: IPv4Address) {
        guard let home = homes.remove(homeAddress) else { return }
        changes &+= 1
        for destination in home.record.destinations { release(destination.tunnel) }
    }

    package mutating func removeVisitor(_ homeAddress: IPv4Address) {
        guard let visitor = visitors.remove(homeAddress) else { return }
        changes &+= 1
        release(visitor.record.tunnel)
    }

    package mutating func removeNode(_ homeAddress: IPv4Address) {
        guard let node = nodes.remove(homeAddress) else { return }
        changes &+= 1
        release(node.record.tunnel)
    }

    private mutating func use(_ tunnel: MobilityTunnelKey) -> Int {
        let slot: Int
        if let present = tunnels.slot(of: tunnel) {
            slot = present
        } else {
            slot = tunnels.insert(TunnelState(tunnel: tunnel), for: tunnel)
            remotes[tunnel.remoteAddress, default: 0] += 1
        }
        tunnels[slot].users += 1
        return slot
    }

    private mutating func release(_ tunnel: MobilityTunnelKey) {
        guard let slot = tunnels.slot(of: tunnel) else { return }
        tunnels[slot].users -= 1
        guard tunnels[slot].users == 0 else { return }
        tunnels.remove(tunnel)
        if let count = remotes[tunnel.remoteAddress] { remotes[tunnel.remoteAddress] = count > 1 ? count - 1 : nil }
    }

    // MARK: - Decisions

    /// The party for which a datagram is carried that was routed to the tunnels.
    ///
    /// - Throws: `.unknownDestination`.
    package func outgoing(_ inner: IPv4Header) throws(DropReason) -> Party {
        if let slot = homes.slot(of: inner.destination) { return .home(slot: slot) }
        if let slot = visitors.slot(of: inner.source), visitors[slot].record.reverse == .direct { return .visitor(slot: slot) }
        if let slot = nodes.slot(of: inner.source), nodes[slot].record.reverseTunnel { return .node(slot: slot) }
        throw .unknownDestination
    }

    /// How many tunnels an outgoing datagram of this party enters.
    func tunnelCount(of party: Party) -> Int {
        if case .home(let slot) = party { homes[slot].tunnels.count } else { 1 }
    }

    /// Slot of the party's tunnel at this index.
    func tunnel(of party: Party, at index: Int) -> Int {
        switch party {
        case .home(let slot): homes[slot].tunnels[index]
        case .visitor(let slot): visitors[slot].tunnel
        case .node(let slot): nodes[slot].tunnel
        }
    }

    /// Whether a datagram would return to where it entered the tunnel (RFC 2003 §4.4): it comes from the tunnel's other end, or it is
    /// one that this end has already sent into a tunnel.
    func isLoop(_ inner: IPv4Header, tunnel slot: Int) -> Bool {
        let tunnel = tunnels[slot].tunnel
        return inner.source == tunnel.remoteAddress
            || inner.source == tunnel.localAddress && Encapsulation(protocolNumber: inner.protocolNumber) != nil
    }

    /// Whether a datagram that arrived through a tunnel may pass, and where to.
    ///
    /// - Throws: `.unknownSource`, `.unknownDestination`, `.sourceMismatch`, or `.unsupportedEncapsulation` for a datagram that is valid
    ///   but arrived in another encapsulation than the agreed one.
    package func incoming(_ datagram: TunnelCodec.Decapsulated) throws(DropReason) -> Incoming {
        let (outer, inner) = (datagram.outer, datagram.inner)
        guard inner.source.isPossibleSource else { throw .sourceMismatch }
        var isKnown = false
        // To a visitor, from its home agent.
        if let slot = visitors.slot(of: inner.destination) {
            let record = visitors[slot].record
            isKnown = true
            if outer.source == record.homeAgent, outer.destination == record.careOfAddress {
                try check(datagram.encapsulation, record.encapsulation)
                return Incoming(action: .deliver, party: .visitor(slot: slot), tunnel: visitors[slot].tunnel)
            }
        }
        // To this mobile node, from the other end of its tunnel.
        if let slot = nodes.slot(of: inner.destination) {
            let record = nodes[slot].record
            isKnown = true
            if outer.source == record.peer, outer.destination == record.careOfAddress {
                try check(datagram.encapsulation, record.encapsulation)
                return Incoming(action: .deliver, party: .node(slot: slot), tunnel: nodes[slot].tunnel)
            }
        }
        // From a visitor that encapsulates to this agent.
        if let slot = visitors.slot(of: inner.source) {
            isKnown = true
            if visitors[slot].record.reverse == .encapsulating, outer.source == inner.source {
                return Incoming(action: .relay, party: .visitor(slot: slot), tunnel: visitors[slot].tunnel)
            }
        }
        // From a mobile node away from home, through its tunnel.
        if let slot = homes.slot(of: inner.source) {
            isKnown = true
            for (destination, tunnel) in zip(homes[slot].record.destinations, homes[slot].tunnels)
            where destination.acceptsReverse && outer.source == destination.tunnel.remoteAddress
                && outer.destination == destination.tunnel.localAddress
            {
                try check(datagram.encapsulation, destination.tunnel.encapsulation)
                return Incoming(action: .deliver, party: .home(slot: slot), tunnel: tunnel)
            }
        }
        if isKnown { throw .sourceMismatch }
        throw remotes[outer.source] == nil ? .unknownSource : .unknownDestination
    }

    /// In a tunnel of minimal encapsulation, fragments arrive as IP in IP, since minimal encapsulation cannot carry them.
    private func check(_ found: Encapsulation, _ agreed: Encapsulation) throws(DropReason) {
        guard isCarried(found, in: agreed) else { throw .unsupportedEncapsulation }
    }

    private func isCarried(_ found: Encapsulation, in agreed: Encapsulation) -> Bool {
        found == agreed || agreed == .minEnc && found == .ipInIp
    }

    // MARK: - Accounts

    /// Counts a datagram that was sent into a tunnel.
    ///
    /// - Parameter party: nil for the second and further copies of one datagram.
    mutating func countSent(octets: Int, tunnel: Int, party: Party?) {
        changes &+= 1
        tunnels[tunnel].traffic.sent.add(octets: octets)
        switch party {
        case .home(let slot): homes[slot].traffic.toNode.add(octets: octets)
        case .visitor(let slot): visitors[slot].traffic.fromNode.add(octets: octets)
        case .node(let slot): nodes[slot].traffic.fromNode.add(octets: octets)
        case nil: break
        }
    }

    /// Counts a datagram from a tunnel that was delivered.
    mutating func countReceived(octets: Int, tunnel: Int, party: Party) {
        changes &+= 1
        tunnels[tunnel].traffic.received.add(octets: octets)
        switch party {
        case .home(let slot): homes[slot].traffic.fromNode.add(octets: octets)
        case .visitor(let slot): visitors[slot].traffic.toNode.add(octets: octets)
        case .node(let slot): nodes[slot].traffic.toNode.add(octets: octets)
        }
    }

    // MARK: - Path MTUs

    /// Sets what the route to a tunnel's remote end allows, in octets; nil when that is unknown.
    mutating func setRoute(mtu: Int?, tunnel: Int, at now: Int64) { tunnels[tunnel].path.set(route: mtu, at: now) }

    /// Has the route of a tunnel queried before the next datagram.
    mutating func queryRouteAgain(tunnel: Int) { tunnels[tunnel].path.queryAgain() }

    /// Records that an outer datagram with Don't Fragment enters a tunnel.
    mutating func noteSent(_ length: Int, tunnel: Int, at now: Int64) { tunnels[tunnel].path.noteSent(length, at: now) }

    /// Handles an ICMP error that may be about a datagram in a tunnel of this table.
    ///
    /// - Returns: what it has done; nil when it is about another tunnel.
    mutating func handle(_ error: TunnelError, at now: Int64) -> PathMTU.Effect? {
        var effect: PathMTU.Effect?
        for agreed in Encapsulation.allCases where isCarried(error.encapsulation, in: agreed) {
            let key = MobilityTunnelKey(localAddress: error.local, remoteAddress: error.remote, encapsulation: agreed)
            guard let slot = tunnels.slot(of: key) else { continue }
            effect = effect ?? .disbelieved
            guard carries(error.innerSource, error.innerDestination, tunnel: slot) else { continue }
            let done = tunnels[slot].path.lower(to: error.reportedMTU, about: error.length, at: now)
            if done != .disbelieved { return done }
        }
        return effect
    }

    /// Whether a tunnel carries datagrams with these addresses, of which nil may be any.
    private func carries(_ source: IPv4Address?, _ destination: IPv4Address?, tunnel: Int) -> Bool {
        guard let source else { return true }
        if let slot = visitors.slot(of: source), visitors[slot].tunnel == tunnel { return true }
        if let slot = nodes.slot(of: source), nodes[slot].tunnel == tunnel { return true }
        guard let destination else { return true }
        return homes.slot(of: destination).map { homes[$0].tunnels.contains(tunnel) } ?? false
    }

    package func traffic(ofHome homeAddress: IPv4Address) -> NodeTraffic? { homes.value(of: homeAddress)?.traffic }

    func addTraffic(to counters: inout DataPlaneCounters) {
        homes.forEach { counters.homes[$0] = $1.traffic }
        visitors.forEach { counters.visitors[$0] = $1.traffic }
        nodes.forEach { counters.nodes[$0] = $1.traffic }
        tunnels.forEach { counters.tunnels[$0] = $1.traffic }
    }
}

extension IPv4Address {
    /// False for addresses that no host may have (RFC 1122 §3.2.1.3): 0/8, 127/8, multicast and the limited broadcast address.
    var isPossibleSource: Bool { ![0, 127].contains(rawValue >> 24) && rawValue >> 28 < 0xE }
}
