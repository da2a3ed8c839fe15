import AgentModel

/// Passes the host configuration of the node's registrations on to the machine. Used on the node's event loop.
struct FollowedHostConfiguration {
    /// What the node's routes at home use.
    private(set) var home = LearntHomeNetwork()
    /// What the machine uses, as the configurator has last reported; nil for nothing from a home agent.
    var inForce: ResolverWish?
    /// Whether the machine uses what was received last.
    var isApplied: Bool { wanted != nil && wanted == inForce }

    private let configurator: HostConfigurator
    private var latest: ReceivedHostConfiguration?
    private var wanted: ResolverWish?
    private var interface = ""

    init(_ configurator: HostConfigurator) { self.configurator = configurator }

    /// Takes over a change; may be called at any time, and costs little without one. Each arrival of a configuration counts as a
    /// change, so that settings that could not be applied are tried again with each registration.
    ///
    /// - Parameters:
    ///   - received: the configuration of the current registration; nil without one.
    ///   - interface: the interface through which the node reaches its home network.
    mutating func follow(_ received: ReceivedHostConfiguration?, through interface: String) {
        var received = received
        // It is a consequence.
        received?.isApplied = false
        guard received != latest || interface != self.interface else { return }
        latest = received
        self.interface = interface
        if let received { home.learn(from: received) }
        let settings = received.flatMap { ResolverSettings($0) }
        wanted = settings.map { ResolverWish(settings: $0, interface: interface) }
        configurator.want(settings, through: interface)
    }
}
