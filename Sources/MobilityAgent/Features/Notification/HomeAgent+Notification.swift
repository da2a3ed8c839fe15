import AgentModel
import MobileIPv4

/// Notifications to a home agent, from mobile nodes and foreign agents (RFC 6098 §4.7.3).
extension HomeAgent {
    /// Processes a notification for this home agent.
    mutating func receive(
        _ notification: GenericNotification, _ datagram: RawSpan, from source: TransportEndpoint, to local: TransportEndpoint,
        at now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        do throws(Refusal) {
            let scan = try ExtensionScan.ofNotification(datagram, .genericNotification, understanding: understanding)
            guard let slot = findBinding(notification) else { throw .discard(.unknownRegistration) }
            let binding = bindings[slot].binding
            let incoming =
                notification.direction == .mobileNodeToHomeAgent
                ? ofNode(notification, scan, binding, from: source, to: local, at: now)
                : ofForeignAgent(notification, scan, binding, from: source, to: local, at: now)
            switch shared.take(incoming, datagram, configuration.settings.signalling, &effects) {
            case .accepted: counters.notificationsReceived += 1
            case .repeated: break
            case .denied: counters.notificationsDenied += 1
            case .discarded(let reason): throw .discard(reason)
            }
        } catch {
            if case .discard(let reason) = error { counters.discards[reason] += 1 }
        }
    }

    /// The binding that a notification is about.
    func findBinding(_ notification: GenericNotification) -> Int? {
        guard let node = nodes.find(notification.homeAddress),
            let slot = bindings.find(notification.careOfAddress, of: nodes[node]),
            bindings[slot].binding.homeAgent == notification.homeAgent
        else { return nil }
        return slot
    }

    private func ofNode(
        _ notification: GenericNotification, _ scan: ExtensionScan, _ binding: Binding, from source: TransportEndpoint,
        to local: TransportEndpoint, at now: Moment
    ) -> IncomingNotification {
        // A foreign agent that relays need not sign, but what it signs must be right.
        let count = scan.count(of: .foreignHomeAuthentication)
        let relay = NotificationCheck(
            presented: scan.foreignHome, count: count, associations: foreignAgentAssociations(of: binding),
            peerRole: .foreignAgent, failure: .haForeignAgentFailedAuthentication)
        return IncomingNotification(
            role: .homeAgent, notification: notification, scan: scan, source: source, local: local, now: now,
            nai: binding.nai, sender: notificationPeer(binding, notification.direction),
            relay: count > 0 && !binding.isDirect ? relay : nil,
            authentication: NotificationCheck(
                presented: scan.mobileHome, count: scan.count(of: .mobileHomeAuthentication),
                associations: mobileNodeAssociations(of: binding), peerRole: .mobileNode,
                failure: .haMobileNodeFailedAuthentication),
            relayAssociation: relay.association)
    }

    private func ofForeignAgent(
        _ notification: GenericNotification, _ scan: ExtensionScan, _ binding: Binding, from source: TransportEndpoint,
        to local: TransportEndpoint, at now: Moment
    ) -> IncomingNotification {
        IncomingNotification(
            role: .homeAgent, notification: notification, scan: scan, source: source, local: local, now: now,
            nai: binding.nai,
            sender: notificationPeer(binding, notification.direction),
            authentication: NotificationCheck(
                presented: scan.foreignHome, count: scan.count(of: .foreignHomeAuthentication),
                associations: foreignAgentAssociations(of: binding), peerRole: .foreignAgent,
                failure: .haForeignAgentFailedAuthentication))
    }

    // MARK: - Associations

    /// The other end of notifications about a binding in this direction: the node, or its foreign agent.
    func notificationPeer(_ binding: Binding, _ direction: NotificationDirection) -> NotificationPeer {
        direction == .homeAgentToMobileNode || direction == .mobileNodeToHomeAgent
            ? NotificationPeer(
                ownRole: .homeAgent, role: .mobileNode, address: binding.homeAddress, homeAgent: binding.homeAgent)
            : NotificationPeer(ownRole: .homeAgent, role: .foreignAgent, address: binding.sourceAddress)
    }

    func mobileNodeAssociations(of binding: Binding) -> [ConfiguredSecurityAssociation]? {
        mobileNodeAssociations.ofMobileNode(
            binding.homeAddress, nai: binding.nai, owner: assignments.owner(of: binding.homeAddress))
    }

    /// The associations with the foreign agent through which a binding was made; nil for none, and for a node that registers
    /// directly.
    func foreignAgentAssociations(of binding: Binding) -> [ConfiguredSecurityAssociation]? {
        guard !binding.isDirect else { return nil }
        return foreignAgentAssociations.ofPeer(binding.sourceAddress) ?? foreignAgentAssociations.ofPeer(binding.careOfAddress)
    }
}
