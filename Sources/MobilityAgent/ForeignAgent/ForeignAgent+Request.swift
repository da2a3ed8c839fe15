import AgentModel
import MobileIPv4

extension ForeignAgent {
    mutating func receiveRequest(
        _ datagram: RawSpan, from source: TransportEndpoint, linkLayer: UInt64? = nil, to local: TransportEndpoint,
        timeToLive: UInt8?, at now: Moment, shared: inout SharedAgentState, effects: inout AgentEffects
    ) {
        guard let understood = understanding[.registrationRequest] else { return }
        let request: RegistrationRequest
        do {
            request = try RegistrationRequest(decoding: datagram)
        } catch {
            counters.discards[.malformed] += 1
            return
        }
        let scan: ExtensionScan
        let isPoorlyFormed: Bool
        do {
            (scan, isPoorlyFormed) = try ExtensionScan.readable(
                datagram, from: RegistrationRequest.fixedSize, understanding: understood)
        } catch {
            counters.discards[DiscardReason(error)] += 1
            let kind: RequestKind = request.lifetime == .deregistration ? .deregistration : .initial
            counters.outcomes[kind].received += 1
            counters.outcomes[kind].discarded += 1
            return
        }
        counters.extensionsSkipped += UInt64(scan.skipped)
        var visiting = VisitingRequest(request, scan, of: datagram, from: source, to: local, timeToLive: timeToLive, at: now)
        visiting.linkLayer = linkLayer
        let known = table.find(requestOf: visiting.identity).map { table[$0] }
        visiting.isVisitor = known.map { $0.visitor.state == .accepted && visiting.isFromPlace(of: $0) } ?? false
        let kind = kind(of: visiting)
        counters.outcomes[kind].received += 1
        var (isWellFormed, isAuthenticated) = (false, false)
        do throws(Refusal) {
            try readFeatures(scan, from: source.address, at: now, &shared, &effects)
            let end = try checkForm(visiting, isPoorlyFormed)
            counters.requestsReceived += 1
            if visiting.isDeregistration { counters.deregistrationRequestsReceived += 1 }
            isWellFormed = true
            noteFeatures(visiting)
            countUnsigned(visiting)
            let associations = recognize(&visiting)
            try checkFeatures(at: .recognized, datagram, &visiting, &shared, &effects)
            try authenticate(datagram, visiting, associations, &shared, &effects)
            try checkFeatures(at: .authenticated, datagram, &visiting, &shared, &effects)
            isAuthenticated = visiting.isAuthenticatedHere
            let destination = try decide(visiting)
            try checkHomeAgentAllowed(destination)
            try checkCanAgree(visiting, destination)
            let place = try admit(visiting, to: destination, shared, &effects)
            let relayedEnd = grantFeatures(visiting, upTo: end)
            relay(datagram, upTo: relayedEnd, visiting, kind, place, to: destination, &shared, &effects)
            concludeFeatures(visiting, .served, isAuthenticated: isAuthenticated, &shared, &effects)
        } catch {
            if isWellFormed {
                concludeFeatures(visiting, MessageOutcome(error), isAuthenticated: isAuthenticated, &shared, &effects)
            }
            switch error {
            case .discard(let reason):
                counters.discards[reason] += 1
                counters.outcomes[kind].discarded += 1
            case .deny(let code):
                if deny(code, visiting, &shared, &effects) {
                    counters.outcomes[kind].denied += 1
                } else {
                    counters.outcomes[kind].discarded += 1
                }
            }
        }
    }

