import AgentModel
import MobileIPv4

/// Notifications to a foreign agent, from home agents and visitors (RFC 6098 §4.6.1).
extension ForeignAgent {
    /// A visit, how its node and its home agent are reached, and its slot.
    typealias Visit = (visitor: Visitor, path: VisitorPath, slot: Int)

    /// Processes a notification for this foreign agent.
    mutating func receive(
        _ notification: GenericNotification, _ header: NotificationHeader, _ datagram: RawSpan,
        from source: TransportEndpoint, to local: TransportEndpoint, at now: Moment, _ shared: inout SharedAgentState,
        _ effects: inout AgentEffects
    ) {
        do throws(Refusal) {
            let scan = try ExtensionScan.ofNotification(datagram, .genericNotification, understanding: understanding)
            let visit = findVisit(header.homeAddress, at: header.homeAgent, by: header.careOfAddress)
            let incoming =
                header.path.sender == .mobileNode
                ? try ofVisitor(notification, scan, visit, from: source, to: local, at: now)
                : try ofHomeAgent(notification, scan, visit, from: source, to: local, at: now)
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

    /// The visit of a home address at a home agent by a care-of address.
    func findVisit(_ homeAddress: IPv4Address, at homeAgent: IPv4Address, by careOfAddress: IPv4Address) -> Visit? {
        let addresses = RegistrationAddresses(homeAddress: homeAddress, homeAgent: homeAgent, careOfAddress: careOfAddress)
        guard let slot = revocationTerms.paths.slot(of: addresses), let path = revocationTerms.paths[slot] else { return nil }
        let visitor = table[slot].visitor
        return visitor.state == .accepted ? (visitor, path, slot) : nil
    }

    private func ofVisitor(
        _ notification: GenericNotification, _ scan: ExtensionScan, _ visit: Visit?, from source: TransportEndpoint,
        to local: TransportEndpoint, at now: Moment
    ) throws(Refusal) -> IncomingNotification {
        guard let visitor = visit?.visitor else { throw .discard(.unknownRegistration) }
        return IncomingNotification(
            role: .foreignAgent, notification: notification, scan: scan, source: source, local: local, now: now,
            nai: visitor.nai, sender: notificationPeer(visitor, notification.direction),
            authentication: NotificationCheck(
                presented: scan.anyMobileForeign, count: scan.count(of: .mobileForeignAuthentication),
                associations: mobileNodeAssociations.ofMobileNode(visitor.homeAddress, nai: visitor.nai),
                peerRole: .mobileNode, failure: .faMobileNodeFailedAuthentication))
    }

    /// A home agent may write about a node whose visit this agent has forgotten, such as by a restart. It speaks for itself alone: with
    /// the association of the address that the message names, which is that of the visit's home agent if there is a visit.
    private func ofHomeAgent(
        _ notification: GenericNotification, _ scan: ExtensionScan, _ visit: Visit?, from source: TransportEndpoint,
        to local: TransportEndpoint, at now: Moment
    ) throws(Refusal) -> IncomingNotification {
        guard visit != nil || careOfAddresses.contains(notification.careOfAddress) else { throw .discard(.notServed) }
        let peer = visit?.path.homeAgent.address ?? notification.homeAgent
        return IncomingNotification(
            role: .foreignAgent, notification: notification, scan: scan, source: source, local: local, now: now,
            nai: visit?.visitor.nai,
            sender: NotificationPeer(ownRole: .foreignAgent, role: .homeAgent, address: peer),
            authentication: NotificationCheck(
                presented: scan.foreignHome, count: scan.count(of: .foreignHomeAuthentication),
                associations: homeAgentAssociations.ofPeer(peer), peerRole: .homeAgent,
                failure: .faHomeAgentFailedAuthentication))
    }

    /// The other end of notifications about a visit in this direction: the visitor, or its home agent.
    func notificationPeer(_ visitor: Visitor, _ direction: NotificationDirection) -> NotificationPeer {
        direction == .foreignAgentToMobileNode || direction == .mobileNodeToForeignAgent
            ? NotificationPeer(
                ownRole: .foreignAgent, role: .mobileNode, address: visitor.homeAddress, homeAgent: visitor.homeAgent)
            : NotificationPeer(ownRole: .foreignAgent, role: .homeAgent, address: visitor.homeAgent)
    }

    /// Keeps how a visitor and its home agent are reached. A visit whose reply names another home agent than the one that was asked has
    /// no path: the one could speak for the other.
    mutating func keepPath(_ slot: Int, _ visitor: Visitor, _ pending: PendingRequest) {
        // RFC 6098 §3.2.1.2 leaves out nodes with a co-located care-of address that register through a foreign agent.
        guard configuration.settings.signalling.notifications, careOfAddresses.contains(visitor.careOfAddress),
            visitor.homeAgent == pending.sentTo.address
        else {
            return revocationTerms.paths.forget(slot, of: visitor.homeAddress)
        }
        // A copy of the accepted request, from wherever it was sent, does not move the visitor.
        let isCopy = TransportEndpoint(visitor.sourceAddress, port: visitor.sourcePort) != pending.source
        let local = isCopy ? revocationTerms.paths[slot]?.local : nil
        revocationTerms.paths.keep(
            VisitorPath(
                careOfAddress: visitor.careOfAddress, local: local ?? pending.local, relay: pending.relayed.source,
                homeAgent: pending.sentTo), slot, of: visitor.homeAddress)
    }
}
