import AgentModel
import MobileIPv4

/// Revocation at the foreign agent (RFC 3543).
extension ForeignAgent {
    private var policy: SignallingPolicy { configuration.settings.signalling }

    // MARK: - Agreement

    /// A node behind a foreign agent must not offer revocation itself: its request is dropped (RFC 3543 §3.2).
    func checkOwnOffer(_ visiting: VisitingRequest) throws(Refusal) {
        guard policy.revocation, !visiting.isCoLocated,
            visiting.scan.first(.revocationSupport, in: MessagePart(from: 0, to: .max)) != nil
        else { return }
        throw .discard(.malformed)
    }

    /// The offer for a request that is relayed to a home agent with an association; nil for others.
    ///
    /// - Parameter associations: Those with the home agent; nil if the request is not signed for it.
    mutating func offer(
        _ visiting: VisitingRequest, _ associations: [ConfiguredSecurityAssociation]?, _ shared: inout SharedAgentState
    ) -> RevocationSupport? {
        guard policy.revocation, associations?.first != nil else { return nil }
        counters.revocationOffersSent += 1
        return RevocationSupport(
            informsMobileNode: policy.revocationInforming,
            timestamp: shared.revocationClock.stamp(at: visiting.now, for: visiting.request.homeAddress))
    }

    /// What the home agent's authentic reply agrees to; nil without an answer to the offer.
    func terms(of reply: ExtensionScan, in datagram: RawSpan, _ pending: PendingRequest) -> RevocationTerms? {
        guard let offer = pending.offer, let spi = reply.foreignHome?.spi,
            let answer = try? reply.read(RevocationSupport.self, in: reply.agentPart, of: datagram)
        else { return nil }
        return RevocationTerms(
            informing: offer.informsMobileNode && answer.informsMobileNode, peerStamp: answer.timestamp,
            ownStamp: offer.timestamp, spi: spi)
    }

    /// 65 for an acceptance without an agreement, if this agent requires one.
    mutating func checkAgreement(
        _ code: ReplyCode, _ reply: ExtensionScan, in datagram: RawSpan, _ pending: PendingRequest
    ) -> ReplyCode? {
        guard policy.revocation, policy.revocationRequired, code.isAccepted, pending.request.lifetime != .deregistration,
            careOfAddresses.contains(pending.request.careOfAddress), terms(of: reply, in: datagram, pending) == nil
        else { return nil }
        counters.revocationRefusals += 1
        return .faAdministrativelyProhibited
    }

    /// True for the acceptance of a registration that its home agent has revoked since: what it accepts later has a later timestamp.
    func isRevoked(_ reply: RegistrationReply, _ pending: PendingRequest, at now: Moment) -> Bool {
        guard reply.code.isAccepted, let agreed = pending.agreed else { return false }
        let registration = RevokedRegistration(
            homeAddress: reply.homeAddress, homeDomain: pending.sentTo.address, foreignDomain: pending.request.careOfAddress)
        guard let revoked = revokedByPeers.find(registration, at: now.uptime) else { return false }
        return !agreed.peerStamp.isLater(than: revoked.identifier)
    }

    /// 65 for a request to a home agent with which no agreement is possible, if this agent requires one.
    mutating func checkCanAgree(_ visiting: VisitingRequest, _ destination: TransportEndpoint) throws(Refusal) {
        guard policy.revocation, policy.revocationRequired, !visiting.isDeregistration,
            careOfAddresses.contains(visiting.request.careOfAddress),
            homeAgentAssociations.ofPeer(destination.address) == nil
        else { return }
        counters.revocationRefusals += 1
        throw .deny(.faAdministrativelyProhibited)
    }

    /// Keeps the terms of a visit that was accepted. It is wanted again, so that a revocation of an earlier one is not.
    mutating func keepRevocation(
        _ slot: Int, _ visitor: Visitor, _ pending: PendingRequest, at now: Moment, _ shared: inout SharedAgentState,
        _ effects: inout AgentEffects
    ) {
        let registration = RevokedRegistration(
            homeAddress: visitor.homeAddress, homeDomain: visitor.homeAgent, foreignDomain: visitor.careOfAddress)
        shared.exchanges.cancelRevocations(
            of: registration, to: pending.sentTo.address, at: shared.time(now), &effects)
        guard let terms = pending.agreed else { return revocationTerms.forget(slot, of: visitor.homeAddress) }
        counters.revocationsAgreed += 1
        revocationTerms.keep(
            VisitorTerms(terms: terms, local: pending.relayed.source, homeAgent: pending.sentTo, accepted: now.uptime), slot,
            of: visitor.homeAddress)
    }

    // MARK: - Revoking

