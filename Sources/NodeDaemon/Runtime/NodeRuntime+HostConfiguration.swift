import AgentModel
import MobileIPv4
import MobileNode
import MobilityLink

/// The host configuration of the node's registration, which the machine uses if its configuration says so (RFC 4332).
extension NodeRuntime {
    /// Passes what has changed on to the machine. Called whenever something has happened; costs little without a change.
    func followHostConfiguration() {
        let received = isHomeReached ? node.hostConfiguration : nil
        if received != nil || !isMoving {
            hostConfiguration.follow(received?.record(startTime: clock.startTime), through: resolverInterface)
        }
        node.setHostConfigurationApplied(hostConfiguration.isApplied)
    }

    /// Whether datagrams to the home network get there: the node is registered where it is, or it is at home. A disabled node
    /// whose deregistration is not answered counts as deregistered.
    private var isHomeReached: Bool {
        guard node.isEnabled || node.state == .deregistering else { return false }
        return node.isRegisteredHere || !node.isDetached && node.attachment == .home && node.state != .deregistering
    }

    /// Whether the node waits for an answer at another place than the one where it is registered. What the machine uses is left
    /// as it is for that time, so that a move does not undo it and apply it again.
    private var isMoving: Bool {
        node.hostConfiguration != nil && !node.isDetached && (node.state == .registering || node.state == .deregistering)
    }

    /// The machine uses other settings of a home agent, or none.
    func hostConfigurationChanged(_ inForce: ResolverWish?) {
        guard !isStopped else { return }
        hostConfiguration.inForce = inForce
        finish()
    }

    /// Where datagrams to the name servers leave: systemd-resolved sends queries out of the link that the servers belong to.
    private var resolverInterface: String {
        guard case .coLocated = node.attachment, tunnel?.reverseTunnel == true else { return configuration.interface }
        return configuration.device
    }
}
