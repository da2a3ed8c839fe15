import AgentModel
import MobileIPv4

/// Revocations by home agents (RFC 3543 §4.1).
extension ForeignAgent {
    /// Processes a revocation from a home agent: ends the visit, acknowledges, and informs the visitor if that is to be.
    mutating func receive(
        _ revocation: RegistrationRevocation, _ datagram: RawSpan, from source: TransportEndpoint, to local: TransportEndpoint,
        at now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        do throws(Refusal) {
            guard let understood = understanding[.registrationRevocation] else { throw .discard(.unknownMessageType) }
            let scan = try ExtensionScan.ofSignal(
                datagram, from: RegistrationRevocation.fixedSize, understanding: understood,
                knowing: known.vendors)
            // A revocation of several visits at once has no defined meaning (RFC 3543 §3.3).
            guard revocation.homeDomain != .zero, revocation.homeAddress != .zero else { throw .discard(.unknownRegistration) }
            let slot = find(revocation)
            guard slot != nil || careOfAddresses.contains(revocation.foreignDomain) else { throw .discard(.notServed) }
            let peer = peer(of: revocation, slot)
            let association = try shared.authenticate(
                revocation, scan, datagram, by: homeAgentAssociations.ofPeer(peer), at: .foreignAgent, from: source, at: now,
                &effects)
            let informs = try accept(revocation, by: peer, slot, scan, datagram, at: now, &shared, &effects)
            effects.acknowledge(revocation, informs, from: local, to: source, association, .foreignHomeAuthentication)
        } catch {
            if case .discard(let reason) = error { counters.discards[reason] += 1 }
        }
    }

    /// The visit with all three addresses, because home addresses of different home agents may be the same.
    private func find(_ revocation: RegistrationRevocation) -> Int? {
        revocationTerms.slots(of: revocation.homeAddress).first { isAbout(revocation, table[$0].visitor) }
    }

    private func isAbout(_ revocation: RegistrationRevocation, _ visitor: Visitor) -> Bool {
        visitor.state == .accepted && visitor.homeAgent == revocation.homeDomain
            && visitor.careOfAddress == revocation.foreignDomain
    }

    /// Who may revoke the visit: the home agent that has agreed to it, whichever home agent its reply has named.
    private func peer(of revocation: RegistrationRevocation, _ slot: Int?) -> IPv4Address {
        slot.flatMap { revocationTerms[$0]?.homeAgent.address } ?? revocation.homeDomain
    }

    /// Ends the visit; returns I of the acknowledgment.
    ///
    /// - Parameter peer: The home agent that has signed the message. What it revokes counts for its own registrations alone.
    private mutating func accept(
        _ revocation: RegistrationRevocation, by peer: IPv4Address, _ slot: Int?, _ scan: ExtensionScan, _ datagram: RawSpan,
        at now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) -> Bool {
        if let slot, revocationTerms[slot]?.terms.peerStamp.isLater(than: revocation.identifier) == true {
            throw .discard(.replayed)
        }
        var registration = revocation.registration
        registration.homeDomain = peer
        let before = revokedByPeers.find(registration, at: now.uptime)
        guard let slot, let terms = revocationTerms[slot]?.terms, before?.identifier != revocation.identifier else {
            if slot == nil { try checkNotAgreed(revocation, scan) }
            // The acknowledgment was lost, or the visit has ended meanwhile.
            counters.revocationsRepeated += 1
            if let before {
                shared.exchanges.repeated(before.exchange, &effects)
                return revocation.informsMobileNode && before.informed
            }
            // The acceptance may still be on its way.
            revokedByPeers.note(
                registration,
                EndedRegistrations.Entry(
                    informed: false, expires: now.uptime + Self.longestDelay, identifier: revocation.identifier, exchange: 0))
            return informsCrossing(revocation, by: peer, &shared, &effects)
        }
        if let before, before.identifier.isLater(than: revocation.identifier) { throw .discard(.replayed) }
        counters.revocationsReceived += 1
        let visitor = table[slot].visitor
        let informs = !terms.informing || revocation.informsMobileNode
        if informs { inform(notice(slot), &effects) }
        let time = shared.time(now)
        let text = (try? scan.read(MessageString.self, in: scan.agentPart, of: datagram))?.printable ?? ""
        let number = shared.exchanges.insert(
            received: Exchange(
                number: 0, kind: .revocation, role: .foreignAgent, peer: peer, peerRole: .homeAgent,
                homeAddress: visitor.homeAddress, nai: visitor.nai, homeAgent: visitor.homeAgent,
                careOfAddress: visitor.careOfAddress, state: .received, tries: 1, started: time, ended: time,
                informsNode: informs, text: text), &effects)
        revokedByPeers.note(
            registration,
            EndedRegistrations.Entry(
                informed: informs, expires: table.deadline(slot), identifier: revocation.identifier, exchange: number))
        end(slot, .peerRevoked, keepsPending: true, at: now, shared, &effects)
        effects.changes.append(
            .event(
                AgentEvent(
                    time: time, kind: .revoked, role: .foreignAgent, homeAddress: visitor.homeAddress, nai: visitor.nai,
                    careOfAddress: visitor.careOfAddress, homeAgent: visitor.homeAgent, sourceAddress: peer,
                    message: "the visit of \(visitor.homeAddress) at \(visitor.careOfAddress) was revoked by the home agent"
                        + (text.isEmpty ? "" : ": \(text)"))))
        // I says that the visitor is informed because that was asked for (RFC 3543 §3.4).
        return informs && revocation.informsMobileNode
    }

    /// The longest delay of a reply that is believed, in nanoseconds: that of a request that waits for it.
    private static let longestDelay: Int64 = 60_000_000_000

    /// Both ends have revoked at the same time: the home agent's message says what is to become of the visitor.
    private mutating func informsCrossing(
        _ revocation: RegistrationRevocation, by peer: IPv4Address, _ shared: inout SharedAgentState,
        _ effects: inout AgentEffects
    ) -> Bool {
        guard revocation.informsMobileNode, let slot = shared.exchanges.waitingRevocation(of: revocation.registration),
            shared.exchanges[slot].row.peer == peer, let notice = shared.exchanges[slot].outgoing?.notice
        else { return false }
        shared.exchanges[slot].outgoing?.notice = nil
        shared.exchanges[slot].row.informsNode = true
        inform(notice, &effects)
        return true
    }

    /// Drops a revocation of a visit whose home agent has not agreed on that.
    private func checkNotAgreed(_ revocation: RegistrationRevocation, _ scan: ExtensionScan) throws(Refusal) {
        for nai in [nil, scan.nai(in: scan.agentPart)] {
            let identity = VisitorIdentity(homeAddress: revocation.homeAddress, nai: nai)
            guard let slot = table.find(identity), isAbout(revocation, table[slot].visitor) else { continue }
            throw .discard(.notAgreed)
        }
    }
}
