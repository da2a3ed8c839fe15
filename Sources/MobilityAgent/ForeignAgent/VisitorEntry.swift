import AgentModel
import MobileIPv4

/// What identifies a visitor: its home address, and its NAI if it has no address yet or shares one. The published row has the same home
/// address and NAI, which makes its key unique.
struct VisitorIdentity: Hashable {
    var homeAddress: IPv4Address
    var nai: NetworkAccessIdentifier?
}

/// A request that was relayed and has not been answered yet (RFC 5944 §3.7.2.2).
struct PendingRequest {
    let request: RegistrationRequest
    let nai: NetworkAccessIdentifier?
    let source: TransportEndpoint
    let local: TransportEndpoint
    /// What was sent to the home agent.
    let relayed: OutgoingDatagram
    /// The association used to authenticate the mobile node and to sign answers to it.
    let mobileForeign: ConfiguredSecurityAssociation?
    /// The associations of the home agent, one of which must sign the reply; nil when it need not be signed.
    let foreignHome: [ConfiguredSecurityAssociation]?
    let reverseTunnel: ReverseTunnel
    /// The challenge that the node answered.
    let challenge: Challenge?
    /// The challenge that was relayed to the home agent and must be returned; nil when none was.
    let expectedEcho: Challenge?
    /// The offer to inform each other of a revocation, which was relayed with the request; nil when none was.
    let offer: RevocationSupport?
    /// The service that the node has selected, or that this agent has added; nil without one.
    let service: ServiceIdentifier?
    let isServiceAdded: Bool
    /// True when the node leaves the choice of its home agent open, or asks for one: the home address in the request is then a wish, and
    /// the home agent may assign another (RFC 4433 §3.3).
    let isWish: Bool
    /// What the home agent's reply agrees to.
    var agreed: RevocationTerms?
    /// When the wait for the home agent ends, in `Moment.uptime`.
    var deadline: Int64
    /// When it was first relayed, in `Moment.uptime`.
    let begun: Int64
    /// Whose it is, for the shares of the pending places.
    let place: PendingPlace
    /// True when it came from where the visitor was when its home agent accepted it.
    let isFromVisitor: Bool
    /// The link-layer address of the node; nil when unknown.
    let linkLayer: UInt64?
    let kind: RequestKind
    /// When it was first relayed.
    var sent: Timestamp
    /// How often it was relayed again.
    let retransmissions: UInt32
    /// The same as `deadline`, as a timestamp for records.
    var expires: Timestamp

    /// The home agent's endpoint.
    var sentTo: TransportEndpoint { relayed.destination }

    var key: PendingRegistrationKey { PendingRegistrationKey(homeAddress: request.homeAddress, nai: nai) }

    var parties: PendingParties {
        PendingParties(source: source.address.rawValue, linkLayer: linkLayer, homeAgent: sentTo.address.rawValue)
    }

    /// The published row.
    var record: PendingRegistration {
        PendingRegistration(
            homeAddress: request.homeAddress, nai: nai, homeAgent: sentTo.address, kind: kind, sent: sent,
            retransmissions: retransmissions, expires: expires)
    }

    var identity: VisitorIdentity { VisitorIdentity(homeAddress: request.homeAddress, nai: nai) }
}

/// A visitor: its published row and its pending request. The state of the row is `pending` only as long as no request was ever accepted.
struct VisitorEntry {
    var visitor: Visitor
    var pending: PendingRequest?
    /// The link-layer address from which its accepted request came; nil when unknown.
    var linkLayer: UInt64?
    /// The address of the home agent that accepted its request, which need not be the one that the reply names.
    var answeredBy: IPv4Address?
    let identity: VisitorIdentity
}
