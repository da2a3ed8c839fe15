public import AgentModel
import MobileIPv4

/// The agreement with the home agent about revocations, for a node that registers without a foreign agent (RFC 3543 §3.2, §4.3.2).
extension MobileNode {
    /// Sets what the node offers from its next request on. The agreement of the current registration is not affected.
    public mutating func setRevocationOffer(_ offer: RevocationAgreement) { configuration.revocationOffer = offer }

    /// Whether the home agent informs the node if it revokes the current registration.
    public var isInformedOfRevocation: Bool { accepted?.revocationAnswer != nil }

    /// The offer in a new request; nil for none. A node behind a foreign agent leaves it to that agent, which drops a request with an
    /// offer by the node. A deregistration has nothing to agree about.
    mutating func makeRevocationOffer(lifetime: UInt16, at now: Moment) -> RevocationSupport? {
        guard configuration.revocationOffer != .none, lifetime > 0, configuration.foreignAgent == nil,
            configuration.flags.contains(.decapsulationByMN)
        else { return nil }
        return RevocationSupport(
            informsMobileNode: configuration.revocationOffer == .agreedInforming,
            timestamp: revocations.timestamp(at: now))
    }

    /// Appends the offer of a request.
    func offerRevocation(of request: SentRequest, _ octets: inout [UInt8]) {
        if let offer = request.revocationOffer { octets.append(extension: offer) }
    }

    /// Notes what the home agent has answered to the offer. Without an answer there is no agreement, whatever an earlier one said.
    mutating func noteRevocationAnswer(_ incoming: IncomingReply, _ registration: inout SentRequest) {
        guard registration.revocationOffer != nil, let answer = incoming.revocationAnswer else { return }
        registration.revocationAnswer = answer
        counters.revocationsAgreed += 1
    }
}
