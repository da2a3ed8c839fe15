import AgentModel
import MobileIPv4

/// Experimental extensions in requests (RFC 4064 §4).
extension HomeAgent {
    private var isExperimenting: Bool { configuration.settings.discovery.experimental }

    private func rule(for located: LocatedExtension) -> ExperimentalRule.Action? {
        guard let kind = ExperimentalRule.Kind(located.type), let subtype = located.subtype else { return nil }
        return configuration.experimental.action(kind, subtype: subtype)
    }

    /// True when a message contains an extension that must not be skipped, and for which there is no rule.
    ///
    /// - Parameter isAuthentic: Whether it was verified who sent the message.
    func hasUnknownExperiment(
        _ scan: ExtensionScan, isAuthentic: Bool, from source: IPv4Address, at now: Moment, _ shared: inout SharedAgentState,
        _ effects: inout AgentEffects
    ) -> Bool {
        guard isExperimenting else { return false }
        let unknown = scan.experimentalExtensions.first { !$0.type.isSkippable && rule(for: $0) == nil }
        guard let unknown else { return false }
        shared.note(
            ExtensionKind(experimental: unknown), .unknown, isAuthentic: isAuthentic, role: .homeAgent, outcome: .refused,
            from: source, at: now, &effects)
        return true
    }

    /// Counts the extensions for which there is no rule, and which may be skipped.
    mutating func skipUnknownExperiments(_ scan: ExtensionScan) {
        guard isExperimenting else { return }
        counters.extensionsSkipped += UInt64(
            scan.experimentalExtensions.count { $0.type.isSkippable && rule(for: $0) == nil })
    }

    /// 192 for an extension that a rule refuses. Its sender has shown that it knows experimental codes (RFC 4064 §9).
    mutating func checkExperiments(_ incoming: inout IncomingRequest) throws(Refusal) {
        guard isExperimenting else { return }
        let refused = incoming.scan.experimentalExtensions.first {
            incoming.signedPart.contains($0) && rule(for: $0) == .refuse
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
        guard isExperimenting else { return }
        for located in scan.experimentalExtensions {
            let rule = rule(for: located)
            if rule != nil { counters.experimentalExtensions += 1 }
            shared.note(
                ExtensionKind(experimental: located), rule == nil ? .unknown : .named, isAuthentic: true, role: .homeAgent,
                outcome: ExtensionOutcome(rule, isInPlace: part.contains(located), in: outcome), from: source, at: now, &effects)
        }
    }

    /// Counts the vendor extensions (RFC 3115) and experimental extensions of an authenticated request in the table of their uses, once it
    /// is known what has become of the request.
    mutating func noteExtensions(
        _ incoming: IncomingRequest, _ outcome: MessageOutcome, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        for vendor in incoming.vendorExtensions {
            note(
                vendor, isInPlace: incoming.signedPart.contains(vendor), outcome, from: incoming.source.address,
                at: incoming.now, &shared, &effects)
        }
        noteExperiments(
            incoming.scan, in: incoming.signedPart, outcome, from: incoming.source.address, at: incoming.now, &shared, &effects)
    }

    /// Counts a vendor extension of an authenticated message by what has become of it.
    ///
    /// - Parameter isInPlace: Whether a verified authenticator covers it.
    func note(
        _ vendor: LocatedVendorExtension, isInPlace: Bool, _ outcome: MessageOutcome, from source: IPv4Address, at now: Moment,
        _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        // What the agent acts on is known, whether or not it is listed.
        let listed = vendor.knowledge(in: configuration.knownVendorExtensions)
        let knowledge = listed == .unknown && isKnown(vendor) ? ExtensionKnowledge.named : listed
        shared.note(
            ExtensionKind(vendor), knowledge, isAuthentic: true, role: .homeAgent,
            outcome: ExtensionOutcome(vendor, isKnown: knowledge != .unknown, isInPlace: isInPlace, in: outcome), from: source,
            at: now, &effects)
    }
}
