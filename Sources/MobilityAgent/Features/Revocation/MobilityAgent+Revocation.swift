import AgentModel
import MobileIPv4

/// Registration Revocations and their acknowledgments (RFC 3543).
extension MobilityAgent {
    /// Whether a foreign agent offers to inform home agents of revocations, which its advertisements say (X, RFC 3543 §3.1): it shares an
    /// association with one at least.
    public var offersRevocation: Bool {
        guard let foreignAgent else { return false }
        return settings.signalling.revocation && foreignAgent.homeAgentAssociations.isAny
    }

    /// Passes a revocation to the role that it is for: one from a home domain is for a foreign agent.
    mutating func receiveRevocation(
        _ datagram: RawSpan, from source: TransportEndpoint, to local: TransportEndpoint, at now: Moment,
        _ effects: inout AgentEffects
    ) {
        guard let revocation = try? RegistrationRevocation(decoding: datagram) else {
            discard(.malformed)
            return
        }
        if revocation.isFromHomeDomain {
            if foreignAgent?.listens(on: local) == true {
                foreignAgent?.receive(revocation, datagram, from: source, to: local, at: now, &shared, &effects)
            } else if homeAgent?.listens(on: local) == true {
                // A message of this home agent that comes back to it: with one key for both directions, only A shows that.
                homeAgent?.counters.discards[.reflected] += 1
            } else {
                discard(.notServed)
            }
        } else if homeAgent?.listens(on: local) == true {
            homeAgent?.receive(revocation, datagram, from: source, to: local, at: now, &shared, &effects)
        } else if foreignAgent?.listens(on: local) == true {
            foreignAgent?.counters.discards[.reflected] += 1
        } else {
            discard(.notServed)
        }
    }

    /// Finds the revocation that is acknowledged, and does what waited for that.
    mutating func receiveAcknowledgment(
        _ datagram: RawSpan, from source: TransportEndpoint, to local: TransportEndpoint, at now: Moment,
        _ effects: inout AgentEffects
    ) {
        guard let acknowledgment = try? RevocationAcknowledgment(decoding: datagram) else {
            discard(.malformed)
            return
        }
        let answered = shared.exchanges.waiting(about: acknowledgment.homeAddress).first {
            guard let outgoing = shared.exchanges[$0].outgoing, case .revocation = outgoing.message else { return false }
            return outgoing.destination.address == source.address && outgoing.local == local
                && outgoing.identifiers.contains(acknowledgment.identifier)
        }
        guard let slot = answered, var outgoing = shared.exchanges[slot].outgoing,
            let association = shared.associations.find(outgoing.association.association.key)?.configured
        else {
            discard(.unmatchedAcknowledgment)
            return
        }
        outgoing.association = association
        let row = shared.exchanges[slot].row
        if let reason = acknowledgmentFault(datagram, outgoing, row, from: source, at: now, &effects) {
            if row.role == .homeAgent {
                homeAgent?.counters.discards[reason] += 1
            } else {
                foreignAgent?.counters.discards[reason] += 1
            }
            return
        }
        count(row.role, \.revocationsAcknowledged, \.revocationsAcknowledged)
        if let first = outgoing.firstSent {
            shared.exchanges[slot].row.delay = UInt32(clamping: (now.uptime - first) / 1_000_000)
        }
        if row.role == .foreignAgent {
            // I counts only if this agent has asked the home agent to decide.
            let informs = outgoing.notice != nil && acknowledgment.informedMobileNode
            shared.exchanges[slot].row.informsNode = informs || row.informsNode && outgoing.notice == nil
            if informs, let notice = outgoing.notice { foreignAgent?.inform(notice, &effects) }
        } else {
            shared.exchanges[slot].row.informsNode = row.informsNode && acknowledgment.informedMobileNode
            homeAgent?.unsaved.insert(mobileNode: row.homeAddress)
        }
        shared.exchanges.end(slot, .acknowledged, at: shared.time(now), &effects)
    }

    /// Why an acknowledgment is dropped, if it is: only the right authenticator is believed.
    private mutating func acknowledgmentFault(
        _ datagram: RawSpan, _ outgoing: OutgoingExchange, _ row: Exchange, from source: TransportEndpoint, at now: Moment,
        _ effects: inout AgentEffects
    ) -> DiscardReason? {
        let scan: ExtensionScan
        do {
            scan = try ExtensionScan(
                datagram, from: RevocationAcknowledgment.fixedSize, understanding: Self.acknowledgmentUnderstanding)
        } catch {
            return DiscardReason(error)
        }
        let presented = outgoing.authentication == .foreignHomeAuthentication ? scan.foreignHome : scan.mobileHome
        let fault = SignalFault(presented, scan.count(of: outgoing.authentication), [outgoing.association], in: datagram)
        shared.note(fault, of: [outgoing.association], presented, at: now)
        guard let fault else { return nil }
        shared.report(
            fault.violation(
                by: row.role, of: row.peerRole, from: source, homeAddress: row.homeAddress, homeAgent: row.homeAgent,
                spi: presented?.spi), at: now, effects: &effects)
        return fault.discardReason
    }

    private static let acknowledgmentUnderstanding = ExtensionUnderstanding(.base)
}
