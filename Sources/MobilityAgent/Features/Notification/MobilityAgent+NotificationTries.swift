import AgentModel
import MobileIPv4

/// The tries of this agent's notifications (RFC 6098 §4.3).
extension MobilityAgent {
    /// Sends a notification that is due by the way of the latest registration, or ends it: operators may have changed settings and
    /// keys since, and nodes may have moved. An agent is reached as long as any node is registered through it.
    mutating func advance(
        _ slot: Int, _ notification: OutgoingNotification, at now: Moment, _ effects: inout AgentEffects
    ) {
        guard settings.signalling.permits(notification.fixed.direction) else {
            return shared.exchanges.end(slot, .unanswered, at: shared.time(now), &effects)
        }
        let standing = standing(of: notification)
        if notification.peer.role != .mobileNode, !standing.isUsable(at: now.uptime),
            shared.exchanges[slot].row.tries < settings.signalling.retransmissionTries
        {
            guard shared.notifications.searches.passes(at: now.uptime) else {
                return shared.exchanges.schedule(slot, at: now.uptime + OutgoingExchange.shortestGap)
            }
            if let other = registration(with: notification.peer, at: now.uptime) {
                shared.exchanges.redirect(slot, to: other, &effects)
                return attempt(slot, by: other.route, at: now, &effects)
            }
        }
        switch standing {
        case .superseded: shared.exchanges.end(slot, .superseded, at: shared.time(now), &effects)
        case .ended: giveUp(slot, .unanswered, at: now, &effects)
        case .registered(let route):
            guard let route, route.lasts(beyond: now.uptime) else {
                return giveUp(slot, .unanswered, at: now, &effects)
            }
            attempt(slot, by: route, at: now, &effects)
        }
    }

    /// Sends a notification this way unless it has been tried often enough, as soon as it may follow the last one to the receiver.
    private mutating func attempt(
        _ slot: Int, by route: NotificationRoute, at now: Moment, _ effects: inout AgentEffects
    ) {
        let row = shared.exchanges[slot].row
        guard var outgoing = shared.exchanges[slot].outgoing, case .notification(let notification) = outgoing.message else {
            return
        }
        guard row.tries < settings.signalling.retransmissionTries else {
            // A receiver that has answered has never been content with the notification.
            return giveUp(slot, row.code == nil ? .unanswered : .refused, at: now, &effects)
        }
        if let turn = shared.notifications.clock.turn(of: notification.peer, at: now.uptime) {
            return shared.exchanges.schedule(slot, at: turn)
        }
        outgoing.follow(route)
        send(slot, outgoing, at: now, &effects)
    }

    /// A registration through which another agent is reached.
    private func registration(with peer: NotificationPeer, at uptime: Int64) -> NotifiedRegistration? {
        peer.ownRole == .homeAgent
            ? homeAgent?.registration(with: peer, at: uptime) : foreignAgent?.registration(with: peer, at: uptime)
    }

    private func standing(of notification: OutgoingNotification) -> NotificationStanding {
        let standing =
            notification.peer.ownRole == .homeAgent
            ? homeAgent?.standing(of: notification) : foreignAgent?.standing(of: notification)
        return standing ?? .ended
    }

    private mutating func send(
        _ slot: Int, _ outgoing: OutgoingExchange, at now: Moment, _ effects: inout AgentEffects
    ) {
        var outgoing = outgoing
        guard case .notification(let notification) = outgoing.message else { return }
        let identification = shared.identification(of: notification, at: now)
        let text = text(of: shared.exchanges[slot].row)
        let payload = outgoing.makePayload(notification, text: text, identification: identification)
        noteTry(slot, outgoing, payload, at: now, &effects)
        if notification.fixed.requiresAcknowledgment {
            wait(slot, at: now, &effects)
        } else {
            shared.exchanges.end(slot, .sent, at: shared.time(now), &effects)
        }
    }

    /// Ends a notification that was tried in vain.
    private mutating func giveUp(_ slot: Int, _ state: ExchangeState, at now: Moment, _ effects: inout AgentEffects) {
        let row = shared.exchanges[slot].row
        let time = shared.time(now)
        shared.exchanges.end(slot, state, at: time, &effects)
        if state == .refused { return count(row.role, \.notificationsRefused, \.notificationsRefused) }
        // One that was never sent, because its turn came too late, has not been missed by the peer.
        guard row.tries > 0 else { return }
        count(row.role, \.notificationsUnacknowledged, \.notificationsUnacknowledged)
        effects.changes.append(
            .event(
                AgentEvent(
                    time: time, kind: .notificationUnacknowledged, role: row.role, homeAddress: row.homeAddress, nai: row.nai,
                    careOfAddress: row.careOfAddress, homeAgent: row.homeAgent, sourceAddress: row.peer,
                    message: "\(row.peer) did not acknowledge a notification about \(row.homeAddress) in \(row.tries) tries")))
    }
}

extension SharedAgentState {
    /// The Identification of the next try. Its low word differs from those of all messages about the same home address that wait,
    /// because acknowledgments are recognized by it.
    mutating func identification(of notification: OutgoingNotification, at now: Moment) -> Identification {
        let waiting = exchanges.waiting(about: notification.fixed.homeAddress)
        while true {
            let stamp = notifications.clock.stamp(for: notification.peer, at: now)
            let isUsed = waiting.contains { slot in
                exchanges[slot].outgoing?.identifications.contains { $0.low == stamp.low } ?? false
            }
            if !isUsed { return stamp }
        }
    }
}
