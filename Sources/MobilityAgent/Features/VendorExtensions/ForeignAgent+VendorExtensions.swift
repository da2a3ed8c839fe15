import AgentModel
import MobileIPv4

/// Vendor extensions for a foreign agent (RFC 3115 §2.3): those that follow the part of a message that is relayed. The others are relayed
/// with that part, in their order, and not looked at.
extension ForeignAgent {
    /// The part of a request that is for this agent: what follows the part that is relayed, and precedes the Mobile-Foreign authentication
    /// extension if there is one. Where this agent has verified the MN-AAA extension, which then is not relayed, what it covers behind the
    /// Mobile-Home one belongs to it.
    func ownPart(_ visiting: VisitingRequest) -> MessagePart {
        let link = visiting.scan.linkPart
        return MessagePart(from: relayedEnd(visiting, link.start), to: link.end)
    }

    /// The vendor extensions of a request for this agent, wherever they stand behind the part that is relayed.
    private func ownVendorExtensions(_ visiting: VisitingRequest) -> [LocatedVendorExtension] {
        guard visiting.scan.authorizationEnablingEnd != nil else { return [] }
        let start = ownPart(visiting).start
        return visiting.vendorExtensions.filter { $0.start >= start }
    }

    /// 100 for a critical extension for this agent that it does not know.
    func checkVendorExtensions(_ visiting: VisitingRequest) throws(Refusal) {
        if ownVendorExtensions(visiting).firstCritical(notIn: known.vendors) != nil {
            throw .deny(.faUnsupportedCVSEFromMobileNode)
        }
    }

    /// True when a reply contains a critical extension for this agent that it does not know (101).
    func hasUnknownCriticalExtension(_ reply: ExtensionScan, in datagram: RawSpan) -> Bool {
        let end = reply.authorizationEnablingEnd ?? 0
        return reply.vendorExtensions(in: datagram).filter { $0.start >= end }.firstCritical(notIn: known.vendors) != nil
    }

    /// Counts the vendor and experimental extensions of a request for this agent, once it is known what has become of the request.
    mutating func noteUses(
        of visiting: VisitingRequest, _ outcome: MessageOutcome, isAuthentic: Bool, _ shared: inout SharedAgentState,
        _ effects: inout AgentEffects
    ) {
        let part = ownPart(visiting)
        for vendor in ownVendorExtensions(visiting) {
            if !vendor.isCritical, !known.isKnown(vendor) {
                counters.normalVendorExtensionsFromMobileNodeIgnored += 1
            }
            shared.note(
                vendor, known, isInPlace: part.contains(vendor), outcome, isAuthentic: isAuthentic,
                from: visiting.source.address, at: visiting.now, &effects)
        }
        noteExperimental(
            visiting.scan, in: part, outcome, isAuthentic: isAuthentic, from: visiting.source.address, at: visiting.now, &shared,
            &effects)
    }

    /// Counts the vendor and experimental extensions of a reply for this agent, once it is known what has become of the reply.
    mutating func noteUses(
        of reply: ExtensionScan, in datagram: RawSpan, _ outcome: MessageOutcome, isAuthentic: Bool, from source: IPv4Address,
        at now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        let end = reply.authorizationEnablingEnd ?? 0
        for vendor in reply.vendorExtensions(in: datagram) where vendor.start >= end {
            let isInPlace = reply.agentPart.contains(vendor)
            if known.isKnown(vendor) {
                if !isInPlace { counters.unsignedExtensionsIgnored += 1 }
            } else if !vendor.isCritical {
                counters.normalVendorExtensionsFromHomeAgentIgnored += 1
            }
            shared.note(
                vendor, known, isInPlace: isInPlace, outcome, isAuthentic: isAuthentic, from: source, at: now, &effects)
        }
        noteExperimental(
            reply, in: reply.agentPart, outcome, isAuthentic: isAuthentic, from: source, at: now, &shared, &effects)
    }
}
