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
    let shared: PlaneShared
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
            kernel.removeAll(with: device.interface.index)
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

    package func setHomes(_ homes: [HomeForwarding]) -> [(IPv4Address, DataPlaneError)] {
        do throws(DataPlaneError) {
            return try withControl { control throws(DataPlaneError) in
                var network = homeNetwork
                var failures: [(IPv4Address, DataPlaneError)] = []
                for group in HomeGroups(homes) {
                    if let only = group.first, only.destinations.isEmpty {
                        do throws(DataPlaneError) {
                            try removeHome(only.homeAddress, nil, &control)
                        } catch {
                            failures.append((only.homeAddress, error))
                        }
                    } else {
                        let (failed, announced) = set(group, &network, &control)
                        failures += failed
                        network.announce(announced, ofCallWith: homes.count)
                    }
                }
                return failures
            }
        } catch {
            return homes.map { ($0.homeAddress, error) }
        }
    }

    package func removeHome(_ homeAddress: IPv4Address, linkLayerAddress: LinkLayerAddress?) throws(DataPlaneError) {
        try withControl { control throws(DataPlaneError) in try removeHome(homeAddress, linkLayerAddress, &control) }
    }

    private func removeHome(
        _ homeAddress: IPv4Address, _ linkLayerAddress: LinkLayerAddress?, _ control: inout Control
    ) throws(DataPlaneError) {
        guard let old = shared.state.withLock({ $0.removeHome(homeAddress) }) else { return }
        homeNetwork.announceReturn(of: old, at: linkLayerAddress)
        try updateKernel(homeAddress, &control)
    }

    /// One home with what it needs and what it replaces.
    private struct HomeChange {
        var home: HomeForwarding
        var old: HomeForwarding?
        var link: HomeLink?
    }

    /// Sets the homes of a group, of different addresses and with destinations.
    ///
    /// - Returns: those that could not be set, and those that are to be announced.
    private func set(
        _ group: ArraySlice<HomeForwarding>, _ network: inout HomeNetwork, _ control: inout Control
    ) -> (failures: [(IPv4Address, DataPlaneError)], announced: [(homeAddress: IPv4Address, link: HomeLink)]) {
        let known = shared.state.withLock { state in group.map { state.table.home($0.homeAddress) } }
        var failures: [(IPv4Address, DataPlaneError)] = []
        var changes: [HomeChange] = []
        for (home, old) in zip(group, known) where old != home {
            do throws(DataPlaneError) {
                for destination in home.destinations { try open(destination.tunnel.localAddress) }
                var link: HomeLink?
                if let name = home.homeInterface { link = try network.link(named: name, control.kernel.client) }
                changes.append(HomeChange(home: home, old: old, link: link))
            } catch {
                failures.append((home.homeAddress, error))
            }
        }
        let records = shared.state.withLock { [changes] state in
            for change in changes { state.table.set(change.home) }
            return changes.map { Records($0.home.homeAddress, state) }
        }
        let refused = updateKernel(records, &control)
        var announced: [(homeAddress: IPv4Address, link: HomeLink)] = []
        for change in changes {
            let homeAddress = change.home.homeAddress
            if let error = refused[homeAddress] {
                shared.state.withLock { state in
                    if let old = change.old { state.table.set(old) } else { state.table.removeHome(homeAddress) }
                }
                failures.append((homeAddress, error))
            } else if let link = change.link, change.old?.homeInterface != change.home.homeInterface {
                announced.append((homeAddress, link))
            }
        }
        return (failures, announced)
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
            control.kernel.removeAll(with: device.interface.index)
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

    /// The records of one home address.
    private struct Records: Sendable {
        let homeAddress: IPv4Address
        let home: HomeForwarding?
        let visitor: VisitorForwarding?
        let node: NodeForwarding?

        init(_ homeAddress: IPv4Address, _ state: borrowing PlaneState) {
            self.homeAddress = homeAddress
            home = state.table.home(homeAddress)
            visitor = state.table.visitor(homeAddress)
            node = state.table.node(homeAddress)
        }
    }

    private func updateKernel(_ homeAddress: IPv4Address, _ control: inout Control) throws(DataPlaneError) {
        let records = shared.state.withLock { Records(homeAddress, $0) }
        try control.kernel.set(try wanted(records, control), for: homeAddress)
    }

    /// - Parameter all: of different home addresses.
    /// - Returns: why the kernel state of some could not be set.
    private func updateKernel(_ all: [Records], _ control: inout Control) -> [IPv4Address: DataPlaneError] {
        var failures: [IPv4Address: DataPlaneError] = [:]
        var states: [(homeAddress: IPv4Address, state: AddressState)] = []
        for records in all {
            do throws(DataPlaneError) {
                states.append((records.homeAddress, try wanted(records, control)))
            } catch {
                failures[records.homeAddress] = error
            }
        }
        failures.merge(control.kernel.set(states)) { $1 }
        return failures
    }

    /// The kernel state that the records of a home address require. A visitor is reached directly even if this is its home agent.
    private func wanted(_ records: Records, _ control: borrowing Control) throws(DataPlaneError) -> AddressState {
        let homeAddress = records.homeAddress
        var wanted = AddressState()
        let host = IPv4Prefix(host: homeAddress)
        if records.home != nil { wanted.route = Route(destination: host, interface: tun.index, table: RouteClient.mainTable) }
        if let visitor = records.visitor {
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
        if let node = records.node {
            wanted.ownInterface = tun.index
            if node.reverseTunnel {
                wanted.rules.insert(
                    PolicyRule(
                        priority: configuration.rulePriority + 1, table: configuration.routeTable, source: homeAddress))
            }
        }
        return wanted
    }

    /// Makes sure that tunnels can end at an address.
    private func open(_ local: IPv4Address) throws(DataPlaneError) {
        guard shared.state.withLock({ $0.sockets[local] == nil }) else { return }
        let socket = try TunnelSocket(local: local, mark: configuration.mark)
        for descriptor in socket.descriptors { try shared.watch(descriptor, .tunnel) }
        shared.state.withLock { $0.sockets[local] = socket }
    }
}