    /// Where the mobile node's part of a well-formed request ends.
    private func checkForm(_ visiting: VisitingRequest, _ isPoorlyFormed: Bool) throws(Refusal) -> Int {
        let (request, scan) = (visiting.request, visiting.scan)
        guard !isPoorlyFormed, let end = scan.authorizationEnablingEnd, scan.count(of: .mobileHomeAuthentication) <= 1,
            scan.mobileAAACount <= 1, scan.count(of: .mobileForeignAuthentication) == (scan.mobileForeign == nil ? 0 : 1),
            scan.count(of: .challenge, in: scan.challengePart) <= 1,
            request.homeAddress == .zero || request.homeAddress.isUnicast
        else { throw .deny(.faPoorlyFormedRequest) }
        if scan.first(.encapsulatingDeliveryStyle, in: scan.linkPart) != nil && !request.flags.contains(.reverseTunnel) {
            // RFC 3024 §3.3: the extension is meaningless without T.
            throw .deny(.faPoorlyFormedRequest)
        }
        if configuration.rejectsReservedFlags && !request.flags.isDisjoint(with: [.vjCompression, .reservedX]) {
            throw .deny(.faPoorlyFormedRequest)
        }
        return end
    }

    /// Counts the extensions for this agent that stand in another place, such as behind the node's authenticator; none of them is read.
    private mutating func countUnsigned(_ visiting: VisitingRequest) {
        counters.unsignedExtensionsIgnored += visiting.scan.countMisplaced { visiting.place(of: $0) }
        let own = visiting.ownVendorExtensions
        if own.isEmpty { return }
        counters.unsignedExtensionsIgnored += UInt64(
            own.count { known.isKnown($0) && !visiting.scan.linkPart.contains($0) })
    }

    /// Finds the associations of the node and the one for answers to it: even a denial is signed if the node has any.
    private func recognize(_ visiting: inout VisitingRequest) -> [ConfiguredSecurityAssociation]? {
        let associations = mobileNodeAssociations.ofMobileNode(visiting.request.homeAddress, nai: visiting.nai)
        visiting.mobileForeign = visiting.scan.mobileForeign.flatMap { associations?.first($0.spi) } ?? associations?.first
        return associations
    }

    /// Requires a node that shares an association to authenticate itself (RFC 5944 §3.7.2.1).
    private func authenticate(
        _ datagram: RawSpan, _ visiting: VisitingRequest, _ associations: [ConfiguredSecurityAssociation]?,
        _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) {
        let (request, scan) = (visiting.request, visiting.scan)
        let reason: ViolationReason
        if let presented = scan.mobileForeign {
            if let association = associations?.first(presented.spi) {
                if association.verifies(presented, in: datagram) {
                    shared.associations.accept(association.slot, at: shared.time(visiting.now))
                    return
                }
                shared.associations.failAuthentication(association.slot, at: shared.time(visiting.now))
                reason = .badAuthenticator
            } else {
                reason = associations == nil ? .noMobilitySecurityAssociation : .badSPI
            }
        } else {
            guard associations != nil || demandsMobileForeign(visiting) else { return }
            reason = .missingSecurityExtension
        }
        let spi = reason == .badAuthenticator ? scan.mobileForeign?.spi : nil
        shared.report(
            Violation(
                role: .foreignAgent, violator: visiting.mobileNode, reason: reason,
                spi: spi ?? SecurityParameterIndex(rawValue: 0),
                identification: request.identification, source: visiting.source, homeAgent: request.homeAgent,
                code: .faMobileNodeFailedAuthentication, isKnown: visiting.isVisitor),
            at: visiting.now, effects: &effects)
        throw .deny(.faMobileNodeFailedAuthentication)
    }

