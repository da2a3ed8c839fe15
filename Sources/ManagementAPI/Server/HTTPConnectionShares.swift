import DaemonSupport

/// How many connections one listener accepts at once; further ones wait until one ends.
struct ConnectionShare: Hashable, Sendable {
    var connections: Int
    /// How many of them may be event streams. The others are always free for requests, which end soon.
    var streams: Int
}

/// How the two listeners share the descriptors of the process.
///
/// Together they always take fewer than there are: when the system refuses a connection for lack of a descriptor, the listener tries again
/// without a pause and uses a whole processor, and agents cannot be reached any more. The Unix socket has a share of its own, so that the
/// administrator of this machine can work however many clients come over TCP.
struct HTTPConnectionShares: Hashable, Sendable {
    let tcp: ConnectionShare
    let unix: ConnectionShare

    /// Descriptors of SNMP: the session with the master or the listeners, the engine's files, and the pipe that wakes its thread.
    private static let snmp = 8
    /// The control connection of an agent, and the next one while it is being made.
    private static let agent = 2

    /// - Parameter agents: how many agents the daemon follows.
    init(_ configuration: ManagementServerConfiguration, agents: Int, hasSNMP: Bool) {
        self.init(
            descriptors: ResourceLimits.descriptors, required: ResourceLimits.requiredDescriptors, agents: agents,
            hasSNMP: hasSNMP,
            hasSocket: configuration.socketPath != nil, maximumStreams: configuration.maximumEventStreams)
    }

    init(descriptors: Int, required: Int, agents: Int, hasSNMP: Bool, hasSocket: Bool, maximumStreams: Int) {
        let own = required + Self.agent * agents + (hasSNMP ? Self.snmp : 0) + (hasSocket ? 2 : 1)
        let budget = DescriptorBudget(descriptors: descriptors, own: own)
        // Without a Unix socket, its share goes to TCP.
        let connections = hasSocket ? budget.http : min(4096, budget.http + budget.unix)
        tcp = ConnectionShare(connections: connections, streams: max(1, min(maximumStreams, connections / 2)))
        unix = ConnectionShare(connections: budget.unix, streams: max(1, min(maximumStreams, budget.unixStreams)))
    }
}
