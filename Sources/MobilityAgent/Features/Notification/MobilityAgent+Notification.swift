import AgentModel
import MobileIPv4

/// Generic notifications and their acknowledgments that arrive (RFC 6098).
extension MobilityAgent {
    /// Who is concerned with a message.
    private enum Duty {
        case homeAgent, foreignAgent, relay
        /// It is dropped, and the reason is counted for this role, or for the agent.
        case discard(DiscardReason, AgentRole?)
    }

    /// Passes a notification to the role that it is for, or that relays it.
    mutating func receiveNotification(
        _ datagram: RawSpan, from source: TransportEndpoint, to local: TransportEndpoint, at now: Moment,
        _ effects: inout AgentEffects
    ) {
        guard let notification = try? GenericNotification(decoding: datagram), let header = NotificationHeader(notification)
        else {
            discard(.malformed)
            return
        }
        switch duty(header, at: local) {
        case .homeAgent:
            homeAgent?.receive(notification, datagram, from: source, to: local, at: now, &shared, &effects)
        case .foreignAgent:
            foreignAgent?.receive(notification, header, datagram, from: source, to: local, at: now, &shared, &effects)
        case .relay: foreignAgent?.relay(header, datagram, from: source, at: now, &shared, &effects)
        case .discard(let reason, let role): discard(reason, role)
        }
    }

    /// Matches an acknowledgment with the notification that it answers, or relays it.
    mutating func receiveNotificationAcknowledgment(
        _ datagram: RawSpan, from source: TransportEndpoint, to local: TransportEndpoint, at now: Moment,
        _ effects: inout AgentEffects
    ) {
        guard let acknowledgment = try? GenericNotificationAcknowledgment(decoding: datagram),
            let header = NotificationHeader(acknowledgment)
        else {
            discard(.malformed)
            return
        }
        switch duty(header, at: local) {
        case .homeAgent: settle(acknowledgment, .homeAgent, datagram, from: source, to: local, at: now, &effects)
        case .foreignAgent: settle(acknowledgment, .foreignAgent, datagram, from: source, to: local, at: now, &effects)
        case .relay: foreignAgent?.relay(header, datagram, from: source, at: now, &shared, &effects)
        case .discard(let reason, let role): discard(reason, role)
        }
    }

    private func duty(_ header: NotificationHeader, at local: TransportEndpoint) -> Duty {
        let homeAddresses = homeAgent?.listens(on: local) == true ? homeAgent?.addresses : nil
        // An answer cannot be sent from a broadcast address.
        let isHome = homeAddresses?.contains(local.address) ?? false
        let isForeign = foreignAgent?.listens(on: local) == true
        switch (header.path.sender, header.path.receiver) {
        case (.mobileNode, .homeAgent), (.foreignAgent, .homeAgent):
            if isHome, homeAddresses?.contains(header.homeAgent) == true { return .homeAgent }
            guard isForeign else { return .discard(.notServed, isHome ? .homeAgent : nil) }
            return header.path.isRelayedByForeignAgent ? .relay : .discard(.reflected, .foreignAgent)
        case (.homeAgent, .foreignAgent):
            if isForeign { return .foreignAgent }
            return isHome ? .discard(.reflected, .homeAgent) : .discard(.notServed, nil)
        case (.homeAgent, _):
            if isForeign { return .relay }
            return isHome ? .discard(.reflected, .homeAgent) : .discard(.notServed, nil)
        case (.mobileNode, _):
            return isForeign ? .foreignAgent : .discard(.notServed, isHome ? .homeAgent : nil)
        case (.foreignAgent, _):
            return isForeign ? .discard(.reflected, .foreignAgent) : .discard(.notServed, isHome ? .homeAgent : nil)
        }
    }

    mutating func discard(_ reason: DiscardReason, _ role: AgentRole?) {
        switch role {
        case .homeAgent: homeAgent?.counters.discards[reason] += 1
        case .foreignAgent: foreignAgent?.counters.discards[reason] += 1
        default: discard(reason)
        }
    }
}
