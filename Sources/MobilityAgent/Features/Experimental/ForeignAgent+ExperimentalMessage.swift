import AgentModel
import MobileIPv4

/// Experimental messages to a foreign agent (RFC 4064 §3). None is relayed or answered, and an accepted one has no effect but to be counted:
/// nothing in it protects from repetition.
extension ForeignAgent {
    /// Processes an experimental message, which a home agent or a mobile node must have signed for this agent.
    mutating func receiveExperimental(
        _ datagram: RawSpan, from source: TransportEndpoint, at now: Moment, _ shared: inout SharedAgentState,
        _ effects: inout AgentEffects
    ) {
        do throws(Refusal) {
            guard let understood = understanding[.experimental] else { throw .discard(.unknownMessageType) }
            let scan = try ExtensionScan.ofSignal(
                datagram, from: ExperimentalMessage.fixedSize, understanding: understood,
                knowing: known.vendors)
            let signed = try authenticate(scan, datagram, from: source, at: now, &shared, &effects)
            let action = configuration.experimental.action(.message)
            let isUnderstood =
                action == .accept
                && !shared.findsUnknownExperiment(
                    in: scan, known, isAuthentic: true, from: source.address, at: now, &effects)
            shared.note(
                .experimentalMessage, action == nil ? .unknown : .named, isAuthentic: true, role: .foreignAgent,
                outcome: isUnderstood ? .accepted : .refused, from: source.address, at: now, &effects)
            guard action == .accept else { throw .discard(.unknownMessageType) }
            guard isUnderstood else { throw .discard(.unknownExtension) }
            counters.experimentalMessages += 1
            noteExperimental(
                scan, in: signed, .served, isAuthentic: true, from: source.address, at: now, &shared, &effects)
            for vendor in scan.vendorExtensions(in: datagram) {
                shared.note(
                    vendor, known, isInPlace: signed.contains(vendor), .served, isAuthentic: true, from: source.address, at: now,
                    &effects)
            }
        } catch {
            if case .discard(let reason) = error { counters.discards[reason] += 1 }
        }
    }

    /// The part of the message that its only authenticator covers: that of a home agent, or without one that of a mobile node, which is
    /// known by its NAI or by the address that it sends from.
    private func authenticate(
        _ scan: ExtensionScan, _ datagram: RawSpan, from source: TransportEndpoint, at now: Moment,
        _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) -> MessagePart {
        let isOfHomeAgent = scan.foreignHome != nil
        let presented = isOfHomeAgent ? scan.foreignHome : scan.anyMobileForeign
        let signed = MessagePart(from: 0, to: presented?.start ?? 0)
        let associations =
            isOfHomeAgent
            ? homeAgentAssociations.ofPeer(source.address)
            : mobileNodeAssociations.ofMobileNode(source.address, nai: scan.nai(in: signed))
        let count = scan.count(of: isOfHomeAgent ? .foreignHomeAuthentication : .mobileForeignAuthentication)
        let fault = SignalFault(presented, count, associations, in: datagram)
        shared.note(fault, of: associations, presented, at: now)
        guard let fault else { return signed }
        shared.report(
            fault.violation(
                by: .foreignAgent, of: isOfHomeAgent ? .homeAgent : .mobileNode, from: source, homeAddress: source.address,
                homeAgent: isOfHomeAgent ? source.address : .zero, spi: presented?.spi), at: now, effects: &effects)
        throw .discard(fault.discardReason)
    }
}
