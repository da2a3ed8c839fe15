package import AgentModel
import CLinuxNetwork
import Glibc
package import MobileIPv4
import Synchronization

/// A data plane made of the kernel's tunnel devices (ipip, gre), one for each tunnel. This process only sets them up and answers ARP.
///
/// A device accepts what comes from the tunnel's other end, and policy rules pass on what belongs to the records: on a home agent,
/// datagrams from a home address whose reverse tunnel was granted; on a foreign agent, datagrams to a visitor. Everything else from a
/// tunnel is discarded, except for datagrams to addresses of this machine, which the kernel accepts before it consults the rules.
///
/// It supports no minimal encapsulation, no encapsulating delivery style and no simultaneous bindings. It counts neither drops nor the
/// traffic of a single home address if several share a tunnel.
package final class KernelDataPlane: DataPlane {
    package let encapsulations: Set<Encapsulation>
    private let configuration: DataPlaneConfiguration
    private let shared: PlaneShared
    private let make: @Sendable (RouteClient, String, MobilityTunnelKey) throws(DataPlaneError) -> Void
    private let control: Mutex<Control>

    /// One device with its routing table and users.
    private struct Device {
        var interface: CInt
        var name: String
        /// The routing table with the default route into it.
        var table: UInt32
        var users: Set<User>
    }

    private enum User: Hashable {
        case home(IPv4Address)
        case visitor(IPv4Address)
        case node(IPv4Address)
    }

    private struct Control: ~Copyable {
        var kernel: KernelState
        var devices: [MobilityTunnelKey: Device] = [:]
        var thread: PlaneThread?
        var isStopped = false
    }

    package var kind: DataPlaneKind { .kernel }

    /// - Throws: when this kernel has no tunnel devices.
    package convenience init(_ configuration: DataPlaneConfiguration) throws(DataPlaneError) {
        let client = try RouteClient(protocolNumber: configuration.routeProtocol)
        let found = KernelTunnelDevice.probe(client, name: configuration.device + "probe")
        guard !found.isEmpty else {
            throw DataPlaneError(
                "this kernel has neither ipip nor gre devices; choose the user-space data plane", EOPNOTSUPP)
        }
        try self.init(configuration, client, found) { client, name, tunnel throws(DataPlaneError) in
            try KernelTunnelDevice.make(client, name: name, tunnel)
        }
    }

    /// - Parameter make: creates the device of a tunnel, with the given name.
    package init(
        _ configuration: DataPlaneConfiguration, _ client: sending RouteClient, _ encapsulations: Set<Encapsulation>,
        make: @escaping @Sendable (RouteClient, String, MobilityTunnelKey) throws(DataPlaneError) -> Void
    ) throws(DataPlaneError) {
        self.configuration = configuration
        self.encapsulations = encapsulations
        self.make = make
        shared = try PlaneShared()
        for interface in try client.interfaces() where Self.isOwn(interface.name, configuration) {
            try client.removeLink(interface.index)
        }
        var kernel = KernelState(client)
        try kernel.begin(forwarding: configuration.enablesForwarding, reminder: configuration.reminder)
        control = Mutex(Control(kernel: kernel))
        let loop = PlaneLoop(shared: shared, tun: nil, probe: nil) { _ in }
        do throws(DataPlaneError) {
            let thread = try PlaneThread(named: "mip-data-plane") { loop.run() }
            control.withLock { $0.thread = thread }
        } catch {
            stop()
            throw error
        }
    }

    deinit { stop() }

    /// Device names consist of the configured name, `t` and a number.
    private static func isOwn(_ name: String, _ configuration: DataPlaneConfiguration) -> Bool {
        name.hasPrefix("\(configuration.device)t") && Int(name.dropFirst(configuration.device.count + 1)) != nil
    }

    // MARK: - Records

    package func setHomes(_ homes: [HomeForwarding]) -> [(IPv4Address, DataPlaneError)] {
        do throws(DataPlaneError) {
            return try withControl { control throws(DataPlaneError) in
                var network = homeNetwork
                var failures: [(IPv4Address, DataPlaneError)] = []
                for home in homes {
                    do throws(DataPlaneError) {
                        guard let link = try set(home, &network, &control) else { continue }
                        network.announce([(home.homeAddress, link)], ofCallWith: homes.count)
                    } catch {
                        failures.append((home.homeAddress, error))
                    }
                }
                return failures
            }
        } catch {
            return homes.map { ($0.homeAddress, error) }
        }
    }

    /// - Returns: the link on which the node is to be announced, if any.
    private func set(
        _ home: HomeForwarding, _ network: inout HomeNetwork, _ control: inout Control
    ) throws(DataPlaneError) -> HomeLink? {
        guard let destination = home.destinations.first else {
            try removeHome(home.homeAddress, nil, &control)
            return nil
        }
        guard home.destinations.count == 1 else {
            throw DataPlaneError(
                "the kernel can send datagrams for \(home.homeAddress) to only one care-of address; "
                    + "choose the user-space data plane")
        }
        let old = shared.state.withLock { $0.table.home(home.homeAddress) }
        guard old != home else { return nil }
        var link: HomeLink?
        if let name = home.homeInterface { link = try network.link(named: name, control.kernel.client) }
        try set(home.homeAddress, old?.destinations.first?.tunnel, destination.tunnel, .home(home.homeAddress), &control) {
            table in
            table.set(home)
        } undo: { table in
            if let old { table.set(old) } else { table.removeHome(home.homeAddress) }
        }
        return old?.homeInterface != home.homeInterface ? link : nil
    }

    package func removeHome(_ homeAddress: IPv4Address, linkLayerAddress: LinkLayerAddress?) throws(DataPlaneError) {
        try withControl { control throws(DataPlaneError) in try removeHome(homeAddress, linkLayerAddress, &control) }
    }

    private func removeHome(
        _ homeAddress: IPv4Address, _ linkLayerAddress: LinkLayerAddress?, _ control: inout Control
    ) throws(DataPlaneError) {
        guard let old = shared.state.withLock({ $0.removeHome(homeAddress) }) else { return }
        homeNetwork.announceReturn(of: old, at: linkLayerAddress)
        try update(homeAddress, &control)
        release(old.destinations.first?.tunnel, keeping: nil, .home(homeAddress), &control)
    }

    package func setVisitor(_ visitor: VisitorForwarding) throws(DataPlaneError) {
        guard visitor.reverse != .encapsulating else {
            throw DataPlaneError(
                "the kernel cannot relay datagrams that the visitor \(visitor.homeAddress) encapsulates; "
                    + "choose the user-space data plane")
        }
        try withControl { control throws(DataPlaneError) in
            let old = shared.state.withLock { $0.table.visitor(visitor.homeAddress) }
            guard old != visitor else { return }
            try set(visitor.homeAddress, old?.tunnel, visitor.tunnel, .visitor(visitor.homeAddress), &control) { table in
                table.set(visitor)
            } undo: { table in
                if let old { table.set(old) } else { table.removeVisitor(visitor.homeAddress) }
            }
        }
    }

    package func removeVisitor(_ homeAddress: IPv4Address) throws(DataPlaneError) {
        try withControl { control throws(DataPlaneError) in
            let old = shared.state.withLock { state in
                let old = state.table.visitor(homeAddress)
                state.table.removeVisitor(homeAddress)
                return old
            }
            try update(homeAddress, &control)
            release(old?.tunnel, keeping: nil, .visitor(homeAddress), &control)
        }
    }

    package func setNode(_ node: NodeForwarding) throws(DataPlaneError) {
        try withControl { control throws(DataPlaneError) in
            let old = shared.state.withLock { $0.table.node(node.homeAddress) }
            guard old != node else { return }
            try set(node.homeAddress, old?.tunnel, node.tunnel, .node(node.homeAddress), &control) { table in
                table.set(node)
            } undo: { table in
                if let old { table.set(old) } else { table.removeNode(node.homeAddress) }
            }
        }
    }

    package func removeNode(_ homeAddress: IPv4Address) throws(DataPlaneError) {
        try withControl { control throws(DataPlaneError) in
            let old = shared.state.withLock { state in
                let old = state.table.node(homeAddress)
                state.table.removeNode(homeAddress)
                return old
            }
            try update(homeAddress, &control)
            release(old?.tunnel, keeping: nil, .node(homeAddress), &control)
        }
    }

    // MARK: - Counters and end

    /// Each device is queried, since the kernel has no statistics over all devices.
    package func counters(since mark: inout CountersMark?) -> DataPlaneCounters? {
        let old = mark
        let (new, counters) = control.withLock { control -> (CountersMark, DataPlaneCounters?) in
            var (new, counters) = shared.state.withLock { (CountersMark($0), $0.counters) }
            for (tunnel, device) in control.devices {
                guard let traffic = control.kernel.client.statistics(of: device.interface) else { continue }
                new.devices += 1
                new.packets &+= traffic.sent.packets &+ traffic.received.packets
                counters.tunnels[tunnel] = traffic
                guard device.users.count == 1, let user = device.users.first else { continue }
                switch user {
                case .home(let address): counters.homes[address] = NodeTraffic(toNode: traffic.sent, fromNode: traffic.received)
                case .visitor(let address):
                    counters.visitors[address] = NodeTraffic(toNode: traffic.received, fromNode: traffic.sent)
                case .node(let address): counters.nodes[address] = NodeTraffic(toNode: traffic.received, fromNode: traffic.sent)
                }
            }
            return (new, new == old ? nil : counters)
        }
        mark = new
        return counters
    }

    package func traffic(ofHome homeAddress: IPv4Address) -> NodeTraffic? { counters().homes[homeAddress] }

    package func restore() throws(DataPlaneError) {
        try withControl { control throws(DataPlaneError) in
            let known = shared.state.withLock { $0.table.homeAddresses }
            // An interface that was recreated has a new index.
            for homeAddress in known.homes + known.visitors + known.nodes { try update(homeAddress, &control) }
            try control.kernel.restore()
        }
    }

    @discardableResult
    package func removeLeftovers() throws(DataPlaneError) -> Int {
        try withControl { control throws(DataPlaneError) in
            var removed = try control.kernel.removeLeftovers()
            let known = Set(control.devices.values.map(\.name))
            for interface in try control.kernel.client.interfaces()
            where Self.isOwn(interface.name, configuration) && !known.contains(interface.name) {
                try control.kernel.client.removeLink(interface.index)
                removed += 1
            }
            return removed
        }
    }

    package func stop() {
        control.withLock { control in
            guard !control.isStopped else { return }
            control.isStopped = true
            shared.state.withLock { state in
                state.isStopping = true
                state.announcements.cancelAll()
            }
            shared.wake()
            control.thread?.wait()
            control.kernel.removeAll()
            for device in control.devices.values { try? control.kernel.client.removeLink(device.interface) }
            control.devices = [:]
            shared.state.withLock { $0.links = [:] }
        }
    }

    // MARK: - Inside

    private var homeNetwork: HomeNetwork { HomeNetwork(shared: shared, announcements: configuration.gratuitousARPs) }

    private func withControl<Result: Sendable>(
        _ body: (inout Control) throws(DataPlaneError) -> Result
    ) throws(DataPlaneError) -> Result {
        try control.withLock { control throws(DataPlaneError) in
            guard !control.isStopped else { throw DataPlaneError("the data plane has been stopped") }
            return try body(&control)
        }
    }

    /// Adds a user of a tunnel, and creates the tunnel's device for the first user.
    private func addUser(_ user: User, of tunnel: MobilityTunnelKey, _ control: inout Control) throws(DataPlaneError) {
        if control.devices[tunnel] != nil {
            control.devices[tunnel]?.users.insert(user)
            return
        }
        let client = control.kernel.client
        let numbers = Set(control.devices.values.map(\.table))
        let table = (configuration.routeTable...).first { !numbers.contains($0) } ?? configuration.routeTable
        let name = "\(configuration.device)t\(table - configuration.routeTable)"
        try make(client, name, tunnel)
        let interface = try client.interface(named: name)
        do throws(DataPlaneError) {
            // Datagrams from a visitor or correspondent have a source that is routed elsewhere; the rules check it.
            let isChecked = (try? Sysctl.read("net/ipv4/conf/all/rp_filter")) ?? "0"
            try Sysctl.write(isChecked == "0" ? "0" : "2", "net/ipv4/conf/\(name)/rp_filter")
            try client.setUp(interface.index)
            try control.kernel.addCommon(Route(destination: .everything, interface: interface.index, table: table))
            try control.kernel.addCommon(discardRule(name))
        } catch {
            try? client.removeLink(interface.index)
            throw error
        }
        control.devices[tunnel] = Device(interface: interface.index, name: name, table: table, users: [user])
    }

    /// Discards what no other rule lets out of a tunnel.
    private func discardRule(_ name: String) -> PolicyRule {
        PolicyRule(priority: configuration.rulePriority + 1, table: PolicyRule.discard, incomingInterface: name)
    }

    private func release(_ tunnel: MobilityTunnelKey?, keeping kept: MobilityTunnelKey?, _ user: User, _ control: inout Control) {
        guard let tunnel, tunnel != kept, var device = control.devices[tunnel] else { return }
        device.users.remove(user)
        guard device.users.isEmpty else {
            control.devices[tunnel] = device
            return
        }
        control.devices[tunnel] = nil
        control.kernel.removeCommon(discardRule(device.name))
        control.kernel.removeCommon(Route(destination: .everything, interface: device.interface, table: device.table))
        try? control.kernel.client.removeLink(device.interface)
    }

    /// Changes the table, the devices and the kernel's routes; either all changes are made or none.
    private func set(
        _ homeAddress: IPv4Address, _ old: MobilityTunnelKey?, _ tunnel: MobilityTunnelKey, _ user: User,
        _ control: inout Control,
        _ change: @Sendable (inout ForwardingTable) -> Void, undo: @Sendable (inout ForwardingTable) -> Void
    ) throws(DataPlaneError) {
        try addUser(user, of: tunnel, &control)
        shared.state.withLock { change(&$0.table) }
        do throws(DataPlaneError) {
            try update(homeAddress, &control)
        } catch {
            shared.state.withLock { undo(&$0.table) }
            release(tunnel, keeping: old, user, &control)
            throw error
        }
        release(old, keeping: tunnel, user, &control)
    }

    private func update(_ homeAddress: IPv4Address, _ control: inout Control) throws(DataPlaneError) {
        let wanted = try wanted(homeAddress, control)
        try control.kernel.set(wanted, for: homeAddress)
    }

    /// The kernel state that the records of a home address require.
    private func wanted(_ homeAddress: IPv4Address, _ control: borrowing Control) throws(DataPlaneError) -> AddressState {
        let (home, visitor, node) = shared.state.withLock { state in
            (state.table.home(homeAddress), state.table.visitor(homeAddress), state.table.node(homeAddress))
        }
        let host = IPv4Prefix(host: homeAddress)
        let priority = configuration.rulePriority
        var wanted = AddressState()
        if let destination = home?.destinations.first, let device = control.devices[destination.tunnel] {
            wanted.route = Route(destination: host, interface: device.interface, table: RouteClient.mainTable)
            if destination.acceptsReverse {
                wanted.rules.insert(
                    PolicyRule(
                        priority: priority, table: RouteClient.mainTable, source: homeAddress, incomingInterface: device.name))
            }
        }
        if let visitor, let device = control.devices[visitor.tunnel] {
            let interface = try control.kernel.client.interface(named: visitor.interface)
            wanted.route = Route(destination: host, interface: interface.index, table: RouteClient.mainTable)
            wanted.neighbor = visitor.linkLayerAddress.map {
                Neighbor(address: homeAddress, interface: interface.index, linkLayerAddress: $0)
            }
            wanted.rules.insert(
                PolicyRule(
                    priority: priority, table: RouteClient.mainTable, destination: homeAddress, incomingInterface: device.name))
            if visitor.reverse == .direct {
                wanted.rules.insert(
                    PolicyRule(
                        priority: priority, table: device.table, source: homeAddress, incomingInterface: visitor.interface))
            }
        }
        if let node, let device = control.devices[node.tunnel] {
            wanted.ownInterface = device.interface
            if node.reverseTunnel {
                // Only the node's own datagrams: those of the tunnel itself have the care-of address as their source.
                wanted.rules.insert(
                    PolicyRule(priority: priority, table: device.table, source: homeAddress, incomingInterface: "lo"))
            }
        }
        return wanted
    }
}
