import AgentModel
import MobileIPv4

/// A reply and what was decoded from it before it is trusted.
struct IncomingReply {
    let reply: RegistrationReply
    let scan: ExtensionScan
    let vendorExtensions: [LocatedVendorExtension]
    let source: TransportEndpoint?
    /// What the home agent says to the node: all before its authenticator. Empty for a denial by the foreign agent, in which that
    /// authenticator is not verified.
    let homeAgentPart: MessagePart
    /// What the foreign agent says to the node: after the home agent's authenticator and before the foreign agent's own. Empty for
    /// a node that registers without a foreign agent.
    let foreignAgentPart: MessagePart
    /// The foreign agent's error about the home agent's reply (RFC 4636).
    let error: ForeignAgentError?
    /// Whether there is an error that cannot be read. Such a reply is treated like one with an unknown extension of that range, so
    /// that its care-of address is not used (RFC 4636 §4).
    let hasUnreadableError: Bool
    /// The code that applies: that of the reply, unless the foreign agent refuses an acceptance. A deregistration that the home
    /// agent has accepted stays accepted, since there is nothing left to refuse.
    let code: ReplyCode
    /// What the home agent says to the node about revocations (RFC 3543); nil for a node that registers through a foreign agent,
    /// which then has the agreement.
    let revocationAnswer: RevocationSupport?

    init(
        _ reply: RegistrationReply, _ scan: ExtensionScan, in datagram: RawSpan, from source: TransportEndpoint?,
        hasForeignAgent: Bool, isDeregistration: Bool
    ) {
        self.reply = reply
        self.scan = scan
        self.source = source
        vendorExtensions = scan.vendorExtensions(in: datagram)
        homeAgentPart = hasForeignAgent && reply.code.isDeniedByForeignAgent ? .nothing : scan.homePart
        foreignAgentPart = hasForeignAgent ? scan.linkPart : .nothing
        let located = scan.first(.foreignAgentError, in: foreignAgentPart)
        let error = located.flatMap { try? ForeignAgentError($0, in: datagram) }
        self.error = error.flatMap { $0.status.isDeniedByForeignAgent ? $0 : nil }
        hasUnreadableError = located != nil && self.error == nil
        code = reply.code.isAccepted && !isDeregistration ? self.error?.status ?? reply.code : reply.code
        revocationAnswer = try? scan.read(RevocationSupport.self, in: hasForeignAgent ? .nothing : scan.homePart, of: datagram)
    }

    /// Whether the foreign agent refuses the home agent's acceptance of a registration.
    var isRefused: Bool { code != reply.code }

    /// How many extensions stand where no authenticator that the node verified covers them; none of them is read. A node without a
    /// foreign agent has no use for the challenge that its home agent returns.
    func unsignedExtensions(known: Set<VendorExtensionKind>, hasForeignAgent: Bool) -> UInt64 {
        scan.countMisplaced {
            switch $0 {
            case .foreignAgentError: foreignAgentPart
            case .challenge: hasForeignAgent ? foreignAgentPart : nil
            case .revocationSupport: hasForeignAgent ? nil : scan.homePart
            case .dynamicHomeAgent, .naiCarrying, .serviceSelection: scan.homePart
            default: nil
            }
        }
            + UInt64(
                vendorExtensions.count {
                    $0.isKnown(known) && !scan.homePart.contains($0) && !foreignAgentPart.contains($0)
                })
    }
}
