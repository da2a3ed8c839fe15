import AgentModel
import MobileIPv4

/// A request to which a home agent is applying its rules, with what they have determined so far.
struct IncomingRequest {
    let request: RegistrationRequest
    let scan: ExtensionScan
    /// The NAI for the home agent. Anyone can write any: a key for an address or a prefix proves nothing about it.
    let nai: NetworkAccessIdentifier?
    /// The challenge that is returned to the foreign agent, once it is known what covers it.
    var challenge: Challenge?
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
    /// True for a node that has an assigned address and asks for one.
    var wantsAddress = false
    /// The association that identifies the mobile node and signs the answer.
    var association: ConfiguredSecurityAssociation?
    /// The slot in which the use of the authenticating association is recorded.
    var usedSlot = -1
    /// The association of the foreign agent that authenticated the request.
    var foreignHome: ConfiguredSecurityAssociation?
    /// True for an unauthenticated node that the agent knows; see `HomeAgent.knows`.
    var isIdentified = false
    /// True once the node is authenticated and the structure of its request is valid.
    var isAuthentic = false
    /// The node's slot, once it is authenticated.
    var node: Int?
    /// The address in the Home Agent field of the reply.
    var homeAgent: IPv4Address
    var replyIdentification: Identification
    /// The lifetime that an acceptance grants.
    var granted = RegistrationLifetime.deregistration
    /// True when the request was already accepted.
    var isDuplicate = false
    /// The offer to inform each other of a revocation, once it is taken up.
    var revocation: RevocationOffer?
    /// What the request says about the choice of a home agent, and what the node wants besides a binding.
    var wishes = NodeWishes()
    /// Where a node is sent that another home agent is to serve.
    var redirection: IPv4Address?
    /// A text for the user of the node in place of the configured one.
    var text: String?
    /// True for a denial because of what a foreign agent has added to the request.
    var isDueToForeignAgent = false
    /// True once the identification has been verified: it can be used up.
    var isInSequence = false

    init(
        _ request: RegistrationRequest, _ scan: ExtensionScan, of datagram: RawSpan, isPoorlyFormed: Bool,
        from source: TransportEndpoint, to local: TransportEndpoint, now: Moment, time: Timestamp, replySource: TransportEndpoint
    ) {
        self.request = request
        self.scan = scan
        nai = scan.nai(in: scan.homePart)
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

    /// True for a node that decapsulates datagrams itself and has sent the request without a foreign agent.
    var isDirect: Bool {
        request.flags.contains(.decapsulationByMN) && source.address == request.careOfAddress
    }

    var isDeregistration: Bool { request.lifetime == .deregistration }

    /// True for a vendor extension that the mobile node's authenticator covers, false for one of a foreign agent.
    func isFromNode(_ vendor: LocatedVendorExtension) -> Bool { scan.homePart.contains(vendor) }

    /// Where this home agent looks for an extension that it acts on; nil for a type that it only verifies or counts elsewhere.
    func place(of type: ExtensionType) -> MessagePart? {
        switch type {
        // RFC 2794 §3: before the Mobile-Home authentication extension.
        case .mobileNodeNAI: scan.homePart
        // RFC 3519 §3.1.1: before the authenticator of the node or of the foreign agent, whichever asks.
        case .udpTunnelRequest: signedPart
        case .challenge: challengePart
        // RFC 3543 §3.2: before the node's authenticator if it registers directly, between that and the foreign agent's otherwise.
        // A node with a co-located care-of address that registers through a foreign agent cannot have it (RFC 3543 §4.3.2).
        case .revocationSupport:
            if isDirect {
                scan.homePart
            } else if foreignHome == nil || request.flags.contains(.decapsulationByMN) {
                .nothing
            } else {
                agentPart
            }
        // RFC 4433 §3.4.1 and RFC 3846 §3: from the node.
        case .dynamicHomeAgent, .naiCarrying: scan.homePart
        // RFC 5446 §3, RFC 4064 §4: from the node or its foreign agent.
        case .serviceSelection, .nonSkippableExperimental, .skippableExperimental: signedPart
        default: nil
        }
    }

    /// What the verified authenticators cover: that of the node, and that of the foreign agent if it has one.
    var signedPart: MessagePart {
        guard foreignHome != nil, let end = scan.foreignHome?.start else { return scan.homePart }
        return MessagePart(from: 0, to: end)
    }

    /// What the foreign agent has added and signed.
    var agentPart: MessagePart {
        guard foreignHome != nil else { return .nothing }
        return MessagePart(from: scan.authorizationEnablingEnd ?? 0, to: signedPart.end)
    }

    /// What precedes any authenticator that may cover a challenge (RFC 4721 §3.1, §3.2). The MN-AAA authenticator may be one that only the
    /// home domain's server can verify: the challenge is returned, not believed.
    private var challengePart: MessagePart {
        MessagePart(from: 0, to: max(signedPart.end, scan.homePart.end, scan.mobileAAA?.start ?? 0))
    }

    /// Decodes the challenge to return. Call when the foreign agent's authenticator has been examined.
    mutating func findChallenge(in datagram: RawSpan) {
        challenge = try? scan.read(Challenge.self, in: challengePart, of: datagram)
    }

    /// True once an authenticator of the node was verified.
    var isVerified: Bool { usedSlot >= 0 }

    /// True for an authentic request of a node that uses nonces and has yet to get its first one: whether the request is new is unknown.
    var isNewcomer: Bool {
        isVerified && node == nil && !isInSequence && !isDuplicate && association?.association.replayMethod == .nonces
    }

    /// True when every binding of the node is to end.
    var endsAllBindings: Bool {
        isDeregistration && (request.careOfAddress == homeAddress || request.careOfAddress == request.homeAddress)
    }

    /// The violation that this request would constitute, by its mobile node.
    func violation(_ reason: ViolationReason, spi: SecurityParameterIndex? = nil, code: ReplyCode? = nil) -> Violation {
        Violation(
            role: .homeAgent, violator: PeerIdentity(homeAddress: request.homeAddress, nai: nai, source: source),
            reason: reason, spi: spi ?? SecurityParameterIndex(rawValue: 0), identification: request.identification,
            source: source, homeAgent: homeAgent, code: code,
            isKnown: isIdentified || node != nil)
    }
}
