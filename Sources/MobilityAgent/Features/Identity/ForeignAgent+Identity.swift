import AgentModel
import MobileIPv4

/// Identifiers of nodes and of home agents (RFC 2794, RFC 3846).
extension ForeignAgent {
    /// Counts a request that is relayed with the identity of a home agent or of an AAA server. This agent does not act on the latter: it
    /// asks no AAA server.
    mutating func countIdentities(_ visiting: VisitingRequest) {
        if visiting.scan.first(.naiCarrying, in: visiting.scan.homePart) != nil { counters.identitiesPassed += 1 }
    }

    /// What is missing from an acceptance, if anything: for a node that has sent its NAI, the NAI (97), the home agent (98) or the home
    /// address (99) (RFC 2794 §3).
    func missingPart(of reply: RegistrationReply, nai: NetworkAccessIdentifier?, _ pending: PendingRequest) -> ReplyCode? {
        guard pending.nai != nil, reply.code.isAccepted else { return nil }
        if nai == nil { return .faMissingNAI }
        if reply.homeAgent == .zero { return .faMissingHomeAgent }
        return reply.homeAddress == .zero ? .faMissingHomeAddress : nil
    }
}

extension PendingRequest {
    /// True when a reply with the same low identification answers this request.
    ///
    /// The home address decides. Replies about an address that is being assigned are matched by NAI instead (RFC 2794 §3), which includes
    /// replies to requests for any or for a requested home agent: the address in these is a wish (RFC 4433 §3.3). A reply that lacks the
    /// NAI, or the address that it should have, is matched as well where it comes from the home agent that was asked and repeats the whole
    /// identification, so that the node learns what is wrong. In a denial with 133 the home agent's clock or nonce replaces the high word
    /// (RFC 5944 §5.7).
    func isAnswered(by reply: RegistrationReply, nai replyNAI: NetworkAccessIdentifier?, from source: IPv4Address) -> Bool {
        guard let nai else { return request.homeAddress == reply.homeAddress }
        if let replyNAI {
            guard nai == replyNAI else { return false }
            return request.homeAddress == reply.homeAddress || request.homeAddress == .zero || isWish
                || reply.homeAddress == .zero
        }
        if request.homeAddress == .zero {
            return source == sentTo.address
                && (reply.identification == request.identification || reply.code == .haIdentificationMismatch)
        }
        return request.homeAddress == reply.homeAddress
    }

    /// The home agent as named in rows and events: the one that was asked, whatever the Home Agent field says (RFC 4433 §5.2).
    var homeAgent: IPv4Address { sentTo.address }
}
