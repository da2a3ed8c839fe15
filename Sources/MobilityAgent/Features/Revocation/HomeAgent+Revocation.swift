import AgentModel
import MobileIPv4

/// The offer of a request to inform each other of a revocation, as far as the home agent can take it up.
struct RevocationOffer {
    var support: RevocationSupport
    /// True for a node with a co-located care-of address that has sent the request itself.
    var isDirect: Bool
    /// The timestamp of this agent's own extension in the reply.
    var ownStamp: UInt32
    /// Whether both ends let the home agent decide if the mobile node is informed.
    var informing: Bool

    var agreement: RevocationAgreement { informing ? .agreedInforming : .agreed }
}

/// Revocation at the home agent (RFC 3543).
extension HomeAgent {
    private var policy: SignallingPolicy { configuration.settings.signalling }

    // MARK: - Agreement

    /// 132 for an offer that nobody has signed: a foreign agent's offer must be covered by its authenticator (RFC 3543 §3.2); 129 if this
    /// agent requires an offer and there is none. Takes up the offer otherwise.
    mutating func checkRevocationOffer(
        _ datagram: RawSpan, _ incoming: inout IncomingRequest, _ shared: inout SharedAgentState
    ) throws(Refusal) {
        guard policy.revocation, !incoming.isDeregistration else { return }
        let unsigned = MessagePart(from: incoming.signedPart.end, to: .max)
        if !incoming.isDirect, incoming.scan.first(.revocationSupport, in: unsigned) != nil {
            throw .deny(.haForeignAgentFailedAuthentication)
        }
        takeUpOffer(datagram, &incoming, &shared)
        if incoming.revocation != nil {
            counters.revocationOffersReceived += 1
        } else if policy.revocationRequired {
            counters.revocationRefusals += 1
            throw .deny(.haAdministrativelyProhibited)
        }
    }

    /// Takes up the offer of a request, if there is one.
    private func takeUpOffer(_ datagram: RawSpan, _ incoming: inout IncomingRequest, _ shared: inout SharedAgentState) {
        guard let support = revocationSupport(datagram, incoming) else { return }
        incoming.revocation = RevocationOffer(
            support: support, isDirect: incoming.isDirect,
            ownStamp: shared.revocationClock.stamp(at: incoming.now, for: incoming.homeAddress),
            informing: support.informsMobileNode && policy.revocationInforming)
    }

    /// Answers the offer in a copy of an accepted request again: a lost reply must not leave the two ends in disagreement.
    func repeatAgreement(_ datagram: RawSpan, _ incoming: inout IncomingRequest) {
        guard policy.revocation, !incoming.isDeregistration, let node = incoming.node,
            let slot = bindings.find(incoming.request.careOfAddress, of: nodes[node])
        else { return }
        // Anyone may have sent the copy: what was agreed on stays, and only who has agreed on it gets the answer.
        let binding = bindings[slot].binding
        guard binding.revocation != .none, binding.sourceAddress == incoming.source.address,
            let terms = revocationTerms[slot], let support = revocationSupport(datagram, incoming)
        else { return }
        incoming.revocation = RevocationOffer(
            support: support, isDirect: incoming.isDirect, ownStamp: terms.ownStamp, informing: terms.informing)
    }

    /// The offer where it must stand: before the node's authenticator from a node that registers directly, before the foreign agent's
    /// otherwise. A node's own offer through a foreign agent does not count.
    private func revocationSupport(_ datagram: RawSpan, _ incoming: IncomingRequest) -> RevocationSupport? {
        let part = incoming.place(of: .revocationSupport)
        return part.flatMap { try? incoming.scan.read(RevocationSupport.self, in: $0, of: datagram) }
    }

    /// Notes the agreement in a new or renewed binding.
    func grantRevocation(_ binding: inout Binding, _ incoming: IncomingRequest) {
        binding.revocation = incoming.revocation?.agreement ?? .none
    }

    /// Keeps the terms of the agreement. The binding is wanted again, so that a revocation of an earlier one is not.
    mutating func keepRevocation(
        _ slot: Int, _ incoming: IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        shared.exchanges.cancelRevocations(of: bindings[slot].binding.registration, at: incoming.time, &effects)
        guard let offer = incoming.revocation else { return }
        counters.revocationsAgreed += 1
        let spi = (offer.isDirect ? incoming.association : incoming.foreignHome)?.association.spi
        revocationTerms[slot] = RevocationTerms(
            informing: offer.informing, peerStamp: offer.support.timestamp, ownStamp: offer.ownStamp,
            spi: spi ?? SecurityParameterIndex(rawValue: 0))
    }

