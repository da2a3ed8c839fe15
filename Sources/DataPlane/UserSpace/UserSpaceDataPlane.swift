package import AgentModel
import CLinuxNetwork
import Glibc
package import MobileIPv4
import Synchronization

/// A data plane made of a TUN device and raw sockets, with encapsulation in this process.
///
/// Host routes lead datagrams for mobile nodes into the device; policy rules do so for datagrams that visitors send. What leaves a tunnel
/// is returned through the device to the kernel, which routes it further, decrements its time to live and passes it through the machine's
/// packet filter.
///
/// The number of homes is limited only by memory. Each visitor with direct delivery needs one policy rule, and the kernel evaluates rules
/// one by one: thousands of such visitors slow down the machine's routing.
package final class UserSpaceDataPlane: DataPlane {
    private let configuration: DataPlaneConfiguration
    private let shared: PlaneShared
    private let tun: NetworkInterface
    private let control: Mutex<Control>

    /// State that only callers use, under a separate lock, so that datagrams do not wait for routes.
    private struct Control: ~Copyable {
        var kernel: KernelState
        var thread: PlaneThread?
        /// Lives as long as the loop; the device disappears with it.
        var tun: TunDevice?
        /// Likewise.
        var errors: TunnelErrorSocket?
    }

    package var kind: DataPlaneKind { .userSpace }
    package var encapsulations: Set<Encapsulation> { Set(Encapsulation.allCases) }

    /// Opens the device and the sockets, removes what an earlier process left behind, and begins to carry datagrams.
    ///
    /// - Parameter lost: called when it can no longer work, on the data plane's own thread.
    package init(
        _ configuration: DataPlaneConfiguration, lost: @escaping @Sendable (DataPlaneError) -> Void = { _ in }
    ) throws(DataPlaneError) {
        self.configuration = configuration
        let client = try RouteClient(protocolNumber: configuration.routeProtocol)
        // The device first: its name is the lock against a second data plane, whose routes must not be mistaken for leftovers.
        let device = try TunDevice(named: configuration.device, mtu: configuration.deviceMTU, client: client)
        tun = device.interface
        shared = try PlaneShared()
        var kernel = KernelState(client)
        do throws(DataPlaneError) {
            try kernel.begin(forwarding: configuration.enablesForwarding, reminder: configuration.reminder)
            try Self.prepareDevice(configuration)
            try kernel.addCommon(
                PolicyRule(priority: configuration.rulePriority, table: RouteClient.mainTable, mark: configuration.mark))
            try kernel.addCommon(
                Route(destination: .everything, interface: device.interface.index, table: configuration.routeTable))
        } catch {
            kernel.removeAll()
            throw error
        }
        control = Mutex(Control(kernel: kernel, tun: device))
        do throws(DataPlaneError) {
            for address in configuration.localAddresses { try open(address) }
            let errors = try TunnelErrorSocket()
            control.withLock { $0.errors = errors }
            try shared.watch(errors.descriptor, .errors)
            let loop = PlaneLoop(shared: shared, tun: device, probe: try PathMTUProbe(mark: configuration.mark), lost: lost)
            try shared.watch(device.descriptor, .tun)
            let thread = try PlaneThread(named: "mip-data-plane") { loop.run() }
            control.withLock { $0.thread = thread }
        } catch {
            stop()
            throw error
        }
    }

    deinit { stop() }

    private static func prepareDevice(_ configuration: DataPlaneConfiguration) throws(DataPlaneError) {
        let device = "net/ipv4/conf/\(configuration.device)"
        // Datagrams leave the device with sources that are routed elsewhere. If the machine checks sources strictly on all interfaces, a
        // single interface can relax that only to the loose check.
        let isChecked = (try? Sysctl.read("net/ipv4/conf/all/rp_filter")) ?? "0"
        try Sysctl.write(isChecked == "0" ? "0" : "2", "\(device)/rp_filter")
        if configuration.enablesForwarding { try Sysctl.write("1", "\(device)/forwarding") }
    }

    // MARK: - Homes

    package func setHome(_ home: HomeForwarding) throws(DataPlaneError) {
        guard !home.destinations.isEmpty else { return try removeHome(home.homeAddress, linkLayerAddress: nil) }
        try withControl { control throws(DataPlaneError) in
            let old = shared.state.withLock { $0.table.home(home.homeAddress) }
            guard old != home else { return }
            for destination in home.destinations { try open(destination.tunnel.localAddress) }
            let network = homeNetwork
            let link = try home.homeInterface.map { name throws(DataPlaneError) in
                try network.link(named: name, control.kernel.client)
            }
            shared.state.withLock { $0.table.set(home) }
            do throws(DataPlaneError) {
                try updateKernel(home.homeAddress, &control)
            } catch {
                shared.state.withLock { state in
                    if let old { state.table.set(old) } else { state.table.removeHome(home.homeAddress) }
                }
                throw error
            }
            guard let link, old?.homeInterface != home.homeInterface else { return }
            network.announce(home.homeAddress, at: link.linkLayerAddress, on: link)
        }
    }

    package func removeHome(_ homeAddress: IPv4Address, linkLayerAddress: LinkLayerAddress?) throws(DataPlaneError) {
        try withControl { control throws(DataPlaneError) in
            let old = shared.state.withLock { state in
                let old = state.table.home(homeAddress)
                state.table.removeHome(homeAddress)
                state.announcements.cancel(homeAddress)
                return old
            }
            guard let old else { return }
            homeNetwork.announceReturn(of: old, at: linkLayerAddress)
            try updateKernel(homeAddress, &control)
        }
    }

    // MARK: - Visitors

    package func setVisitor(_ visitor: VisitorForwarding) throws(DataPlaneError) {
        try withControl { control throws(DataPlaneError) in
            let old = shared.state.withLock { $0.table.visitor(visitor.homeAddress) }
            guard old != visitor else { return }
            try open(visitor.careOfAddress)
            shared.state.withLock { $0.table.set(visitor) }
            do throws(DataPlaneError) {
                try updateKernel(visitor.homeAddress, &control)
            } catch {
                shared.state.withLock { state in
                    if let old { state.table.set(old) } else { state.table.removeVisitor(visitor.homeAddress) }
                }
                throw error
            }
        }
    }

    package func removeVisitor(_ homeAddress: IPv4Address) throws(DataPlaneError) {
        try withControl { control throws(DataPlaneError) in
            shared.state.withLock { $0.table.removeVisitor(homeAddress) }
            try updateKernel(homeAddress, &control)
        }
    }

    // MARK: - Nodes

    package func setNode(_ node: NodeForwarding) throws(DataPlaneError) {
        try withControl { control throws(DataPlaneError) in
            let old = shared.state.withLock { $0.table.node(node.homeAddress) }
            guard old != node else { return }
            shared.state.withLock { $0.table.set(node) }
            do throws(DataPlaneError) {
                // The home address first: a tunnel may end at it.
                try updateKernel(node.homeAddress, &control)
                try open(node.careOfAddress)
            } catch {
                shared.state.withLock { state in
                    if let old { state.table.set(old) } else { state.table.removeNode(node.homeAddress) }
                }
                try? updateKernel(node.homeAddress, &control)
                throw error
            }
        }
    }

    package func removeNode(_ homeAddress: IPv4Address) throws(DataPlaneError) {
        try withControl { control throws(DataPlaneError) in
            shared.state.withLock { $0.table.removeNode(homeAddress) }
            try updateKernel(homeAddress, &control)
        }
    }

    // MARK: - Counters

    package func counters(since mark: inout CountersMark?) -> DataPlaneCounters? {
        let old = mark
        // Copy the table, so that datagrams need not wait for the sums.
        let found: (mark: CountersMark, counters: DataPlaneCounters, table: ForwardingTable)? = shared.state.withLock { state in
            let now = CountersMark(state)
            return now == old ? nil : (now, state.counters, state.table)
        }
        guard var found else { return nil }
        mark = found.mark
        found.table.addTraffic(to: &found.counters)
        return found.counters
    }

    package func traffic(ofHome homeAddress: IPv4Address) -> NodeTraffic? {
        shared.state.withLock { $0.table.traffic(ofHome: homeAddress) }
    }

    // MARK: - End

    package func restore() throws(DataPlaneError) {
        try withControl { control throws(DataPlaneError) in
            let known = shared.state.withLock { $0.table.homeAddresses }
            // An interface that was recreated has a new index.
            for homeAddress in known.homes + known.visitors + known.nodes { try updateKernel(homeAddress, &control) }
            try control.kernel.restore()
        }
    }

    @discardableResult
    package func removeLeftovers() throws(DataPlaneError) -> Int {
        try withControl { control throws(DataPlaneError) in try control.kernel.removeLeftovers() }
    }

    package func stop() {
        control.withLock { control in
            guard let device = control.tun else { return }
            shared.state.withLock { state in
                state.isStopping = true
                state.announcements.cancelAll()
            }
            shared.wake()
            control.thread?.wait()
            control.thread = nil
            control.kernel.removeAll()
            shared.state.withLock { state in
                state.sockets = [:]
                state.links = [:]
            }
            shared.unwatch(device.descriptor)
            control.tun = nil
            control.errors = nil
        }
    }

    // MARK: - Inside

    private var homeNetwork: HomeNetwork { HomeNetwork(shared: shared, announcements: configuration.gratuitousARPs) }

    private func withControl<Result>(
        _ body: (inout Control) throws(DataPlaneError) -> Result
    ) throws(DataPlaneError) -> Result where Result: Sendable {
        try control.withLock { control throws(DataPlaneError) in
            guard control.tun != nil else { throw DataPlaneError("the data plane has been stopped") }
            return try body(&control)
        }
    }

    /// Sets the kernel state that the records of a home address require. A visitor is reached directly even if this is its home agent.
    private func updateKernel(_ homeAddress: IPv4Address, _ control: inout Control) throws(DataPlaneError) {
        let (home, visitor, node) = shared.state.withLock { state in
            (state.table.home(homeAddress), state.table.visitor(homeAddress), state.table.node(homeAddress))
        }
        var wanted = AddressState()
        let host = IPv4Prefix(host: homeAddress)
        if home != nil { wanted.route = Route(destination: host, interface: tun.index, table: RouteClient.mainTable) }
        if let visitor {
            let interface = try control.kernel.client.interface(named: visitor.interface)
            wanted.route = Route(destination: host, interface: interface.index, table: RouteClient.mainTable)
            wanted.neighbor = visitor.linkLayerAddress.map {
                Neighbor(address: homeAddress, interface: interface.index, linkLayerAddress: $0)
            }
            if visitor.reverse == .direct {
                wanted.rules.insert(
                    PolicyRule(
                        priority: configuration.rulePriority + 1, table: configuration.routeTable, source: homeAddress,
                        incomingInterface: visitor.interface))
            }
        }
        if let node {
            wanted.ownInterface = tun.index
            if node.reverseTunnel {
                wanted.rules.insert(
                    PolicyRule(
                        priority: configuration.rulePriority + 1, table: configuration.routeTable, source: homeAddress))
            }
        }
        try control.kernel.set(wanted, for: homeAddress)
    }

    /// Makes sure that tunnels can end at an address.
    private func open(_ local: IPv4Address) throws(DataPlaneError) {
        guard shared.state.withLock({ $0.sockets[local] == nil }) else { return }
        let socket = try TunnelSocket(local: local, mark: configuration.mark)
        for descriptor in socket.descriptors { try shared.watch(descriptor, .tunnel) }
        shared.state.withLock { $0.sockets[local] = socket }
    }
}
