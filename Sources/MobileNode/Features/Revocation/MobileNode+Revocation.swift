public import AgentModel
import MobileIPv4

/// What follows from a revocation that a mobile node accepts.
public struct RevocationAnswer: Hashable, Sendable {
    /// The payload of the acknowledgment, which goes to where the revocation came from, from the address and port that it was sent to.
    public let acknowledgment: [UInt8]
    /// The registration that has ended; nil if it had ended before.
    public let ended: RevokedRegistration?
    /// The outcome for the node; nil if it has nothing to do, because it registers elsewhere or deregisters.
    public let outcome: MobileNode.Outcome?
}

/// Revocations that a home agent sends to a node without a foreign agent (RFC 3543 §3.3, §3.4, §3.5).
extension MobileNode {
    /// Processes a Registration Revocation that arrived: ends the registration that it is about, and schedules the next try to
    /// register.
    ///
    /// Only the home agent of the registration can revoke it, and only if it has agreed to inform the node. Whatever else arrives is
    /// counted and dropped; nil is then returned. A message about a registration that was revoked before is acknowledged again, since
    /// the acknowledgment may have been lost.
    public mutating func receive(revocation datagram: RawSpan, at now: Moment) -> RevocationAnswer? {
        guard let understood = Self.understanding[.registrationRevocation],
            let revocation = try? RegistrationRevocation(decoding: datagram), revocation.isFromHomeDomain,
            let scan = try? ExtensionScan(
                datagram, from: RegistrationRevocation.fixedSize, understanding: understood)
        else { return discardRevocation() }
        let vendors = scan.vendorExtensions(in: datagram)
        guard vendors.firstCritical(notIn: configuration.knownVendorExtensions) == nil else { return discardRevocation() }
        let known = revocations.index(of: revocation, at: now)
        let current = registration(of: revocation, at: now)
        // What is about no registration of the node is not worth the computation of an authenticator.
        guard known != nil || current != nil, isAuthentic(revocation, scan, in: datagram, at: now) else {
            return discardRevocation()
        }
        let latest = known.map { revocations.revoked[$0].identifier }
        if latest != revocation.identifier, let current, current.allows(revocation, after: latest) {
            let text = (try? scan.read(MessageString.self, in: scan.homePart, of: datagram))?.printable ?? ""
            counters.revocationsReceived += 1
            let number = takeExchangeNumber()
            let ended = revocations.note(
                revocation, number: number, nai: configuration.nai, text: text, expires: current.expires, at: now)
            return RevocationAnswer(
                acknowledgment: acknowledgment(of: revocation), ended: ended, outcome: endRevoked(current, at: now))
        }
        // A home agent sends the message again with a newer identifier; the network repeats it as it is.
        guard let known, let latest, !revocation.identifier.isEarlier(than: latest) else { return discardRevocation() }
        counters.revocationsRepeated += 1
        revocations.noteCopy(known, identifier: revocation.identifier)
        return RevocationAnswer(acknowledgment: acknowledgment(of: revocation), ended: nil, outcome: nil)
    }

    private mutating func discardRevocation() -> RevocationAnswer? {
        counters.revocationsDiscarded += 1
        return nil
    }

    /// The current registration if the message is about it.
    private func registration(of revocation: RegistrationRevocation, at now: Moment) -> SentRequest? {
        guard let accepted, accepted.isValid(at: now), revocation.homeAddress == configuration.homeAddress,
            revocation.homeDomain == accepted.homeAgent, revocation.foreignDomain == accepted.careOfAddress
        else { return nil }
        return accepted
    }

    /// Whether the home agent has signed the message, once and with the association that it shares with the node.
    private mutating func isAuthentic(
        _ revocation: RegistrationRevocation, _ scan: ExtensionScan, in datagram: RawSpan, at now: Moment
    ) -> Bool {
        let home = NodeAssociation(spi: configuration.spi, key: configuration.key, algorithm: configuration.algorithm)
        let reason = Self.failure(
            of: home, scan.mobileHome, count: scan.count(of: .mobileHomeAuthentication), in: datagram)
        security.home.count(isValid: reason == nil, at: now.uptime)
        guard let reason else { return true }
        let fault = NodeSecurity.Fault(
            counter: \.revocationsDiscarded, violator: revocation.homeDomain, reason: reason,
            spi: reason == .badAuthenticator ? home.spi : SecurityParameterIndex(rawValue: 0))
        security.report(fault, identification: Identification(high: revocation.identifier, low: 0), at: now.uptime)
        return false
    }

    private func acknowledgment(of revocation: RegistrationRevocation) -> [UInt8] {
        var octets: [UInt8] = []
        RevocationAcknowledgment(
            informedMobileNode: revocation.informsMobileNode, homeAddress: revocation.homeAddress,
            identifier: revocation.identifier
        ).encode(into: &octets)
        configuration.algorithm.appendExtension(
            .mobileHomeAuthentication, spi: configuration.spi, key: configuration.key, to: &octets)
        return octets
    }

    /// Ends the current registration. A request that is under way for another place, or to deregister, is not affected.
    private mutating func endRevoked(_ ended: SentRequest, at now: Moment) -> Outcome? {
        endFeatures(at: now)
        accepted = nil
        tunnel = nil
        if let pending, pending.lifetime == 0 || pending.careOfAddress != ended.careOfAddress { return nil }
        abandon()
        renewAt = nil
        leaveHomeAgent()
        state = .failed(.revoked)
        // The home agent has answered: the delay is that of a first failure, whatever failed before.
        retry.succeed()
        if isEnabled, !isDetached { retry.fail(at: now) }
        return .revoked
    }
}

extension SentRequest {
    /// Whether this registration may be revoked by the message: both ends have agreed on that, and the message is not older than the
    /// agreement or an earlier revocation. Only timestamps of the same sender are compared (RFC 3543 §3.5).
    fileprivate func allows(_ revocation: RegistrationRevocation, after latest: UInt32?) -> Bool {
        guard let revocationAnswer else { return false }
        return !revocation.identifier.isEarlier(than: revocationAnswer.timestamp)
            && (latest.map { !revocation.identifier.isEarlier(than: $0) } ?? true)
    }
}