    /// Answers the offer in an acceptance, covered by the authenticator for who has made it.
    func answerRevocationOffer(
        _ code: ReplyCode, beforeAuthenticator: Bool, _ incoming: IncomingRequest, _ payload: inout [UInt8]
    ) {
        guard code.isAccepted, let offer = incoming.revocation, offer.isDirect == beforeAuthenticator else { return }
        payload.append(extension: RevocationSupport(informsMobileNode: offer.informing, timestamp: offer.ownStamp))
    }

    // MARK: - Revoking

    /// Informs the other end of a binding that ends, if both have agreed on that and the other end does not know it already.
    ///
    /// - Parameters:
    ///   - source: Who has sent the message that ends the binding; nil for none.
    ///   - text: What the other end is to read; empty for nothing.
    mutating func revoke(
        _ slot: Int, _ reason: EndReason, causedBy source: IPv4Address?, text: String, at now: Moment,
        _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        let binding = bindings[slot].binding
        guard binding.revocation != .none, let terms = revocationTerms[slot], policy.revocation else { return }
        switch reason {
        case .administrativelyRevoked, .drained: break
        case .replaced, .deregistered, .denied:
            // A node that registers directly has caused this itself.
            if binding.isDirect || binding.sourceAddress == source { return }
        case .expired, .timedOut, .evicted, .peerRevoked: return
        }
        // At most one message of registration or revocation a second for each binding (RFC 3543 §3.3).
        let sinceReply = min(1000, max(0, shared.time(now).milliseconds(since: binding.renewed))) * 1_000_000
        send(
            PendingRevocation(binding, terms, reason, text: text), expires: bindings.deadline(slot),
            notBefore: max(now.uptime, now.uptime - sinceReply + OutgoingExchange.shortestGap), at: now, &shared, &effects)
    }

    /// Sends a revocation, and again until it is acknowledged.
    ///
    /// - Parameters:
    ///   - expires: When the binding would end by itself, in `Moment.uptime`; nil for never.
    ///   - earliest: When it may be sent, in `Moment.uptime`.
    mutating func send(
        _ pending: PendingRevocation, expires: Int64?, notBefore earliest: Int64, at now: Moment,
        _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        guard policy.revocation else { return }
        let endpoint = endpoint(for: pending)
        guard shared.exchanges.hasRoom, let local = endpoint, let association = association(for: pending) else {
            counters.revocationsUnacknowledged += 1
            let why =
                if endpoint == nil {
                    "\(pending.homeAgent) is not an address of this agent"
                } else if shared.exchanges.hasRoom {
                    "there is no association with it"
                } else {
                    "too many revocations wait for their acknowledgments"
                }
            effects.changes.append(.event(Self.notSent(pending, why, at: shared.time(now))))
            return
        }
        // The message goes to the port of the protocol; agents that use another one all use the same.
        let port = local.port == TransportEndpoint.registrationPort ? local.port : pending.sourcePort
        let outgoing = OutgoingExchange(
            .revocation(
                RegistrationRevocation(
                    isFromHomeDomain: true, informsMobileNode: pending.isDirect || pending.informsNode,
                    homeAddress: pending.homeAddress,
                    homeDomain: pending.homeAgent, foreignDomain: pending.careOfAddress, identifier: 0)),
            from: local, to: TransportEndpoint(pending.sourceAddress, port: port), signedBy: association,
            in: pending.isDirect ? .mobileHomeAuthentication : .foreignHomeAuthentication, expires: expires,
            revocation: pending)
        let row = Exchange(
            number: 0, kind: .revocation, role: .homeAgent, peer: pending.sourceAddress,
            peerRole: pending.isDirect ? .mobileNode : .foreignAgent, homeAddress: pending.homeAddress, nai: pending.nai,
            homeAgent: pending.homeAgent, careOfAddress: pending.careOfAddress, state: .waiting, started: shared.time(now),
            reason: pending.reason, informsNode: pending.isDirect || pending.informsNode, text: pending.text)
        shared.exchanges.insert(outgoing, row, notBefore: earliest, &effects)
        unsaved.insert(mobileNode: pending.homeAddress)
    }

