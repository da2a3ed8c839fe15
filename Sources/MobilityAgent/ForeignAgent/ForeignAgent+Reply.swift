import AgentModel
import MobileIPv4

extension ForeignAgent {
    mutating func receiveReply(
        _ datagram: RawSpan, from source: TransportEndpoint, at now: Moment, shared: inout SharedAgentState,
        effects: inout AgentEffects
    ) {
        guard let understood = understanding[.registrationReply] else { return }
        let reply: RegistrationReply
        do {
            reply = try RegistrationReply(decoding: datagram)
        } catch {
            counters.discards[.malformed] += 1
            return
        }
        let scan: ExtensionScan
        let isPoorlyFormed: Bool
        do {
            (scan, isPoorlyFormed) = try ExtensionScan.readable(
                datagram, from: RegistrationReply.fixedSize, understanding: understood)
        } catch {
            counters.discards[DiscardReason(error)] += 1
            return
        }
        do throws(Refusal) {
            try readFeatures(scan, from: source.address, at: now, &shared, &effects)
        } catch {
            if case .discard(let reason) = error { counters.discards[reason] += 1 }
            return
        }
        let nai = scan.nai(in: scan.homePart)
        guard let slot = table.find(answeredBy: reply, nai: nai, from: source.address), var pending = table[slot].pending else {
            counters.discards[.unmatchedReply] += 1
            return
        }
        // The answer to a discovery comes from the home agent itself, not from the broadcast address to which the request was sent.
        let isDiscovery = reply.code == .haUnknownHomeAgentAddress && reply.homeAgent == source.address
        guard source.address == pending.sentTo.address || isDiscovery else {
            counters.discards[.wrongReplySource] += 1
            return
        }
        counters.repliesReceived += 1
        counters.repliesReceivedByCode[reply.code] += 1
        counters.extensionsSkipped += UInt64(scan.skipped)
        counters.unsignedExtensionsIgnored += scan.countMisplaced {
            switch $0 {
            case .mobileNodeNAI: scan.homePart
            case .challenge: scan.agentPart
            default: nil
            }
        }

        var fault: ReplyCode?
        // Whether what the home agent has written for this agent may be read, and whether it is known who has.
        var (isRead, isAuthentic) = (false, false)
        if isPoorlyFormed || scan.authorizationEnablingEnd == nil || scan.count(of: .mobileHomeAuthentication) > 1 {
            fault = .faPoorlyFormedReply
        } else {
            fault = failure(of: reply, datagram, scan, pending, source, at: now, &shared, &effects)
            isRead = fault != .faHomeAgentFailedAuthentication
            isAuthentic = isRead && pending.foreignHome != nil
            fault = fault ?? missingPart(of: reply, nai: nai, pending)
        }
        if fault == nil {
            provenHomeAgents.note(source.address)
            pending.agreed = terms(of: scan, in: datagram, pending)
        }
        let isOvertaken = fault == nil && isRevoked(reply, pending, at: now)
        if isRead {
            let refusal: Refusal? = isOvertaken ? Refusal.discard(.replayed) : fault.map { Refusal.deny($0) }
            noteUses(
                of: scan, in: datagram, MessageOutcome(refusal), isAuthentic: isAuthentic, from: source.address, at: now, &shared,
                &effects)
        }
        if let fault {
            refuse(datagram, scan, isPoorlyFormed, slot, pending, fault, at: now, &shared, &effects)
            if isAuthentic, reply.code.isAccepted, let terms = terms(of: scan, in: datagram, pending) {
                revokeRefused(reply, slot, pending, terms, at: now, &shared, &effects)
            }
        } else {
            if isOvertaken {
                // The reply was overtaken by a revocation of what it accepts; the node tries again when it gets no answer.
                counters.discards[.replayed] += 1
                return
            }
            countServiceEcho(scan, pending)
            var payload = datagram.octets(0..<(scan.authorizationEnablingEnd ?? datagram.byteCount))
            if !configuration.messages.isEmpty { appendMessage(relaying: reply, nai: nai, pending, &payload) }
            replyFeatures(to: pending.challenged, &payload, &shared)
            pending.mobileForeign?.sign(.mobileForeignAuthentication, &payload)
            deliver(payload, from: pending.local, to: pending.source, &effects)
            counters.repliesRelayed += 1
            conclude(reply, nai, slot, pending, at: now, &shared, &effects)
        }
    }