    /// Ends the visits of a home address for an operator, or only the one with this care-of address; returns how many.
    mutating func revoke(
        _ homeAddress: IPv4Address, careOfAddress: IPv4Address?, at now: Moment, _ shared: inout SharedAgentState,
        _ effects: inout AgentEffects
    ) -> Int {
        let slots = visits(of: homeAddress, careOfAddress)
        for slot in slots { revokeByOperator(slot, at: now, &shared, &effects) }
        return slots.count
    }

    /// Ends a visit for an operator.
    ///
    /// - Parameter text: What the home agent is to read if it is informed; empty for nothing.
    mutating func revokeByOperator(
        _ slot: Int, text: String = "", at now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        revoke(slot, "by an operator" + (text.isEmpty ? "" : ": \(text)"), text: text, at: now, &shared, &effects)
    }

    /// The slots of a home address's accepted visits.
    func visits(of homeAddress: IPv4Address, _ careOfAddress: IPv4Address?) -> [Int] {
        let rows = table.rows
        return (0..<rows.end).filter {
            guard rows.contains($0) else { return false }
            let visitor = rows[$0].visitor
            return visitor.homeAddress == homeAddress && visitor.state == .accepted
                && (careOfAddress ?? visitor.careOfAddress) == visitor.careOfAddress
        }
    }

    /// Ends a visit, and informs its home agent and the visitor.
    private mutating func revoke(
        _ slot: Int, _ why: String, text: String = "", at now: Moment, _ shared: inout SharedAgentState,
        _ effects: inout AgentEffects
    ) {
        let visitor = table[slot].visitor
        let notice = notice(slot)
        if let terms = revocationTerms[slot], policy.revocation {
            let asks = terms.terms.informing && policy.revocationInforming
            send(
                RevokedVisit(visitor, terms), expires: table.deadline(slot), notice: asks ? notice : nil, text: text, at: now,
                &shared, &effects)
            if !asks { inform(notice, &effects) }
        } else {
            inform(notice, &effects)
        }
        end(slot, .administrativelyRevoked, keepsPending: false, at: now, shared, &effects)
        effects.changes.append(
            .event(
                AgentEvent(
                    time: shared.time(now), kind: .revoked, role: .foreignAgent, homeAddress: visitor.homeAddress,
                    nai: visitor.nai, careOfAddress: visitor.careOfAddress, homeAgent: visitor.homeAgent,
                    message: "the visit of \(visitor.homeAddress) at \(visitor.careOfAddress) was revoked \(why)")))
    }

    /// A home agent has accepted a request, but this agent has refused the reply: the home agent is to end the binding (RFC 4636 §3), and
    /// an earlier visit ends. What the reply lacks (98, 99) is taken from the request. A binding whose home address nobody has named
    /// cannot be revoked, and expires.
    mutating func revokeRefused(
        _ reply: RegistrationReply, _ slot: Int, _ pending: PendingRequest, _ terms: RevocationTerms, at now: Moment,
        _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        guard policy.revocation, reply.lifetime != .deregistration else { return }
        // A visit is in the slot unless the request was the first one.
        if table.rows.contains(slot), table[slot].visitor.state == .accepted {
            end(slot, .administrativelyRevoked, keepsPending: false, at: now, shared, &effects)
        }
        var visitor = Visitor(pending, created: shared.time(now), expires: shared.time(now))
        if reply.homeAddress != .zero {
            visitor.homeAddress = reply.homeAddress
        } else if pending.isWish {
            // The home agent has chosen an address that is not known here; the wished one may be that of another node.
            return
        }
        if reply.homeAgent != .zero { visitor.homeAgent = reply.homeAgent }
        guard visitor.homeAddress != .zero else { return }
        let lifetime = min(reply.lifetime, pending.request.lifetime)
        let expires = lifetime == .infinity ? nil : now.uptime + Int64(lifetime.rawValue) * 1_000_000_000
        send(
            RevokedVisit(
                visitor,
                VisitorTerms(terms: terms, local: pending.relayed.source, homeAgent: pending.sentTo, accepted: now.uptime)),
            expires: expires, notice: nil, at: now, &shared, &effects)
    }

