import AgentModel
import MobileIPv4

/// Experimental extensions in requests (RFC 4064 §4).
extension HomeAgent {
    /// Counts the extensions for which there is no rule, and which may be skipped.
    mutating func skipUnknownExperiments(_ scan: ExtensionScan) {
        guard known.experiments != nil else { return }
        counters.extensionsSkipped += UInt64(
            scan.experimentalExtensions.count { $0.type.isSkippable && known.action(for: $0) == nil })
    }

    /// 192 for an extension that a rule refuses. Its sender has shown that it knows experimental codes (RFC 4064 §9).
    mutating func checkExperiments(_ incoming: inout IncomingRequest) throws(Refusal) {
        guard known.experiments != nil else { return }
        let refused = incoming.scan.experimentalExtensions.first {
            incoming.signedPart.contains($0) && known.action(for: $0) == .refuse
        }
        guard let refused else { return }
        counters.experimentalRefusals += 1
        incoming.isDueToForeignAgent = !incoming.scan.homePart.contains(refused)
        throw .deny(.haExperimental)
    }

    /// Counts the experimental extensions of an authenticated message, by what has become of it. No rule refuses experimental messages.
    ///
    /// - Parameter part: What a verified authenticator covers.
    mutating func noteExperiments(
        _ scan: ExtensionScan, in part: MessagePart, _ outcome: MessageOutcome, from source: IPv4Address, at now: Moment,
        _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        guard known.experiments != nil else { return }
        for located in scan.experimentalExtensions {
            let action = known.action(for: located)
            if action != nil { counters.experimentalExtensions += 1 }
            shared.note(
                experimental: located, action, .homeAgent, isInPlace: part.contains(located), outcome, isAuthentic: true,
                from: source, at: now, &effects)
        }
    }

    /// Counts the vendor extensions (RFC 3115) and experimental extensions of an authenticated request in the table of their uses, once it
    /// is known what has become of the request.
    mutating func noteExtensions(
        _ incoming: IncomingRequest, _ outcome: MessageOutcome, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        for vendor in incoming.vendorExtensions {
            shared.note(
                vendor, known, isInPlace: incoming.signedPart.contains(vendor), outcome, isAuthentic: true,
                from: incoming.source.address, at: incoming.now, &effects)
        }
        noteExperiments(
            incoming.scan, in: incoming.signedPart, outcome, from: incoming.source.address, at: incoming.now, &shared, &effects)
    }
}
