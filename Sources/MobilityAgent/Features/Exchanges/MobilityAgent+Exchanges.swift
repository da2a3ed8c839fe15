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
            guard let slot = shared.exchanges.popDue(now.uptime) else { return }
            let entry = shared.exchanges[slot]
            let isPast = entry.outgoing?.expires.map { $0 <= now.uptime } ?? false
            guard settings.signalling.revocation else {
                // Its acknowledgment would not be understood.
                conclude(slot, at: now, &effects)
                continue
            }
            if isPast || entry.row.tries >= settings.signalling.retransmissionTries {
                giveUp(slot, at: now, &effects)
            } else {
                transmit(slot, at: now, &effects)
            }
        }
    }

    private mutating func transmit(_ slot: Int, at now: Moment, _ effects: inout AgentEffects) {
        guard var outgoing = shared.exchanges[slot].outgoing else { return }
        // An operator may have changed or removed the key since.
        guard let association = shared.associations.find(outgoing.association.association.key)?.configured else {
            return giveUp(slot, at: now, &effects)
        }
        outgoing.association = association
        var row = shared.exchanges[slot].row
        let author: MessageString.Author = row.role == .homeAgent ? .homeAgent : .foreignAgent
        let identifier = shared.revocationClock.identifier(at: now, for: row.homeAddress)
        if row.role == .homeAgent { homeAgent?.unsaved.insert(mobileNode: row.homeAddress) }
        let payload = outgoing.makePayload(
            nai: row.nai, text: MessageString(author: author, clipping: row.text), identifier: identifier)
        effects.datagrams.append(
            OutgoingDatagram(source: outgoing.local, destination: outgoing.destination, payload: payload))
        row.tries += 1
        if row.tries == 1 {
            outgoing.firstSent = now.uptime
            count(row.role, \.revocationsSent, \.revocationsSent)
        } else {
            count(row.role, \.revocationsResent, \.revocationsResent)
        }
        let wait = Int64(settings.signalling.retransmissionTimeout) << Int64(min(row.tries - 1, 16)) * 1_000_000_000
        let due = min(now.uptime + wait, outgoing.expires ?? .max)
        row.nextTry = row.tries < settings.signalling.retransmissionTries ? shared.time(now, uptime: due) : nil
        shared.exchanges[slot] = ExchangeEntry(row: row, outgoing: outgoing)
        shared.exchanges.schedule(slot, at: due)
        effects.changes.append(.exchange(row))
    }

    private mutating func giveUp(_ slot: Int, at now: Moment, _ effects: inout AgentEffects) {
        let row = shared.exchanges[slot].row
        conclude(slot, at: now, &effects)
        count(row.role, \.revocationsUnacknowledged, \.revocationsUnacknowledged)
        let time = shared.time(now)
        shared.alarm(
            AgentEvent(
                time: time, kind: .revocationUnacknowledged, role: row.role, homeAddress: row.homeAddress,
                nai: row.nai, careOfAddress: row.careOfAddress, homeAgent: row.homeAgent, sourceAddress: row.peer,
                message: "\(row.peer) did not acknowledge that the registration of \(row.homeAddress) at "
                    + "\(row.careOfAddress) was revoked, in \(row.tries) tries"),
            of: .revocationUnacknowledged, isKnown: true, at: now, effects: &effects)
    }

    /// Ends an exchange that was not acknowledged. The visitor that was to be informed as the home agent decides is informed.
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
