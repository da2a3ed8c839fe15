public import AgentModel
public import MobileIPv4

/// A reply and what was decoded from it before it is trusted.
struct IncomingReply {
    let reply: RegistrationReply
    let scan: ExtensionScan
    let vendorExtensions: [LocatedVendorExtension]
    let source: TransportEndpoint?
    /// What the foreign agent says to the node: after the home agent's authenticator and before the foreign agent's own. Empty for a node
    /// that registers without a foreign agent.
    let foreignAgentPart: MessagePart
    /// The code that applies: the code of a foreign agent that could not process its home agent's reply overrides the home agent's (RFC
    /// 4636 §3).
    let code: ReplyCode
    /// What the home agent says to the node about revocations (RFC 3543); nil for a node that registers through a foreign agent, which
    /// then has the agreement.
    let revocationAnswer: RevocationSupport?

    init(
        _ reply: RegistrationReply, _ scan: ExtensionScan, in datagram: RawSpan, from source: TransportEndpoint?,
        hasForeignAgent: Bool
    ) {
        self.reply = reply
        self.scan = scan
        self.source = source
        vendorExtensions = scan.vendorExtensions(in: datagram)
        foreignAgentPart = hasForeignAgent ? scan.linkPart : .nothing
        code = (try? scan.read(ForeignAgentError.self, in: foreignAgentPart, of: datagram))?.status ?? reply.code
        revocationAnswer = try? scan.read(RevocationSupport.self, in: hasForeignAgent ? .nothing : scan.homePart, of: datagram)
    }

    /// How many extensions stand where no authenticator that the node verified covers them; none of them is read. A node without a foreign
    /// agent has no use for the challenge that its home agent returns.
    func unsignedExtensions(known: Set<VendorExtensionKind>, hasForeignAgent: Bool) -> UInt64 {
        scan.countMisplaced {
            switch $0 {
            case .foreignAgentError: foreignAgentPart
            case .challenge: hasForeignAgent ? foreignAgentPart : nil
            case .revocationSupport: hasForeignAgent ? nil : scan.homePart
            default: nil
            }
        }
            + UInt64(
                vendorExtensions.count {
                    $0.isKnown(known) && !scan.homePart.contains($0) && !foreignAgentPart.contains($0)
                })
    }
}

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
        guard let understood = replyUnderstanding,
            let reply = try? RegistrationReply(decoding: datagram)
        else { return nil }
        let scan: ExtensionScan
        do {
            scan = try ExtensionScan(datagram, from: RegistrationReply.fixedSize, understanding: understood)
        } catch {
            counters.repliesDroppedInvalidExtension += 1
            return nil
        }
        // Replies are counted, not the extensions in them.
        if scan.skipped > 0 { counters.repliesIgnoredUnknownExtension += 1 }
        let hasForeignAgent = configuration.foreignAgent != nil
        let incoming = IncomingReply(reply, scan, in: datagram, from: source, hasForeignAgent: hasForeignAgent)
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
        counters.unsignedExtensionsIgnored += incoming.unsignedExtensions(
            known: configuration.knownVendorExtensions, hasForeignAgent: hasForeignAgent)
        if let fault = checkFeatures(of: incoming, in: datagram) {
            counters[keyPath: fault] += 1
            return nil
        }
        if waiting.lifetime == 0 { counters.deregistrationRepliesReceived += 1 } else { counters.repliesReceived += 1 }
        counters.repliesReceivedByCode[incoming.code] += 1
        counters.normalVendorExtensionsIgnored += UInt64(
            incoming.vendorExtensions.count { !$0.isCritical && !$0.isKnown(configuration.knownVendorExtensions) })
        return decide(incoming, waiting, at: now, request: &request, random: &random)
    }

    // MARK: - Whether a reply is trusted

    private mutating func fault(of incoming: IncomingReply, answering waiting: SentRequest) -> ReplyFault? {
        if !isFromAgent(incoming, waiting) { return \.repliesUnknownForeignAgent }
        if !isForHomeAddress(incoming) { return \.repliesInvalidHomeAddress }
        if !isOfKnownHomeAgent(incoming, waiting) { return \.repliesUnknownHomeAgent }
        if hasUnknownCriticalExtension(incoming) {
            // RFC 3115 §3: the same treatment as any extension that must not be skipped.
            counters.repliesDroppedCriticalVendorExtension += 1
            return \.repliesDroppedInvalidExtension
        }
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

    private func isForHomeAddress(_ incoming: IncomingReply) -> Bool {
        guard configuration.homeAddress == .zero else { return incoming.reply.homeAddress == configuration.homeAddress }
        // An acceptance without an address would leave the node without one.
        return !incoming.code.isAccepted || incoming.reply.homeAddress != .zero
    }

    /// A node that looks for a home agent accepts any that answers.
    private func isOfKnownHomeAgent(_ incoming: IncomingReply, _ waiting: SentRequest) -> Bool {
        isLookingForHomeAgent(waiting) || incoming.code == .haUnknownHomeAgentAddress
            || incoming.reply.homeAgent == waiting.homeAgent
            || configuration.otherHomeAgents.contains(incoming.reply.homeAgent)
    }

    func isLookingForHomeAgent(_ request: SentRequest) -> Bool {
        request.homeAgent == .zero || request.homeAgent == .limitedBroadcast
            || request.homeAgent == configuration.homeNetwork?.directedBroadcast
    }

    private func hasUnknownCriticalExtension(_ incoming: IncomingReply) -> Bool {
        incoming.vendorExtensions.contains { $0.isCritical && !$0.isKnown(configuration.knownVendorExtensions) }
    }

    // MARK: - Consequences

    private mutating func decide(
        _ incoming: IncomingReply, _ waiting: SentRequest, at now: Moment, request: inout [UInt8]?,
        random: inout some RandomNumberGenerator
    ) -> Outcome? {
        let reply = incoming.reply
        if configuration.replayMethod == .nonces, !reply.code.isDeniedByForeignAgent { nonce = reply.identification.high }
        guard incoming.code.isAccepted else {
            countDenial(incoming.code)
            guard remedy(incoming, waiting, at: now) else {
                if isEnabled { retry.fail(at: now) }
                return end(.denied(incoming.code))
            }
            // The request was denied, so it has made no binding.
            pending = nil
            request = begin(lifetime: waiting.lifetime, at: now, random: &random)
            return nil
        }
        counters.requestsAccepted += 1
        remedies = Remedies()
        retry.succeed()
        return accept(incoming, waiting, at: now)
    }

    private mutating func countDenial(_ code: ReplyCode) {
        if code.isDeniedByForeignAgent {
            counters.requestsDeniedByForeignAgent += 1
        } else {
            counters.requestsDeniedByHomeAgent += 1
        }
        if code == .haIdentificationMismatch { counters.requestsDeniedDueToID += 1 }
    }

    private mutating func accept(_ incoming: IncomingReply, _ waiting: SentRequest, at now: Moment) -> Outcome {
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
            return .accepted(reply.code, lifetime: granted)
        }
        var registration = waiting
        registration.lifetime = granted
        registration.homeAgent = reply.homeAgent
        grantFeatures(incoming, &registration)
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
