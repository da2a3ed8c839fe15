public import AgentModel
public import MobileIPv4

extension MobileNode {
    /// Why a reply is rejected: the counter for that reason.
    typealias ReplyFault = WritableKeyPath<MobileNodeCounters, UInt64>

    /// Processes a datagram that arrived; returns the outcome of the pending request once it is decided.
    ///
    /// - Parameters:
    /// - source: where it came from; nil when unknown, which is accepted as the expected one.
    /// - request: receives a request to send if one follows immediately.
    public mutating func receive(
        _ datagram: RawSpan, from source: TransportEndpoint? = nil, at now: Moment, request: inout [UInt8]?,
        random: inout some RandomNumberGenerator
    ) -> Outcome? {
        guard let reply = try? RegistrationReply(decoding: datagram) else { return nil }
        let scan: ExtensionScan
        do {
            scan = try ExtensionScan(datagram, from: RegistrationReply.fixedSize, understanding: replyUnderstanding)
        } catch {
            counters.repliesDroppedInvalidExtension += 1
            return nil
        }
        // Replies are counted, not the extensions in them.
        if scan.skipped > 0 || ignoresExperiments(in: scan) { counters.repliesIgnoredUnknownExtension += 1 }
        let hasForeignAgent = configuration.foreignAgent != nil
        let incoming = IncomingReply(
            reply, scan, in: datagram, from: source, hasForeignAgent: hasForeignAgent, isDeregistration: pending?.lifetime == 0)
        guard let waiting = pending, reply.identification.low == waiting.identification.low else {
            counters.repliesInvalidID += 1
            return nil
        }
        if let fault = fault(of: incoming, answering: waiting) {
            counters[keyPath: fault] += 1
            return nil
        }
        if let fault = authenticationFault(of: incoming, in: datagram, at: now) {
            counters[keyPath: fault.counter] += 1
            security.report(fault, identification: reply.identification, at: now.uptime)
            pending?.unauthenticated = incoming.code
            return nil
        }
        if isReplayed(incoming, answering: waiting) {
            counters.repliesInvalidID += 1
            return nil
        }
        let known = knownVendorExtensions(answering: waiting)
        counters.unsignedExtensionsIgnored += incoming.unsignedExtensions(known: known, hasForeignAgent: hasForeignAgent)
        // While the node doubts an error that nobody signed, only an acceptance without one is of interest.
        let isDecisive = waiting.doubtful == nil || incoming.code.isAccepted
        if isDecisive, let fault = checkFeatures(of: incoming, answering: waiting, in: datagram, at: now) {
            counters[keyPath: fault] += 1
            return nil
        }
        if waiting.lifetime == 0 { counters.deregistrationRepliesReceived += 1 } else { counters.repliesReceived += 1 }
        counters.repliesReceivedByCode[incoming.code] += 1
        counters.normalVendorExtensionsIgnored += UInt64(
            incoming.vendorExtensions.count { !$0.isCritical && !$0.isKnown(known) })
        countError(in: incoming)
        guard isDecisive else { return nil }
        return decide(incoming, waiting, in: datagram, at: now, request: &request, random: &random)
    }

    // MARK: - Whether a reply is trusted

    private mutating func fault(of incoming: IncomingReply, answering waiting: SentRequest) -> ReplyFault? {
        if !isFromAgent(incoming, waiting) { return \.repliesUnknownForeignAgent }
        if !isForHomeAddress(incoming, waiting) { return \.repliesInvalidHomeAddress }
        if !isOfKnownHomeAgent(incoming, waiting) { return \.repliesUnknownHomeAgent }
        if incoming.hasUnreadableError { return \.repliesDroppedInvalidExtension }
        if hasUnknownCriticalExtension(incoming) {
            // RFC 3115 §3: the same treatment as any extension that must not be skipped.
            counters.repliesDroppedCriticalVendorExtension += 1
            return \.repliesDroppedInvalidExtension
        }
        if rejectsExperiments(in: incoming.scan) { return \.repliesDroppedInvalidExtension }
        return nil
    }

    /// True for an acceptance that answers an older request whose low identification happens to be the same: with timestamps, an acceptance
    /// returns the whole identification (RFC 5944 §5.7.1).
    private func isReplayed(_ incoming: IncomingReply, answering waiting: SentRequest) -> Bool {
        configuration.replayMethod == .timestamps && incoming.reply.code.isAccepted
            && incoming.reply.identification != waiting.identification
    }

    private func isFromAgent(_ incoming: IncomingReply, _ waiting: SentRequest) -> Bool {
        guard configuration.foreignAgent != nil, let source = incoming.source else { return true }
        return source.address == waiting.destination.address
    }

