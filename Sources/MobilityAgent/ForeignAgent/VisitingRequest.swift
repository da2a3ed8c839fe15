import AgentModel
import MobileIPv4

/// A request from a mobile node on its way through a foreign agent's rules, with what they have found out so far.
struct VisitingRequest {
    let request: RegistrationRequest
    let scan: ExtensionScan
    /// The challenge it answers.
    let challenge: Challenge?
    let vendorExtensions: [LocatedVendorExtension]
    let source: TransportEndpoint
    let local: TransportEndpoint
    let timeToLive: UInt8?
    let now: Moment
    /// The association the node was authenticated with.
    var mobileForeign: ConfiguredSecurityAssociation?
    /// True once an MN-AAA extension was found right by an association configured here.
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
    /// True for a node that decapsulates by itself and so does without this agent's tunnels.
    var isCoLocated: Bool { request.flags.contains(.decapsulationByMN) }
    var identity: VisitorIdentity { VisitorIdentity(homeAddress: request.homeAddress, nai: scan.nai) }
    var who: PeerIdentity { PeerIdentity(homeAddress: request.homeAddress, nai: scan.nai, source: source) }
    /// Whom challenges are given to: the same name before and after an address is assigned.
    var challenged: PeerIdentity { scan.nai.map { .nai($0) } ?? who }
    var reverseTunnel: ReverseTunnel {
        ReverseTunnel(flags: request.flags, encapsulatingDelivery: scan.first(.encapsulatingDeliveryStyle) != nil)
    }

    /// The vendor extensions meant for this agent: those behind what is meant for the home agent.
    var ownVendorExtensions: [LocatedVendorExtension] {
        guard let end = scan.authorizationEnablingEnd else { return [] }
        return vendorExtensions.filter { $0.start >= end }
    }
}
