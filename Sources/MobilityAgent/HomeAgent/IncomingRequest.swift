import AgentModel
import MobileIPv4

/// A request to which a home agent is applying its rules, with what they have determined so far.
struct IncomingRequest {
    let request: RegistrationRequest
    let scan: ExtensionScan
    /// The challenge in the request.
    let challenge: Challenge?
    let vendorExtensions: [LocatedVendorExtension]
    /// True when something after the extensions in `scan` could not be read.
    let isPoorlyFormed: Bool
    let source: TransportEndpoint
    let local: TransportEndpoint
    let now: Moment
    let time: Timestamp
    let replySource: TransportEndpoint

    /// The home address: that of the request, or the one assigned to its NAI.
    var homeAddress: IPv4Address
    /// The association that identifies the mobile node and signs the answer.
    var association: ConfiguredSecurityAssociation?
    /// The slot in which the use of the authenticating association is recorded.
    var usedSlot = -1
    /// The association of the foreign agent that authenticated the request.
    var foreignHome: ConfiguredSecurityAssociation?
    /// True for an unauthenticated node that the agent knows; see `HomeAgent.knows`.
    var isIdentified = false
    /// The node's slot, once it is authenticated.
    var node: Int?
    /// The address in the Home Agent field of the reply.
    var homeAgent: IPv4Address
    var replyIdentification: Identification
    /// The lifetime that an acceptance grants.
    var granted = RegistrationLifetime.deregistration
    /// True when the request was already accepted.
    var isDuplicate = false

    init(
        _ request: RegistrationRequest, _ scan: ExtensionScan, of datagram: RawSpan, isPoorlyFormed: Bool,
        from source: TransportEndpoint, to local: TransportEndpoint, now: Moment, time: Timestamp, replySource: TransportEndpoint
    ) {
        self.request = request
        self.scan = scan
        challenge = try? scan.read(Challenge.self, in: datagram)
        vendorExtensions = scan.vendorExtensions(in: datagram)
        self.isPoorlyFormed = isPoorlyFormed
        self.source = source
        self.local = local
        self.now = now
        self.time = time
        self.replySource = replySource
        homeAddress = request.homeAddress
        homeAgent = replySource.address
        replyIdentification = request.identification
    }

    var isDeregistration: Bool { request.lifetime == .deregistration }

    /// True for a vendor extension of the mobile node, false for one of a foreign agent.
    func isFromNode(_ vendor: LocatedVendorExtension) -> Bool { vendor.start < (scan.authorizationEnablingEnd ?? 0) }

    /// True when every binding of the node is to end.
    var endsAllBindings: Bool {
        isDeregistration && (request.careOfAddress == homeAddress || request.careOfAddress == request.homeAddress)
    }

    /// The violation that this request would constitute, by its mobile node.
    func violation(_ reason: ViolationReason, spi: SecurityParameterIndex? = nil, code: ReplyCode? = nil) -> Violation {
        Violation(
            role: .homeAgent, violator: PeerIdentity(homeAddress: request.homeAddress, nai: scan.nai, source: source),
            reason: reason, spi: spi ?? SecurityParameterIndex(rawValue: 0), identification: request.identification,
            source: source, homeAgent: homeAgent, code: code,
            isKnown: isIdentified || node != nil)
    }

    /// The violation that this request would constitute, by the foreign agent that it came through.
    func foreignViolation(_ reason: ViolationReason, spi: SecurityParameterIndex? = nil, code: ReplyCode? = nil) -> Violation {
        var violation = violation(reason, spi: spi, code: code)
        violation.violator = .address(source.address)
        violation.violatorRole = .foreignAgent
        return violation
    }
}