    private func isForHomeAddress(_ incoming: IncomingReply, _ waiting: SentRequest) -> Bool {
        // An address in a request for any home agent is a wish, which an acceptance need not fulfil (RFC 4433 §3.3).
        let isWish = isForAnyHomeAgent(waiting) && waiting.lifetime > 0 && incoming.reply.code.isAccepted
        guard configuration.homeAddress == .zero || isWish else {
            return incoming.reply.homeAddress == configuration.homeAddress
        }
        // An acceptance without an address would leave the node without one.
        return !incoming.code.isAccepted || incoming.reply.homeAddress != .zero
    }

    /// A node that looks for a home agent accepts any that answers, with any as far as it may register there.
    private func isOfKnownHomeAgent(_ incoming: IncomingReply, _ waiting: SentRequest) -> Bool {
        if waiting.homeAgent.isAnyHomeAgent, incoming.reply.code.isAccepted { return mayAnchor(at: incoming.reply.homeAgent) }
        return isLookingForHomeAgent(waiting) || incoming.code == .haUnknownHomeAgentAddress
            || incoming.reply.homeAgent == waiting.homeAgent
            || configuration.otherHomeAgents.contains(incoming.reply.homeAgent)
    }

    func isLookingForHomeAgent(_ request: SentRequest) -> Bool {
        request.homeAgent.isAnyHomeAgent || request.homeAgent == configuration.homeNetwork?.directedBroadcast
    }

    private func hasUnknownCriticalExtension(_ incoming: IncomingReply) -> Bool {
        incoming.vendorExtensions.firstCritical(notIn: configuration.knownVendorExtensions) != nil
    }

    // MARK: - Consequences

    private mutating func decide(
        _ incoming: IncomingReply, _ waiting: SentRequest, in datagram: RawSpan, at now: Moment, request: inout [UInt8]?,
        random: inout some RandomNumberGenerator
    ) -> Outcome? {
        let reply = incoming.reply
        if configuration.replayMethod == .nonces, !reply.code.isDeniedByForeignAgent { nonce = reply.identification.high }
        if incoming.isRefused { return receiveRefused(incoming, waiting, at: now) }
        noteError(in: incoming, answering: waiting, at: now)
        guard incoming.code.isAccepted else {
            countDenial(incoming.code)
            if waiting.isWithdrawal { return end(.denied(incoming.code)) }
            if refusesService(incoming, waiting) { return endAtRefusedService(waiting, at: now) }
            guard remedy(incoming, waiting, in: datagram, at: now) else {
                if isEnabled { retry.fail(at: now) }
                return end(.denied(incoming.code))
            }
            // The request was denied, so it has made no binding.
            pending = nil
            request = begin(lifetime: waiting.lifetime, at: now, random: &random)
            return nil
        }
        counters.requestsAccepted += 1
        if waiting.doubtful != nil { counters.errorExtensionsOverruled += 1 }
        remedies = Remedies()
        // After a deregistration that follows a refusal, the registration is still to be tried again.
        if !waiting.isWithdrawal { retry.succeed() }
        return accept(incoming, waiting, in: datagram, at: now)
    }

    private mutating func countDenial(_ code: ReplyCode) {
        if code.isDeniedByForeignAgent {
            counters.requestsDeniedByForeignAgent += 1
        } else {
            counters.requestsDeniedByHomeAgent += 1
        }
        if code == .haIdentificationMismatch { counters.requestsDeniedDueToID += 1 }
    }

    private mutating func accept(
        _ incoming: IncomingReply, _ waiting: SentRequest, in datagram: RawSpan, at now: Moment
    ) -> Outcome {
        let reply = incoming.reply
        pending = nil
        if configuration.homeAddress == .zero { configuration.homeAddress = reply.homeAddress }
        let granted = min(reply.lifetime.rawValue, waiting.lifetime)
        guard granted > 0 else {
            state = .deregistered
            endFeatures(at: now)
            accepted = nil
            tunnel = nil
            perhapsBoundUntil = 0
            // The address is released; the next registration requests one again (RFC 2794 §2).
            if isAddressAssigned { configuration.homeAddress = .zero }
            leaveHomeAgent()
            return .accepted(reply.code, lifetime: granted)
        }
        var registration = waiting
        registration.lifetime = granted
        registration.homeAgent = reply.homeAgent
        anchor(at: reply, answering: waiting, &registration)
        grantFeatures(incoming, &registration, in: datagram, at: now)
        accepted = registration
        tunnel = tunnel(of: registration)
        // The lifetime counts from when the request was sent, so that it ends first on the node (RFC 5944 §3.6.2.2).
        state = .registered(until: registration.expires)
        if registration.expires != nil {
            renewAt = waiting.sent + max(Self.second, Int64(granted) * Self.second / 10 * 7)
        }
        return .accepted(reply.code, lifetime: granted)
    }
}