    /// What is wrong with a well-formed reply, if anything: 68 if its home agent shares an association and did not sign it correctly, 101
    /// if it contains a critical extension for this agent that this agent does not know, then what features find.
    private mutating func failure(
        of reply: RegistrationReply, _ datagram: RawSpan, _ scan: ExtensionScan, _ pending: PendingRequest,
        _ source: TransportEndpoint, at now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) -> ReplyCode? {
        if let associations = pending.foreignHome {
            var violation = Violation(
                role: .foreignAgent, violator: .address(source.address), violatorRole: .homeAgent,
                reason: .missingSecurityExtension, identification: pending.request.identification, source: source,
                homeAgent: pending.homeAgent, code: .faHomeAgentFailedAuthentication, isKnown: true)
            var isValid = false
            if let presented = scan.foreignHome {
                if scan.count(of: .foreignHomeAuthentication) > 1 {
                    violation.reason = .other
                } else if let association = associations.first(presented.spi) {
                    isValid = association.verifies(presented, in: datagram)
                    if isValid {
                        shared.associations.accept(association.slot, at: shared.time(now))
                    } else {
                        shared.associations.failAuthentication(association.slot, at: shared.time(now))
                    }
                    violation.reason = .badAuthenticator
                    violation.spi = presented.spi
                } else {
                    violation.reason = .badSPI
                }
            }
            if !isValid {
                shared.report(violation, at: now, effects: &effects)
                return .faHomeAgentFailedAuthentication
            }
        }
        if hasUnknownCriticalExtension(scan, in: datagram) { return .faUnsupportedCVSEFromHomeAgent }
        return checkFeatures(of: reply.code, scan, in: datagram, pending)
    }

    /// Informs the mobile node that the reply could not be processed. The reply's code is covered by the home agent's authenticator and
    /// cannot be changed, so the status follows in an FA error extension (RFC 4636 §3). A reply without an authenticator is replaced by one
    /// of this agent's own, and so is one with a fault for which an RFC demands that (97 to 99, RFC 2794 §3; 101, RFC 3115 §2.3).
    private mutating func refuse(
        _ datagram: RawSpan, _ scan: ExtensionScan, _ isPoorlyFormed: Bool, _ slot: Int, _ pending: PendingRequest,
        _ status: ReplyCode, at now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        if let end = scan.authorizationEnablingEnd, scan.count(of: .mobileHomeAuthentication) <= 1,
            ForeignAgentError.statuses.contains(status)
        {
            var payload = datagram.octets(0..<end)
            payload.append(extension: ForeignAgentError(status))
            counters.errorExtensionsSent += 1
            if !configuration.messages.isEmpty {
                appendMessage(denying: pending.request, nai: pending.nai, status, &payload)
            }
            replyFeatures(to: pending.challenged, &payload, &shared)
            pending.mobileForeign?.sign(.mobileForeignAuthentication, &payload)
            deliver(payload, from: pending.local, to: pending.source, &effects)
            counters.repliesSentByCode[status] += 1
        } else {
            send(status, to: pending, &shared, &effects)
        }
        settle(pending, \.denied, &effects)
        endPending(slot, .denied, &effects)
        let time = shared.time(now)
        shared.alarm(
            Self.event(
                .registrationDenied, pending, code: status, at: time,
                "the reply from home agent \(pending.sentTo) for \(pending.mobileNode) was refused: \(status)"),
            of: .registrationDenied, isKnown: pending.place == .visitor, at: now, effects: &effects)
    }

    /// Updates the visitor list after a reply was relayed.
    private mutating func conclude(
        _ reply: RegistrationReply, _ nai: NetworkAccessIdentifier?, _ slot: Int, _ pending: PendingRequest, at now: Moment,
        _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        let time = shared.time(now)
        settle(pending, reply.code.isAccepted ? \.accepted : \.denied, &effects)
        guard reply.code.isAccepted else {
            endPending(slot, .denied, &effects)
            shared.alarm(
                Self.event(
                    .registrationDenied, pending, code: reply.code, at: time,
                    "home agent \(pending.sentTo) denied \(pending.mobileNode): \(reply.code)"),
                of: .registrationDenied, isKnown: pending.place == .visitor, at: now, effects: &effects)
            return
        }
        acceptFeatures(pending)
        let granted = min(reply.lifetime, pending.request.lifetime, RegistrationLifetime(rawValue: configuration.maximumLifetime))
        if granted == .deregistration {
            leave(slot, pending, at: time, &effects)
        } else {
            enter(reply, nai, granted, slot, pending, at: now, &shared, &effects)
        }
    }

