import AgentModel
import MobileIPv4

/// Who a visitor is: its home address, and its NAI where it has none yet or shares one.
struct VisitorIdentity: Hashable {
    var homeAddress: IPv4Address
    var nai: NetworkAccessIdentifier?
}

/// A request that was relayed and not answered yet (RFC 5944 §3.7.2.2).
struct PendingRequest {
    let request: RegistrationRequest
    let nai: NetworkAccessIdentifier?
    let source: TransportEndpoint
    let local: TransportEndpoint
    let sentTo: TransportEndpoint
    /// The association the mobile node was authenticated with, and is answered with.
    let mobileForeign: ConfiguredSecurityAssociation?
    /// The associations of the home agent, one of which must sign the reply; nil when it need not.
    let foreignHome: [ConfiguredSecurityAssociation]?
    let reverseTunnel: ReverseTunnel
    /// The challenge the node answered.
    let challenge: Challenge?
    /// The challenge that went on to the home agent and must come back; nil when none did.
    let expectedEcho: Challenge?
    /// When waiting for the home agent ends, in `Moment.uptime`.
    var deadline: Int64
    let kind: RequestKind
    /// When it was relayed first.
    let sent: Timestamp
    /// How often it was relayed again.
    let retransmissions: UInt32
    /// The same as `deadline`, as others see it.
    let expires: Timestamp

    var key: PendingRegistrationKey { PendingRegistrationKey(homeAddress: request.homeAddress, nai: nai) }

    /// The row that others see.
    var record: PendingRegistration {
        PendingRegistration(
            homeAddress: request.homeAddress, nai: nai, homeAgent: sentTo.address, kind: kind, sent: sent,
            retransmissions: retransmissions, expires: expires)
    }

    var identity: VisitorIdentity { VisitorIdentity(homeAddress: request.homeAddress, nai: nai) }

    /// True when a reply with the same low identification answers this request. Replies about an address that is being assigned are
    /// known by the NAI (RFC 2794 §3).
    func isAnswered(by reply: RegistrationReply, nai replyNAI: NetworkAccessIdentifier?) -> Bool {
        if request.homeAddress == .zero { return nai != nil && nai == replyNAI }
        return request.homeAddress == reply.homeAddress && (nai == nil || replyNAI == nil || nai == replyNAI)
    }
}

/// A visitor: the row shown of it and the request under way. The row is `pending` only while no request was ever accepted.
struct VisitorEntry {
    var visitor: Visitor
    var pending: PendingRequest?
    let identity: VisitorIdentity
}
