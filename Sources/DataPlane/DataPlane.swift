package import AgentModel
package import MobileIPv4

/// How datagrams are carried.
package enum DataPlaneKind: String, Hashable, Sendable, Codable {
    /// By tunnel devices of the kernel.
    case kernel
    /// By a TUN device and raw sockets of this process.
    case userSpace
}

/// Carries the datagrams of mobile nodes: tunnels with their source checks, routes, and ARP for nodes away from home.
///
/// The interface is declarative: each call makes the changes that the requested state needs, and repeating a call changes nothing.
/// Any thread may call. A call takes as long as a few system calls for each row and never waits for the network. If a call throws, the
/// requested change has not been made, and the same call may be tried again.
package protocol DataPlane: AnyObject, Sendable {
    var kind: DataPlaneKind { get }
    /// The encapsulations that this data plane supports.
    var encapsulations: Set<Encapsulation> { get }

    /// Sets mobile nodes with bindings at this home agent, one after the other. Also called when their bindings change. The first time,
    /// gratuitous ARP announces on the home network that datagrams for a node go to this agent, which answers ARP for the node from then
    /// on. A node without destinations is removed.
    ///
    /// In user space, each of many homes costs a quarter to a third of what it costs in a call of its own.
    ///
    /// - Returns: the homes that could not be set, with the reason; all others are set.
    func setHomes(_ homes: [HomeForwarding]) -> [(IPv4Address, DataPlaneError)]

    /// Removes a mobile node that has no binding any more.
    ///
    /// - Parameter linkLayerAddress: the node's own, announced on the home network by gratuitous ARP when the node is home again.
    func removeHome(_ homeAddress: IPv4Address, linkLayerAddress: LinkLayerAddress?) throws(DataPlaneError)

    /// Sets an accepted visitor of this foreign agent.
    func setVisitor(_ visitor: VisitorForwarding) throws(DataPlaneError)

    func removeVisitor(_ homeAddress: IPv4Address) throws(DataPlaneError)

    /// Sets this machine as a mobile node with its own end of a tunnel.
    func setNode(_ node: NodeForwarding) throws(DataPlaneError)

    func removeNode(_ homeAddress: IPv4Address) throws(DataPlaneError)

    /// Recreates what the kernel has dropped: routes and neighbours disappear with an interface that is switched off or removed. Called
    /// when an interface has come back; what still exists is kept.
    func restore() throws(DataPlaneError)

    /// All counters at this moment; nil when nothing has been counted and no row has been added or removed since `mark` was taken. With
    /// changes, the cost grows with the number of nodes; without changes, in user space, a call costs next to nothing and can be frequent.
    ///
    /// - Parameter mark: nil the first time; set to the current mark.
    func counters(since mark: inout CountersMark?) -> DataPlaneCounters?

    /// What was carried for one home address, of a node whose home agent this is; nil when the address is not set.
    func traffic(ofHome homeAddress: IPv4Address) -> NodeTraffic?

    /// Removes routes, rules, neighbours and devices that an earlier process left behind. Already done at startup.
    ///
    /// - Returns: how many were removed.
    @discardableResult
    func removeLeftovers() throws(DataPlaneError) -> Int

    /// Ends forwarding and removes every route, rule, neighbour and device that this data plane has created. Further calls do nothing.
    func stop()
}

extension DataPlane {
    /// Sets one mobile node with bindings at this home agent.
    package func setHome(_ home: HomeForwarding) throws(DataPlaneError) {
        if let (_, error) = setHomes([home]).first { throw error }
    }

    /// All counters at this moment.
    package func counters() -> DataPlaneCounters {
        var mark: CountersMark?
        return counters(since: &mark) ?? DataPlaneCounters()
    }
}