    /// Relays the mobile node's part, authenticated by this agent if the home agent shares an association, and waits for the answer.
    private mutating func relay(
        _ datagram: RawSpan, upTo end: Int, _ visiting: VisitingRequest, _ kind: RequestKind, _ place: PendingPlace,
        to destination: TransportEndpoint, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        let request = visiting.request
        // RFC 5944 §3.5.4: not for deregistrations, and only for a care-of address of this agent.
        let vouches = !visiting.isDeregistration && careOfAddresses.contains(request.careOfAddress)
        let associations = vouches ? homeAgentAssociations.ofPeer(destination.address) : nil
        // A request that is relayed with its challenge must be answered with that challenge, or the answer is rejected (RFC 4721 §3.2).
        let located = visiting.scan.first(.challenge, in: visiting.scan.challengePart)
        let payloadKeepsChallenge = challenges != nil && (located?.end ?? .max) <= end
        var payload = datagram.octets(0..<end)
        let added = addedService(visiting, upTo: end, associations)
        if let added {
            payload.append(extension: added)
            counters.servicesAdded += 1
        }
        let offer = offer(visiting, associations, &shared)
        if let offer { payload.append(extension: offer) }
        associations?.first?.sign(.foreignHomeAuthentication, &payload)
        let relay = configuration.relayEndpoint ?? visiting.local
        let relayed = OutgoingDatagram(source: relay, destination: destination, payload: payload)
        effects.datagrams.append(relayed)
        counters.requestsRelayed += 1

        let known = table.find(requestOf: visiting.identity)
        var deadline = visiting.now.uptime + Int64(configuration.pendingTimeout) * 1_000_000_000
        var begun = visiting.now.uptime
        let time = shared.time(visiting.now)
        var (sent, retransmissions, repeatedKind) = (time, UInt32(0), kind)
        if let known, let pending = table[known].pending {
            if pending.request.identification == request.identification && pending.nai == visiting.nai {
                counters.duplicateRequests += 1
                (deadline, begun) = (pending.deadline, pending.begun)
                (sent, retransmissions, repeatedKind) = (pending.sent, pending.retransmissions &+ 1, pending.kind)
            } else {
                // The older request will not be answered any more.
                counters.outcomes[pending.kind].discarded += UInt64(pending.retransmissions) + 1
                if pending.nai != visiting.nai { effects.changes.append(.pendingRemoved(pending.key)) }
            }
        }
        if repeatedKind != kind {
            // All copies of a request have the kind that it had when it first arrived.
            counters.outcomes[kind].received -= 1
            counters.outcomes[repeatedKind].received += 1
        }
        let pending = PendingRequest(
            request: request, nai: visiting.nai, source: visiting.source, local: visiting.local, relayed: relayed,
            mobileForeign: visiting.mobileForeign, foreignHome: associations, reverseTunnel: visiting.reverseTunnel,
            challenge: visiting.challenge, expectedEcho: payloadKeepsChallenge ? visiting.challenge : nil, offer: offer,
            service: added?.service ?? visiting.service, isServiceAdded: added != nil,
            isWish: request.isForAnyHomeAgent || visiting.requestedHomeAgent != nil, deadline: deadline, begun: begun,
            place: place, isFromVisitor: visiting.isVisitor, linkLayer: visiting.linkLayer, kind: repeatedKind,
            sent: sent, retransmissions: retransmissions,
            expires: time.adding(milliseconds: (deadline - visiting.now.uptime) / 1_000_000))
        wait(for: pending, known, at: visiting.now, shared, &effects)
    }

    private mutating func wait(
        for pending: PendingRequest, _ known: Int?, at now: Moment, _ shared: SharedAgentState, _ effects: inout AgentEffects
    ) {
        let time = shared.time(now)
        let expires = pending.expires
        effects.changes.append(.pending(pending.record))
        guard let slot = known else {
            let visitor = Visitor(pending, created: time, expires: expires)
            let slot = table.insert(visitor, identity: pending.identity)
            table.setPending(slot, pending)
            effects.changes.append(.visitor(visitor))
            return
        }
        table.setPending(slot, pending)
        let shown = table[slot].visitor
        guard shown.state == .pending else { return }
        var visitor = Visitor(pending, created: shown.created, expires: expires)
        visitor.nai = table[slot].identity.nai
        if visitor.key != shown.key { effects.changes.append(.visitorRemoved(shown.key, .replaced)) }
        table.update(slot, pending: visitor)
        effects.changes.append(.visitor(visitor))
    }
}

extension RawSpan {
    /// A copy of a range of octets.
    func octets(_ range: Range<Int>) -> [UInt8] {
        withUnsafeBytes { buffer in
            var octets: [UInt8] = []
            octets.reserveCapacity(range.count + 64)
            octets.append(contentsOf: buffer[range])
            return octets
        }
    }
}
