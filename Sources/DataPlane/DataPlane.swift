package import AgentModel
package import MobileIPv4

/// How datagrams are carried.
package enum DataPlaneKind: String, Hashable, Sendable, Codable {
    /// Tunnel devices of the kernel.
    case kernel
    /// A TUN device and raw sockets of this process.
    case userSpace
}

/// Carries the datagrams of mobile nodes: tunnels with their source checks, routes, and ARP for nodes away from home.
///
/// The caller says what shall be; each call brings about the difference to what is, and calling twice changes nothing. Calls come from
/// any thread, and take as long as a few system calls; none waits for the network. When a call throws, what it asked for is not in
/// force, and the same call may be tried again.
package protocol DataPlane: AnyObject, Sendable {
    var kind: DataPlaneKind { get }
    /// What tunnels can be made of here.
    var encapsulations: Set<Encapsulation> { get }

    /// A mobile node with bindings at this home agent. Also called when its bindings change. The first time, its home network hears by
    /// gratuitous ARP that its datagrams are for this agent, whose answers it gets from then on. Without destinations it is removed.
    func setHome(_ home: HomeForwarding) throws(DataPlaneError)

    /// The mobile node has no binding any more.
    ///
    /// - Parameter linkLayerAddress: the node's own, told to the home network by gratuitous ARP when the node is home again.
    func removeHome(_ homeAddress: IPv4Address, linkLayerAddress: LinkLayerAddress?) throws(DataPlaneError)

    /// An accepted visitor of this foreign agent.
    func setVisitor(_ visitor: VisitorForwarding) throws(DataPlaneError)

    func removeVisitor(_ homeAddress: IPv4Address) throws(DataPlaneError)

    /// This machine is a mobile node with a tunnel of its own.
    func setNode(_ node: NodeForwarding) throws(DataPlaneError)

    func removeNode(_ homeAddress: IPv4Address) throws(DataPlaneError)

    /// Makes again what the kernel has dropped: routes and neighbours go with an interface that is switched off or taken away. For the
    /// caller that hears of an interface that has come back; what is there stays.
    func restore() throws(DataPlaneError)

    /// All counters at this moment; nil when nothing has been counted and no row has come or gone since `mark` was taken. The cost grows
    /// with the number of nodes when something has, and in user space costs next to nothing otherwise, so that it may be asked often.
    ///
    /// - Parameter mark: nil the first time; set to the present one.
    func counters(since mark: inout CountersMark?) -> DataPlaneCounters?

    /// What went through for one home address of a node whose home agent this is; nil when it is not set.
    func traffic(ofHome homeAddress: IPv4Address) -> NodeTraffic?

    /// Removes routes, rules, neighbours and devices that an earlier process left. Done at the start already.
    ///
    /// - Returns: how many were removed.
    @discardableResult
    func removeLeftovers() throws(DataPlaneError) -> Int

    /// Ends forwarding and removes every route, rule, neighbour and device it has made. Nothing is done after the first time.
    func stop()
}

extension DataPlane {
    /// All counters at this moment.
    package func counters() -> DataPlaneCounters {
        var mark: CountersMark?
        return counters(since: &mark) ?? DataPlaneCounters()
    }
}