    private static func notSent(_ pending: PendingRevocation, _ why: String, at time: Timestamp) -> AgentEvent {
        AgentEvent(
            time: time, kind: .revocationUnacknowledged, role: .homeAgent, homeAddress: pending.homeAddress, nai: pending.nai,
            careOfAddress: pending.careOfAddress, homeAgent: pending.homeAgent, sourceAddress: pending.sourceAddress,
            message: "cannot inform \(pending.sourceAddress) that the registration of \(pending.homeAddress) at "
                + "\(pending.careOfAddress) was revoked: \(why)")
    }

    /// Whether the other end of a binding can be informed of its end: both have agreed on that, and there is an association that signs the
    /// message and an address of this agent that it comes from.
    func canInform(_ slot: Int) -> Bool {
        let binding = bindings[slot].binding
        guard policy.revocation, binding.revocation != .none, let terms = revocationTerms[slot] else { return false }
        let pending = PendingRevocation(binding, terms, .drained)
        return endpoint(for: pending) != nil && association(for: pending) != nil
    }

    /// Where a revocation is sent from; nil if its registration was with an address that is no longer this agent's.
    private func endpoint(for pending: PendingRevocation) -> TransportEndpoint? {
        configuration.endpoints.first { $0.address == pending.homeAgent }
    }

    private func association(for pending: PendingRevocation) -> ConfiguredSecurityAssociation? {
        let associations =
            pending.isDirect
            ? mobileNodeAssociations.ofMobileNode(
                pending.homeAddress, nai: pending.nai, owner: assignments.owner(of: pending.homeAddress))
            : foreignAgentAssociations.ofPeer(pending.sourceAddress) ?? foreignAgentAssociations.ofPeer(pending.careOfAddress)
        return associations?.first(pending.spi) ?? associations?.first
    }

    // MARK: - Withdrawing

    /// Begins to end all bindings whose other end can be informed of it, or stops that.
    mutating func withdraw(_ isWithdrawing: Bool) {
        withdrawal = isWithdrawing && policy.revocation ? Withdrawal() : nil
    }

    /// Ends some bindings, as fast as the other ends can be informed.
    mutating func advanceWithdrawal(to now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects) {
        guard var state = withdrawal, state.begin(at: now.uptime) else { return }
        guard policy.revocation else {
            withdrawal = nil
            return
        }
        while let slot = state.next(before: bindings.rows.end, waiting: shared.exchanges.waitingCount) {
            guard bindings.rows.contains(slot), bindings[slot].binding.revocation != .none else { continue }
            revoke(slot, ": registration was switched off", at: now, &shared, &effects)
        }
        withdrawal = state.paused(before: bindings.rows.end, waiting: shared.exchanges.waitingCount, at: now.uptime)
    }

    /// Ends a binding for an operator.
    ///
    /// - Parameter text: What the other end is to read if it is informed; empty for nothing.
    mutating func revokeByOperator(
        _ slot: Int, text: String = "", at now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        revoke(slot, " by an operator" + (text.isEmpty ? "" : ": \(text)"), text: text, at: now, &shared, &effects)
    }

    /// - Parameter why: The end of the sentence of the event.
    private mutating func revoke(
        _ slot: Int, _ why: String, text: String = "", at now: Moment, _ shared: inout SharedAgentState,
        _ effects: inout AgentEffects
    ) {
        let binding = bindings[slot].binding
        end(slot, .administrativelyRevoked, text: text, at: now, &shared, &effects)
        effects.changes.append(
            .event(
                AgentEvent(
                    time: shared.time(now), kind: .revoked, role: .homeAgent, homeAddress: binding.homeAddress, nai: binding.nai,
                    careOfAddress: binding.careOfAddress, homeAgent: binding.homeAgent,
                    message: "the binding of \(binding.homeAddress) at \(binding.careOfAddress) was revoked\(why)")))
    }
}

extension Binding {
    /// What identifies it in revocation messages.
    var registration: RevokedRegistration {
        RevokedRegistration(homeAddress: homeAddress, homeDomain: homeAgent, foreignDomain: careOfAddress)
    }

    /// True for a node that decapsulates datagrams itself and has registered without a foreign agent.
    var isDirect: Bool { flags.contains(.decapsulationByMN) && sourceAddress == careOfAddress }
}
