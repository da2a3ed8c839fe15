import AgentModel
import MobileIPv4

/// Sending what waits for an acknowledgment, again and again at growing intervals, and giving up.
extension MobilityAgent {
    /// Most messages of one call, so that many that are due together do not keep registrations waiting.
    private static let exchangesPerCall = 256

    /// Sends what is due, and gives up what has been tried often enough or has become meaningless.
    mutating func advanceExchanges(to now: Moment, _ effects: inout AgentEffects) {
        guard let deadline = shared.exchanges.nextDeadline, deadline <= now.uptime else { return }
        for _ in 0..<Self.exchangesPerCall {
            guard let slot = shared.exchanges.popDue(now.uptime), let outgoing = shared.exchanges[slot].outgoing else { return }
            switch outgoing.message {
            case .revocation(let revocation): advance(slot, revocation, outgoing, at: now, &effects)
            case .notification(let notification): advance(slot, notification, at: now, &effects)
            }
        }
    }

    private mutating func advance(
        _ slot: Int, _ revocation: RegistrationRevocation, _ outgoing: OutgoingExchange, at now: Moment,
        _ effects: inout AgentEffects
    ) {
        // Its acknowledgment would not be understood.
        guard settings.signalling.revocation else { return conclude(slot, at: now, &effects) }
        let row = shared.exchanges[slot].row
        let isPast = outgoing.expires.map { $0 <= now.uptime } ?? false
        // An operator may have changed or removed the key since.
        guard let association = shared.associations.find(outgoing.association.association.key)?.configured else {
            return giveUp(slot, ": there is no association with it", at: now, &effects)
        }
        guard !isPast, row.tries < settings.signalling.retransmissionTries else {
            let reason = row.tries == 0 ? ": its lifetime was over before it was sent" : ", in \(row.tries) tries"
            return giveUp(slot, reason, at: now, &effects)
        }
        var outgoing = outgoing
        outgoing.association = association
        let identifier = shared.revocationClock.identifier(at: now, for: row.homeAddress)
        if row.role == .homeAgent { homeAgent?.unsaved.insert(mobileNode: row.homeAddress) }
        let payload = outgoing.makePayload(revocation, nai: row.nai, text: text(of: row), identifier: identifier)
        noteTry(slot, outgoing, payload, at: now, &effects)
        wait(slot, at: now, &effects)
    }

    /// The text of a message, as from this agent's role; nil for none.
    func text(of row: Exchange) -> MessageString? {
        MessageString(author: row.role == .homeAgent ? .homeAgent : .foreignAgent, clipping: row.text)
    }

    /// Sends a message, and notes the try.
    mutating func noteTry(
        _ slot: Int, _ outgoing: OutgoingExchange, _ payload: [UInt8], at now: Moment, _ effects: inout AgentEffects
    ) {
        effects.datagrams.append(
            OutgoingDatagram(source: outgoing.local, destination: outgoing.destination, payload: payload))
        shared.exchanges[slot].outgoing = outgoing
        shared.exchanges[slot].row.tries += 1
        let row = shared.exchanges[slot].row
        if row.tries == 1 { shared.exchanges[slot].outgoing?.firstSent = now.uptime }
        countTry(of: row)
    }

    /// Waits for the acknowledgment of what was sent, until the next try.
    mutating func wait(_ slot: Int, at now: Moment, _ effects: inout AgentEffects) {
        let (tries, policy) = (shared.exchanges[slot].row.tries, settings.signalling)
        let wait = Int64(policy.retransmissionTimeout) << Int64(min(tries - 1, 16)) * 1_000_000_000
        let due = min(now.uptime + wait, shared.exchanges[slot].outgoing?.expires ?? .max)
        shared.exchanges[slot].row.nextTry = tries < policy.retransmissionTries ? shared.time(now, uptime: due) : nil
        shared.exchanges.schedule(slot, at: due)
        effects.changes.append(.exchange(shared.exchanges[slot].row))
    }

    private mutating func countTry(of row: Exchange) {
        switch (row.kind, row.tries) {
        case (.revocation, 1): count(row.role, \.revocationsSent, \.revocationsSent)
        case (.revocation, _): count(row.role, \.revocationsResent, \.revocationsResent)
        case (.notification, 1): count(row.role, \.notificationsSent, \.notificationsSent)
        case (.notification, _): count(row.role, \.notificationsResent, \.notificationsResent)
        }
    }

    private mutating func giveUp(_ slot: Int, _ reason: String, at now: Moment, _ effects: inout AgentEffects) {
        let row = shared.exchanges[slot].row
        conclude(slot, at: now, &effects)
        count(row.role, \.revocationsUnacknowledged, \.revocationsUnacknowledged)
        let time = shared.time(now)
        shared.alarm(
            AgentEvent(
                time: time, kind: .revocationUnacknowledged, role: row.role, homeAddress: row.homeAddress,
                nai: row.nai, careOfAddress: row.careOfAddress, homeAgent: row.homeAgent, sourceAddress: row.peer,
                message: "\(row.peer) did not acknowledge that the registration of \(row.homeAddress) at "
                    + "\(row.careOfAddress) was revoked" + reason),
            of: .revocationUnacknowledged, isKnown: true, at: now, effects: &effects)
    }

    /// Ends a revocation that was not acknowledged. The visitor that was to be informed as the home agent decides is informed.
    private mutating func conclude(_ slot: Int, at now: Moment, _ effects: inout AgentEffects) {
        let entry = shared.exchanges[slot]
        shared.exchanges.end(slot, .unanswered, at: shared.time(now), &effects)
        if entry.row.role == .homeAgent { homeAgent?.unsaved.insert(mobileNode: entry.row.homeAddress) }
        if let notice = entry.outgoing?.notice { foreignAgent?.inform(notice, &effects) }
    }

    /// Counts for the role that sends.
    mutating func count(
        _ role: AgentRole, _ home: WritableKeyPath<HomeAgentCounters, UInt64>,
        _ foreign: WritableKeyPath<ForeignAgentCounters, UInt64>
    ) {
        if role == .homeAgent { homeAgent?.counters[keyPath: home] += 1 } else { foreignAgent?.counters[keyPath: foreign] += 1 }
    }
}
