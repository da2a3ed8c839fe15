import AgentModel
import MobileIPv4

/// A mobile node's request to which a foreign agent is applying its rules, with what they have determined so far.
struct VisitingRequest {
    let request: RegistrationRequest
    let scan: ExtensionScan
    /// The NAI by which the node is known while its request waits; its home agent confirms it.
    let nai: NetworkAccessIdentifier?
    /// The challenge that it answers.
    let challenge: Challenge?
    let vendorExtensions: [LocatedVendorExtension]
    /// The home agent to which the node wants the request to be relayed (139, RFC 4433 §3.4.1); 0.0.0.0 for an extension that cannot be
    /// read, nil without one.
    let requestedHomeAgent: IPv4Address?
    /// The identity of the home agent that the node wants (136, RFC 3846 §4).
    let homeAgentIdentity: NetworkAccessIdentifier?
    /// The service that the node selects (151, RFC 5446).
    let service: ServiceIdentifier?
    let source: TransportEndpoint
    let local: TransportEndpoint
    let timeToLive: UInt8?
    let now: Moment
    /// The sender's link-layer address; nil when unknown.
    var linkLayer: UInt64?
    /// True for a request of an accepted visitor from where it was accepted.
    var isVisitor = false
    /// The association used to authenticate the node.
    var mobileForeign: ConfiguredSecurityAssociation?
    /// True once an association configured here has verified an MN-AAA extension.
    var isAuthorizedByAAA = false

    init(
        _ request: RegistrationRequest, _ scan: ExtensionScan, of datagram: RawSpan, from source: TransportEndpoint,
        to local: TransportEndpoint, timeToLive: UInt8?, at now: Moment
    ) {
        self.request = request
        self.scan = scan
        nai = scan.nai(in: scan.homePart)
        challenge = try? scan.read(Challenge.self, in: scan.challengePart, of: datagram)
        vendorExtensions = scan.vendorExtensions(in: datagram)
        if let located = scan.first(.dynamicHomeAgent, in: scan.homePart) {
            requestedHomeAgent = (try? DynamicHomeAgent(located, in: datagram))?.address ?? .zero
        } else {
            requestedHomeAgent = nil
        }
        homeAgentIdentity = scan.homeAgentIdentity(in: datagram)
        service = (try? scan.read(ServiceSelection.self, in: scan.homePart, of: datagram))?.service
        self.source = source
        self.local = local
        self.timeToLive = timeToLive
        self.now = now
    }

    var isDeregistration: Bool { request.lifetime == .deregistration }
    /// True for a node that decapsulates datagrams itself and therefore does not use this agent's tunnels.
    var isCoLocated: Bool { request.flags.contains(.decapsulationByMN) }
    var identity: VisitorIdentity { VisitorIdentity(homeAddress: request.homeAddress, nai: nai) }
    var mobileNode: PeerIdentity { PeerIdentity(homeAddress: request.homeAddress, nai: nai, source: source) }
    /// The identity to which challenges are issued: the same before and after an address is assigned.
    var challenged: PeerIdentity { nai.map { .nai($0) } ?? mobileNode }
    var reverseTunnel: ReverseTunnel {
        ReverseTunnel(
            flags: request.flags, encapsulatingDelivery: scan.first(.encapsulatingDeliveryStyle, in: scan.linkPart) != nil)
    }

    /// Where this foreign agent looks for an extension that it acts on; nil for a type that it only verifies or counts elsewhere.
    ///
    /// A node that shares an association has signed these parts. Of any other node, this agent can verify nothing: the home agent and the
    /// domain of the node do.
    func place(of type: ExtensionType) -> MessagePart? {
        switch type {
        // RFC 2794 §3: before both authentication extensions.
        case .mobileNodeNAI: scan.homePart
        // RFC 4433 §3.4.1; RFC 3846 §3 and RFC 5446 §3: before every authentication extension.
        case .dynamicHomeAgent, .naiCarrying, .serviceSelection: scan.homePart
        // RFC 3024 §3.3: after the Mobile-Home authentication extension, before the Mobile-Foreign one.
        case .encapsulatingDeliveryStyle: scan.linkPart
        case .challenge: scan.challengePart
        default: nil
        }
    }

    /// The vendor extensions after the part for the home agent.
    var ownVendorExtensions: [LocatedVendorExtension] {
        guard let end = scan.authorizationEnablingEnd else { return [] }
        return vendorExtensions.filter { $0.start >= end }
    }
}

extension ExtensionScan {
    /// The identity of the home agent that the node wants (136, Sub-Type 1, RFC 3846 §4); nil without one that can be read.
    func homeAgentIdentity(in datagram: RawSpan) -> NetworkAccessIdentifier? {
        first(.naiCarrying, subtype: NAICarrying.Owner.homeAgent.rawValue, in: homePart)
            .flatMap { try? NAICarrying($0, in: datagram).nai }
    }

    /// Where a node puts the challenge that it answers: after the Mobile-Home authentication extension, before every authenticator that
    /// could answer it (RFC 4721 §3.1).
    var challengePart: MessagePart {
        MessagePart(from: mobileHome?.end ?? 0, to: min(mobileAAA?.start ?? .max, mobileForeign?.start ?? .max))
    }
}
