import AgentModel
import MobileIPv4

/// Acknowledgments of this agent's own notifications (RFC 6098 §4.6.4, §4.7.2).
extension MobilityAgent {
    /// Ends the exchange that an acknowledgment answers, unless a later try may have another answer. After an identification mismatch,
    /// the next try follows the clock of the peer.
    mutating func settle(
        _ acknowledgment: GenericNotificationAcknowledgment, _ role: AgentRole, _ datagram: RawSpan,
        from source: TransportEndpoint, to local: TransportEndpoint, at now: Moment, _ effects: inout AgentEffects
    ) {
        let isMismatch = acknowledgment.code == acknowledgment.direction.path?.sender.identificationMismatch
        let answered = shared.exchanges.waiting(about: acknowledgment.homeAddress).first { slot in
            let entry = shared.exchanges[slot]
            guard let outgoing = entry.outgoing, entry.row.role == role else { return false }
            return outgoing.destination.address == source.address && outgoing.local == local
                && outgoing.isAnswered(by: acknowledgment, isMismatch: isMismatch)
        }
        guard let slot = answered, var outgoing = shared.exchanges[slot].outgoing,
            case .notification(let notification) = outgoing.message,
            let association = shared.associations.find(outgoing.association.association.key)?.configured
        else {
            discard(.unmatchedAcknowledgment)
            return
        }
        outgoing.association = association
        do throws(Refusal) {
            try authenticate(datagram, outgoing, shared.exchanges[slot].row, from: source, at: now, &effects)
        } catch {
            if case .discard(let reason) = error { discard(reason, role) }
            return
        }
        shared.exchanges[slot].row.code = acknowledgment.code.rawValue
        if isMismatch {
            shared.notifications.clock.follow(notification.peer, acknowledgment.identification.high, at: now)
        }
        guard !isMismatch, !acknowledgment.code.isPassing else {
            effects.changes.append(.exchange(shared.exchanges[slot].row))
            return
        }
        if let first = outgoing.firstSent {
            shared.exchanges[slot].row.delay = UInt32(clamping: (now.uptime - first) / 1_000_000)
        }
        if acknowledgment.code.isAccepted {
            count(role, \.notificationsAcknowledged, \.notificationsAcknowledged)
            shared.exchanges.end(slot, .acknowledged, at: shared.time(now), &effects)
        } else {
            count(role, \.notificationsRefused, \.notificationsRefused)
            shared.exchanges.end(slot, .refused, at: shared.time(now), &effects)
        }
    }

    /// Drops an acknowledgment that is not authentic: one with another extension than those that are permitted, without exactly one
    /// authenticator of the receiver, or with a wrong one of the foreign agent that relays.
    private mutating func authenticate(
        _ datagram: RawSpan, _ outgoing: OutgoingExchange, _ row: Exchange, from source: TransportEndpoint, at now: Moment,
        _ effects: inout AgentEffects
    ) throws(Refusal) {
        guard let understanding = row.role == .homeAgent ? homeAgent?.understanding : foreignAgent?.understanding else {
            throw .discard(.notServed)
        }
        let scan = try ExtensionScan.ofNotification(
            datagram, .genericNotificationAcknowledgment, understanding: understanding)
        let relays = scan.count(of: .foreignHomeAuthentication)
        if case .notification(let notification) = outgoing.message, notification.isRelayed, relays > 0 {
            let associations =
                homeAgent?.foreignAgentAssociations.ofPeer(source.address)
                ?? homeAgent?.foreignAgentAssociations.ofPeer(row.careOfAddress)
            try check(
                scan.foreignHome, relays, associations, of: .foreignAgent, datagram, row, from: source, at: now, &effects)
        }
        try check(
            scan.authentication(outgoing.authentication), scan.count(of: outgoing.authentication), [outgoing.association],
            of: row.peerRole, datagram, row, from: source, at: now, &effects)
    }

    private mutating func check(
        _ presented: LocatedAuthentication?, _ number: Int, _ associations: [ConfiguredSecurityAssociation]?,
        of peerRole: AgentRole, _ datagram: RawSpan, _ row: Exchange, from source: TransportEndpoint, at now: Moment,
        _ effects: inout AgentEffects
    ) throws(Refusal) {
        let fault = SignalFault(presented, number, associations, in: datagram)
        shared.note(fault, of: associations, presented, at: now)
        guard let fault else { return }
        shared.report(
            fault.violation(
                by: row.role, of: peerRole, from: source, homeAddress: row.homeAddress, homeAgent: row.homeAgent,
                spi: presented?.spi), at: now, effects: &effects)
        throw .discard(fault.discardReason)
    }
}

extension OutgoingExchange {
    /// Whether an acknowledgment answers this notification: any try of it with its whole Identification, or the last one with the
    /// low word if the receiver refuses the high one (RFC 6098 §7.1).
    fileprivate func isAnswered(by acknowledgment: GenericNotificationAcknowledgment, isMismatch: Bool) -> Bool {
        guard case .notification(let sent) = message,
            sent.fixed.direction == acknowledgment.direction.path?.acknowledgment,
            sent.fixed.homeAgent == acknowledgment.homeAgent, sent.fixed.careOfAddress == acknowledgment.careOfAddress
        else { return false }
        return isMismatch
            ? identifications.last?.low == acknowledgment.identification.low
            : identifications.contains(acknowledgment.identification)
    }
}
