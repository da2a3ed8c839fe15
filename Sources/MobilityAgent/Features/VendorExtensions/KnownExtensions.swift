import AgentModel
import MobileIPv4

/// What a role knows of the extensions that are its operator's matter: those of vendors (RFC 3115) and of experiments (RFC 4064).
struct KnownExtensions {
    /// Whose configuration it is.
    let role: AgentRole
    /// The vendor extensions that the configuration lists.
    let vendors: Set<VendorExtensionKind>
    /// The normal vendor extension on which the role acts, whether or not it is listed; nil for none.
    let served: VendorExtensionKind?
    /// What the configuration says about experimental extensions; nil while experiments are disabled, which then are like any others
    /// that the role does not understand.
    let experiments: [ExperimentalRule]?

    /// How the role knows a vendor extension.
    func knowledge(of vendor: LocatedVendorExtension) -> ExtensionKnowledge {
        if vendor.isKnown(vendors), let kind = vendor.kind { return vendors.contains(kind) ? .named : .byVendor }
        return isServed(vendor) ? .named : .unknown
    }

    /// Whether the role knows a vendor extension.
    func isKnown(_ vendor: LocatedVendorExtension) -> Bool { knowledge(of: vendor) != .unknown }

    /// Whether the role acts on a vendor extension.
    func isServed(_ vendor: LocatedVendorExtension) -> Bool { served != nil && !vendor.isCritical && vendor.kind == served }

    /// What is done with an experimental extension; nil without a rule for it.
    func action(for located: LocatedExtension) -> ExperimentalRule.Action? {
        guard let kind = ExperimentalRule.Kind(located.type), let subtype = located.subtype else { return nil }
        return experiments?.action(kind, subtype: subtype)
    }

    /// The first experimental extension that must not be skipped, and for which there is no rule.
    func firstUnknownExperiment(in scan: ExtensionScan) -> LocatedExtension? {
        guard experiments != nil else { return nil }
        return scan.experimentalExtensions.first { !$0.type.isSkippable && action(for: $0) == nil }
    }
}

extension KnownExtensions {
    /// What the home agent's configuration and settings know.
    init(_ configuration: HomeAgentConfiguration) {
        role = .homeAgent
        vendors = configuration.knownVendorExtensions
        served = configuration.givesHostConfiguration ? HostConfiguration.kind : nil
        experiments = configuration.settings.discovery.experimental ? configuration.experimental : nil
    }

    /// What the foreign agent's configuration and settings know.
    init(_ configuration: ForeignAgentConfiguration) {
        role = .foreignAgent
        vendors = configuration.knownVendorExtensions
        served = nil
        experiments = configuration.settings.discovery.experimental ? configuration.experimental : nil
    }
}

extension SharedAgentState {
    /// True when a message contains an experimental extension that must not be skipped, and that the role does not know.
    ///
    /// - Parameter isAuthentic: Whether it was verified who sent the message.
    mutating func findsUnknownExperiment(
        in scan: ExtensionScan, _ known: KnownExtensions, isAuthentic: Bool, from source: IPv4Address, at now: Moment,
        _ effects: inout AgentEffects
    ) -> Bool {
        guard let unknown = known.firstUnknownExperiment(in: scan) else { return false }
        note(
            ExtensionKind(experimental: unknown), .unknown, isAuthentic: isAuthentic, role: known.role, outcome: .refused,
            from: source, at: now, &effects)
        return true
    }

    /// Counts a vendor extension by what has become of it.
    ///
    /// - Parameters:
    ///   - isInPlace: Whether it stands where an authenticator for the role covers it, if there is one.
    ///   - isAuthentic: Whether it was verified who sent the message.
    mutating func note(
        _ vendor: LocatedVendorExtension, _ known: KnownExtensions, isInPlace: Bool, _ outcome: MessageOutcome, isAuthentic: Bool,
        from source: IPv4Address, at now: Moment, _ effects: inout AgentEffects
    ) {
        let knowledge = known.knowledge(of: vendor)
        note(
            ExtensionKind(vendor), knowledge, isAuthentic: isAuthentic, role: known.role,
            outcome: ExtensionOutcome(vendor, isKnown: knowledge != .unknown, isInPlace: isInPlace, in: outcome), from: source,
            at: now, &effects)
    }

    /// Counts an experimental extension by what has become of it.
    ///
    /// - Parameters:
    ///   - action: What the role's configuration says about it; nil for nothing.
    ///   - isInPlace: As for a vendor extension, and so `isAuthentic`.
    mutating func note(
        experimental located: LocatedExtension, _ action: ExperimentalRule.Action?, _ role: AgentRole, isInPlace: Bool,
        _ outcome: MessageOutcome, isAuthentic: Bool, from source: IPv4Address, at now: Moment, _ effects: inout AgentEffects
    ) {
        note(
            ExtensionKind(experimental: located), action == nil ? .unknown : .named, isAuthentic: isAuthentic, role: role,
            outcome: ExtensionOutcome(action, isInPlace: isInPlace, in: outcome), from: source, at: now, &effects)
    }
}
