import AgentModel
import MobileIPv4

/// To whom a home agent sends a text, and how it gets there (RFC 6098 §4.7.1).
extension HomeAgent {
    /// Adds the notifications of an order about these bindings to a plan. A node with several bindings gets one, at the care-of
    /// address where it has registered last; a foreign agent gets one for all of its nodes.
    ///
    /// - Returns: Whether the order has a receiver.
    func plan(
        _ order: NotificationOrder, _ direction: NotificationDirection, at slots: [Int], in plan: inout NotificationPlan
    ) -> Bool {
        var hasReceiver = false
        for slot in slots where !plan.isTooLong {
            let binding = bindings[slot].binding
            guard order.covers(binding.homeAddress, nai: binding.nai) else { continue }
            let peer = notificationPeer(binding, direction)
            if plan.includes(peer) {
                hasReceiver = true
                continue
            }
            guard let route = route(slot, direction), peer.role != .mobileNode || isLatest(slot, direction, order) else {
                continue
            }
            hasReceiver = true
            let fixed = GenericNotification(
                direction: direction, requiresAcknowledgment: order.acknowledged, homeAddress: binding.homeAddress,
                homeAgent: binding.homeAgent, careOfAddress: binding.careOfAddress, identification: Identification(rawValue: 0))
            let address = route.isRelayed ? binding.homeAddress : binding.sourceAddress
            plan.add(
                PlannedNotification(fixed, order.text, nai: binding.nai, to: peer, at: address, by: route), to: peer)
        }
        return hasReceiver
    }

    /// What has become of the binding that a notification is about.
    func standing(of notification: OutgoingNotification) -> NotificationStanding {
        guard let slot = findBinding(notification.fixed) else {
            let isBound = nodes.find(notification.fixed.homeAddress).map { nodes[$0].bindingCount > 0 } ?? false
            return isBound ? .superseded : .ended
        }
        let direction = notification.fixed.direction
        guard notificationPeer(bindings[slot].binding, direction) == notification.peer else { return .superseded }
        return .registered(route(slot, direction))
    }

    /// A binding by which a foreign agent is reached, among those that are looked through; nil if not found.
    func registration(with peer: NotificationPeer, at uptime: Int64) -> NotifiedRegistration? {
        for slot in 0..<min(bindings.rows.end, NotifiedRegistration.searchLimit) where bindings.rows.contains(slot) {
            let binding = bindings[slot].binding
            guard binding.sourceAddress == peer.address, let route = route(slot, .homeAgentToForeignAgent),
                route.lasts(beyond: uptime)
            else { continue }
            return NotifiedRegistration(
                addresses: RegistrationAddresses(
                    homeAddress: binding.homeAddress, homeAgent: binding.homeAgent, careOfAddress: binding.careOfAddress),
                nai: binding.nai, route: route)
        }
        return nil
    }

    /// The way to the node of a binding, or to its foreign agent; nil if there is no way.
    private func route(_ slot: Int, _ direction: NotificationDirection) -> NotificationRoute? {
        let binding = bindings[slot].binding
        let isToNode = direction == .homeAgentToMobileNode
        // RFC 6098 §3.2.1.2 leaves out nodes with a co-located care-of address that register through a foreign agent.
        guard binding.isDirect || !binding.flags.contains(.decapsulationByMN),
            let local = configuration.endpoints.first(where: { $0.address == binding.homeAgent }),
            let signer = isToNode ? signer(forNodeOf: binding) : signer(forAgentOf: binding)
        else { return nil }
        // To where the request came from: the node itself, or its foreign agent.
        return NotificationRoute(
            local: local, destination: TransportEndpoint(binding.sourceAddress, port: binding.sourcePort), signer: signer,
            isRelayed: isToNode && !binding.isDirect, expires: bindings.deadline(slot))
    }

    /// Whether a binding is the latest one of its node that an order is about and through which the node can be reached.
    private func isLatest(_ slot: Int, _ direction: NotificationDirection, _ order: NotificationOrder) -> Bool {
        let node = bindings[slot].node
        guard nodes[node].bindingCount > 1 else { return true }
        let reachable = slots(of: node).filter { other in
            let binding = bindings[other].binding
            return order.covers(binding.homeAddress, nai: binding.nai) && route(other, direction) != nil
        }
        return reachable.max { bindings[$0].binding.renewed < bindings[$1].binding.renewed } == slot
    }

    private func signer(forAgentOf binding: Binding) -> NotificationSigner? {
        foreignAgentAssociations(of: binding)?.first.map {
            NotificationSigner(association: $0, authentication: .foreignHomeAuthentication, relay: nil)
        }
    }

    private func signer(forNodeOf binding: Binding) -> NotificationSigner? {
        let associations = mobileNodeAssociations(of: binding)
        let usual = associations?.first { $0.association.spi.isAssignable } ?? associations?.first
        guard let association = associations?.first(binding.spi) ?? usual else { return nil }
        return NotificationSigner(
            association: association, authentication: .mobileHomeAuthentication,
            relay: foreignAgentAssociations(of: binding)?.first)
    }

    /// The slots of the bindings that an order can be about.
    ///
    /// - Parameter identified: What `slots(identifiedBy:)` has found for the identifiers of all orders.
    func slots(of order: NotificationOrder, _ identified: [NetworkAccessIdentifier: [Int]]) -> [Int] {
        if let prefix = order.homeAddresses, prefix.length == 32 {
            return nodes.find(prefix.network).map { slots(of: $0) } ?? []
        }
        if let nai = order.nai, !order.isOfRealm { return identified[nai] ?? [] }
        return (0..<bindings.rows.end).filter { bindings.rows.contains($0) }
    }

    /// The slots of bindings by identifier, of these identifiers.
    func slots(identifiedBy identifiers: Set<NetworkAccessIdentifier>) -> [NetworkAccessIdentifier: [Int]] {
        var identified: [NetworkAccessIdentifier: [Int]] = [:]
        guard !identifiers.isEmpty else { return identified }
        for slot in 0..<bindings.rows.end where bindings.rows.contains(slot) {
            guard let nai = bindings[slot].binding.nai, identifiers.contains(nai) else { continue }
            identified[nai, default: []].append(slot)
        }
        return identified
    }
}