    /// - Parameters:
    ///   - notice: The visitor to be informed if the home agent decides that; nil for none.
    ///   - text: What the home agent is to read; empty for nothing.
    private mutating func send(
        _ visit: RevokedVisit, expires: Int64?, notice: VisitorNotice?, text: String = "", at now: Moment,
        _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        let associations =
            homeAgentAssociations.ofPeer(visit.terms.homeAgent.address) ?? homeAgentAssociations.ofPeer(visit.visitor.homeAgent)
        let spi = visit.terms.terms.spi
        let visitor = visit.visitor
        guard shared.exchanges.hasRoom, let association = associations?.first(spi) ?? associations?.first else {
            counters.revocationsUnacknowledged += 1
            effects.changes.append(.event(Self.notSent(visitor, hasRoom: shared.exchanges.hasRoom, at: shared.time(now))))
            if let notice { inform(notice, &effects) }
            return
        }
        let outgoing = OutgoingExchange(
            .revocation(
                RegistrationRevocation(
                    isFromHomeDomain: false, informsMobileNode: notice != nil, homeAddress: visitor.homeAddress,
                    homeDomain: visitor.homeAgent, foreignDomain: visitor.careOfAddress, identifier: 0)),
            from: visit.terms.local, to: visit.terms.homeAgent, signedBy: association, in: .foreignHomeAuthentication,
            expires: expires, notice: notice)
        let row = Exchange(
            number: 0, kind: .revocation, role: .foreignAgent, peer: visit.terms.homeAgent.address, peerRole: .homeAgent,
            homeAddress: visitor.homeAddress, nai: visitor.nai, homeAgent: visitor.homeAgent,
            careOfAddress: visitor.careOfAddress, state: .waiting, started: shared.time(now), reason: .administrativelyRevoked,
            informsNode: notice == nil, text: text)
        // At most one message of registration or revocation a second for each visit (RFC 3543 §3.3).
        let earliest = max(now.uptime, visit.terms.accepted + OutgoingExchange.shortestGap)
        shared.exchanges.insert(outgoing, row, notBefore: earliest, &effects)
    }

    private static func notSent(_ visitor: Visitor, hasRoom: Bool, at time: Timestamp) -> AgentEvent {
        let why =
            hasRoom ? "there is no association with it" : "too many revocations wait for their acknowledgments"
        return AgentEvent(
            time: time, kind: .revocationUnacknowledged, role: .foreignAgent, homeAddress: visitor.homeAddress,
            nai: visitor.nai, careOfAddress: visitor.careOfAddress, homeAgent: visitor.homeAgent,
            message: "cannot inform the home agent \(visitor.homeAgent) that the visit of \(visitor.homeAddress) was revoked: "
                + why)
    }

    /// Removes a visit.
    ///
    /// - Parameter keepsPending: whether a request of its node that waits goes on waiting, as that of a node that has no visit yet: its
    ///   home agent has received it after it ended the binding.
    mutating func end(
        _ slot: Int, _ reason: EndReason, keepsPending: Bool, at now: Moment, _ shared: SharedAgentState,
        _ effects: inout AgentEffects
    ) {
        let entry = table[slot]
        endFeatures(slot, reason, &effects)
        effects.changes.append(.visitorRemoved(entry.visitor.key, reason))
        guard let pending = entry.pending, keepsPending else {
            if let pending = entry.pending { settle(pending, \.discarded, &effects) }
            table.remove(slot)
            return
        }
        let wait = max(0, pending.deadline - now.uptime) / 1_000_000
        let time = shared.time(now)
        var visitor = Visitor(pending, created: time, expires: time.adding(milliseconds: wait))
        visitor.nai = entry.identity.nai
        table.update(slot, visitor, deadline: nil)
        effects.changes.append(.visitor(visitor))
    }

    // MARK: - Informing the visitor

    func notice(_ slot: Int) -> VisitorNotice {
        let entry = table[slot]
        return VisitorNotice(
            homeAddress: entry.visitor.homeAddress, sourceAddress: entry.visitor.sourceAddress, linkLayer: entry.linkLayer,
            identification: entry.visitor.identification)
    }

    mutating func inform(_ notice: VisitorNotice, _ effects: inout AgentEffects) {
        counters.visitorsInformed += 1
        effects.notices.append(notice)
    }

    // MARK: - Withdrawing

    /// Begins to end all visits whose home agents can be informed of it, or stops that.
    mutating func withdraw(_ isWithdrawing: Bool) {
        withdrawal = isWithdrawing && policy.revocation ? Withdrawal() : nil
    }

    /// Ends some visits, as fast as the home agents can be informed.
    mutating func advanceWithdrawal(to now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects) {
        guard var state = withdrawal, state.begin(at: now.uptime) else { return }
        guard policy.revocation else {
            withdrawal = nil
            return
        }
        while let slot = state.next(before: table.rows.end, waiting: shared.exchanges.waitingCount) {
            guard table.rows.contains(slot), revocationTerms[slot] != nil else { continue }
            revoke(slot, "because registration was switched off", at: now, &shared, &effects)
        }
        withdrawal = state.paused(before: table.rows.end, waiting: shared.exchanges.waitingCount, at: now.uptime)
    }
}

/// A visit that this agent has ended, or never begun.
private struct RevokedVisit {
    let visitor: Visitor
    let terms: VisitorTerms

    init(_ visitor: Visitor, _ terms: VisitorTerms) {
        self.visitor = visitor
        self.terms = terms
    }
}
