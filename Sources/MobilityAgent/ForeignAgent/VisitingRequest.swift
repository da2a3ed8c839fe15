import AgentModel
import MobileIPv4

/// A mobile node's request to which a foreign agent is applying its rules, with what they have determined so far.
struct VisitingRequest {
    let request: RegistrationRequest
    let scan: ExtensionScan
    /// The challenge that it answers.
    let challenge: Challenge?
    let vendorExtensions: [LocatedVendorExtension]
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
        challenge = try? scan.read(Challenge.self, in: datagram)
        vendorExtensions = scan.vendorExtensions(in: datagram)
        self.source = source
        self.local = local
        self.timeToLive = timeToLive
        self.now = now
    }

    var isDeregistration: Bool { request.lifetime == .deregistration }
    /// True for a node that decapsulates datagrams itself and therefore does not use this agent's tunnels.
    var isCoLocated: Bool { request.flags.contains(.decapsulationByMN) }
    var identity: VisitorIdentity { VisitorIdentity(homeAddress: request.homeAddress, nai: scan.nai) }
    var mobileNode: PeerIdentity { PeerIdentity(homeAddress: request.homeAddress, nai: scan.nai, source: source) }
    /// The identity to which challenges are issued: the same before and after an address is assigned.
    var challenged: PeerIdentity { scan.nai.map { .nai($0) } ?? mobileNode }
    var reverseTunnel: ReverseTunnel {
        ReverseTunnel(flags: request.flags, encapsulatingDelivery: scan.first(.encapsulatingDeliveryStyle) != nil)
    }

    /// The vendor extensions for this agent: those after the part for the home agent.
    var ownVendorExtensions: [LocatedVendorExtension] {
        guard let end = scan.authorizationEnablingEnd else { return [] }
        return vendorExtensions.filter { $0.start >= end }
    }
}
