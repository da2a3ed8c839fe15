import AgentModel
import MobileIPv4

/// To whom a foreign agent sends a text, and how it gets there (RFC 6098 §4.6.3).
extension ForeignAgent {
    /// Adds the notifications of an order about these visits to a plan. A home agent gets one for all of its visitors.
    ///
    /// - Returns: Whether the order has a receiver.
    func plan(
        _ order: NotificationOrder, _ direction: NotificationDirection, at slots: [Int], in plan: inout NotificationPlan
    ) -> Bool {
        var hasReceiver = false
        for slot in slots where !plan.isTooLong {
            let visitor = table[slot].visitor
            guard visitor.state == .accepted, let path = revocationTerms.paths[slot],
                order.covers(visitor.homeAddress, nai: visitor.nai)
            else { continue }
            // A message to a node names its visit by addresses; of several visits with the same, it reaches the first.
            if direction == .foreignAgentToMobileNode,
                findVisit(visitor.homeAddress, at: visitor.homeAgent, by: visitor.careOfAddress)?.slot != slot
            {
                continue
            }
            let peer = notificationPeer(visitor, direction)
            if plan.includes(peer) {
                hasReceiver = true
                continue
            }
            guard let route = route((visitor, path, slot), direction) else { continue }
            hasReceiver = true
            let fixed = GenericNotification(
                direction: direction, requiresAcknowledgment: order.acknowledged, homeAddress: visitor.homeAddress,
                homeAgent: visitor.homeAgent, careOfAddress: visitor.careOfAddress, identification: Identification(rawValue: 0))
            plan.add(
                PlannedNotification(fixed, order.text, nai: visitor.nai, to: peer, at: peer.address, by: route), to: peer)
        }
        return hasReceiver
    }

    /// What has become of the visit that a notification is about.
    func standing(of notification: OutgoingNotification) -> NotificationStanding {
        let fixed = notification.fixed
        guard let visit = findVisit(fixed.homeAddress, at: fixed.homeAgent, by: fixed.careOfAddress) else {
            let isVisiting = careOfAddresses.contains {
                findVisit(fixed.homeAddress, at: fixed.homeAgent, by: $0) != nil
            }
            return isVisiting ? .superseded : .ended
        }
        return .registered(route(visit, fixed.direction))
    }

    /// A visit by whose home agent a peer is reached, among those that are looked through; nil if not found.
    func registration(with peer: NotificationPeer, at uptime: Int64) -> NotifiedRegistration? {
        for slot in 0..<min(table.rows.end, NotifiedRegistration.searchLimit) {
            guard let path = revocationTerms.paths[slot], path.homeAgent.address == peer.address else { continue }
            let visitor = table[slot].visitor
            guard visitor.state == .accepted, let route = route((visitor, path, slot), .foreignAgentToHomeAgent),
                route.lasts(beyond: uptime)
            else { continue }
            return NotifiedRegistration(
                addresses: RegistrationAddresses(
                    homeAddress: visitor.homeAddress, homeAgent: visitor.homeAgent, careOfAddress: visitor.careOfAddress),
                nai: visitor.nai, route: route)
        }
        return nil
    }

    /// The way to a visitor or to its home agent; nil if it shares no association with this agent.
    private func route(_ visit: Visit, _ direction: NotificationDirection) -> NotificationRoute? {
        let (visitor, path) = (visit.visitor, visit.path)
        let expires = table.deadline(visit.slot)
        if direction == .foreignAgentToMobileNode {
            return mobileNodeAssociations.ofMobileNode(visitor.homeAddress, nai: visitor.nai)?.first.map {
                // A node that had no address when it asked for one has it since.
                let address = visitor.sourceAddress == .zero ? visitor.homeAddress : visitor.sourceAddress
                return NotificationRoute(
                    local: path.local, destination: TransportEndpoint(address, port: visitor.sourcePort),
                    signer: NotificationSigner(association: $0, authentication: .mobileForeignAuthentication, relay: nil),
                    expires: expires)
            }
        }
        return homeAgentAssociations.ofPeer(path.homeAgent.address)?.first.map {
            NotificationRoute(
                local: path.relay, destination: path.homeAgent,
                signer: NotificationSigner(association: $0, authentication: .foreignHomeAuthentication, relay: nil),
                expires: expires)
        }
    }

    /// The slots of the visits that an order can be about.
    ///
    /// - Parameter identified: What `slots(identifiedBy:)` has found for the identifiers of all orders.
    func slots(of order: NotificationOrder, _ identified: [NetworkAccessIdentifier: [Int]]) -> [Int] {
        if let prefix = order.homeAddresses, prefix.length == 32 { return revocationTerms.paths.slots(of: prefix.network) }
        if let nai = order.nai, !order.isOfRealm { return identified[nai] ?? [] }
        return (0..<table.rows.end).filter { table.rows.contains($0) }
    }

    /// The slots of visits by identifier, of these identifiers.
    func slots(identifiedBy identifiers: Set<NetworkAccessIdentifier>) -> [NetworkAccessIdentifier: [Int]] {
        var identified: [NetworkAccessIdentifier: [Int]] = [:]
        guard !identifiers.isEmpty else { return identified }
        for slot in 0..<table.rows.end where table.rows.contains(slot) {
            guard let nai = table[slot].visitor.nai, identifiers.contains(nai) else { continue }
            identified[nai, default: []].append(slot)
        }
        return identified
    }
}
