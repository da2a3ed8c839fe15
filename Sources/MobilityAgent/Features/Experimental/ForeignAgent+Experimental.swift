import AgentModel
import MobileIPv4

/// Experimental extensions in requests and replies (RFC 4064 §4). Like vendor extensions, those in the part that is relayed are for the
/// other side, and not looked at except for what RFC 5944 §1.8 demands: an extension 127 that this agent does not know drops the message.
extension ForeignAgent {
    /// Counts the experimental extensions of a message by what has become of it. No rule refuses replies and experimental messages.
    ///
    /// - Parameters:
    ///   - part: The part of the message that is for this agent.
    ///   - isAuthentic: Whether it was verified who sent the message.
    mutating func noteExperimental(
        _ scan: ExtensionScan, in part: MessagePart, _ outcome: MessageOutcome, isAuthentic: Bool, from source: IPv4Address,
        at now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        guard known.experiments != nil else { return }
        for located in scan.experimentalExtensions {
            let action = known.action(for: located)
            if action == nil { counters.extensionsSkipped += 1 } else { counters.experimentalExtensions += 1 }
            guard located.start >= part.start else { continue }
            let isInPlace = part.contains(located)
            if action != nil, !isInPlace { counters.unsignedExtensionsIgnored += 1 }
            shared.note(
                experimental: located, action, .foreignAgent, isInPlace: isInPlace, outcome, isAuthentic: isAuthentic,
                from: source, at: now, &effects)
        }
    }

    /// 127 for an extension for this agent that a rule refuses. Its sender has shown that it knows experimental codes (RFC 4064 §9).
    mutating func checkExperimental(_ visiting: VisitingRequest) throws(Refusal) {
        guard known.experiments != nil else { return }
        let part = ownPart(visiting)
        let isRefused = visiting.scan.experimentalExtensions.contains {
            part.contains($0) && known.action(for: $0) == .refuse
        }
        guard isRefused else { return }
        counters.experimentalRefusals += 1
        throw .deny(.faExperimental)
    }
}