    private mutating func leave(
        _ slot: Int, _ pending: PendingRequest, at time: Timestamp, _ effects: inout AgentEffects
    ) {
        let visitor = table[slot].visitor
        let request = pending.request
        // Deregistering one care-of address does not affect a visit with another one.
        let endsVisit =
            request.lifetime != .deregistration || request.careOfAddress == visitor.careOfAddress
            || request.careOfAddress == visitor.homeAddress || request.careOfAddress == request.homeAddress
        guard endsVisit || visitor.state == .pending else {
            table.clearPending(slot)
            return
        }
        endFeatures(slot, .deregistered, &effects)
        effects.changes.append(.visitorRemoved(visitor.key, .deregistered))
        table.remove(slot)
        if visitor.state == .accepted {
            effects.changes.append(
                .event(Self.event(.deregistered, pending, at: time, "visitor \(pending.mobileNode) deregistered")))
        }
    }

    private mutating func enter(
        _ reply: RegistrationReply, _ nai: NetworkAccessIdentifier?, _ granted: RegistrationLifetime, _ slot: Int,
        _ pending: PendingRequest, at now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        let time = shared.time(now)
        var slot = slot
        let shown = table[slot].visitor
        table.clearPending(slot)
        var isNew = shown.state == .pending
        var created = shown.created
        var replaced: VisitorKey? = shown.key
        var linkLayer = table[slot].linkLayer
        // An NAI that the home agent does not return (RFC 2794 §3) is anyone's claim.
        let identity = VisitorIdentity(homeAddress: reply.homeAddress, nai: nai)
        if identity != table[slot].identity {
            // The home agent has assigned the address, or says by what the visitor is known: from now on that identifies it.
            endFeatures(slot, .replaced, &effects)
            effects.changes.append(.visitorRemoved(shown.key, .replaced))
            table.remove(slot)
            if let known = table.find(identity) {
                isNew = table[known].visitor.state == .pending
                created = table[known].visitor.created
                replaced = table[known].visitor.key
                linkLayer = table[known].linkLayer
                slot = known
            } else {
                replaced = nil
                slot = table.insert(shown, identity: identity)
            }
        }
        let isEndless = granted == .infinity
        let seconds = Int64(granted.rawValue)
        var visitor = Visitor(pending, created: created, expires: time)
        visitor.homeAddress = reply.homeAddress
        visitor.homeAgent = reply.homeAgent
        visitor.nai = nai
        let current = table[slot].visitor
        if current.state == .accepted && current.identification == pending.request.identification {
            // A copy of the accepted request, from wherever it was sent, does not move the visitor.
            (visitor.sourceAddress, visitor.sourcePort) = (current.sourceAddress, current.sourcePort)
        } else {
            linkLayer = pending.linkLayer
        }
        visitor.state = .accepted
        if let agreed = pending.agreed { visitor.revocation = agreed.informing ? .agreedInforming : .agreed }
        visitor.lifetimeGranted = granted.rawValue
        if pending.reverseTunnel != .none { counters.reverseTunnelsGranted += 1 }
        if pending.reverseTunnel == .encapsulating { counters.encapsulatingDeliveriesGranted += 1 }
        visitor.expires = isEndless ? nil : time.adding(milliseconds: seconds * 1000)
        if let replaced, replaced != visitor.key { effects.changes.append(.visitorRemoved(replaced, .replaced)) }
        table.update(slot, visitor, deadline: isEndless ? nil : now.uptime + seconds * 1_000_000_000)
        table.note(slot, linkLayer: linkLayer, answeredBy: pending.sentTo.address)
        keepFeatures(slot, visitor, pending, at: now, &shared, &effects)
        effects.changes.append(.visitor(visitor))
        guard isNew else { return }
        var event = Self.event(
            .registered, pending, code: reply.code, at: time,
            "visitor \(reply.homeAddress) registered at home agent \(reply.homeAgent) "
                + (isEndless ? "with infinite lifetime" : "for \(granted.rawValue) s"))
        event.homeAddress = reply.homeAddress
        effects.changes.append(.event(event))
    }
}
