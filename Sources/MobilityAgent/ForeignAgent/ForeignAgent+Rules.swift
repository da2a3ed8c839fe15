import AgentModel
import MobileIPv4

/// The rules of RFC 5944 §3.7.2.1, RFC 2794 §3 and RFC 3024 §4.2 for well-formed requests, each in a function that refuses. Those about
/// extensions are in folders under `Features`.
extension ForeignAgent {
    /// Applies the rules; returns the destination of the request.
    mutating func decide(_ visiting: VisitingRequest) throws(Refusal) -> TransportEndpoint {
        guard configuration.settings.enabled else { throw .deny(.faAdministrativelyProhibited) }
        try checkIdentity(visiting)
        let destination = try homeAgent(for: visiting)
        try checkVendorExtensions(visiting)
        try checkExperimental(visiting)
        if visiting.isDeregistration { return destination }
        try checkCareOfAddress(visiting)
        try checkLifetime(visiting)
        // A node that decapsulates datagrams itself does not use this agent's tunnels.
        if visiting.isCoLocated { return destination }
        try checkEncapsulation(visiting)
        try checkReverseTunnel(visiting)
        try checkDistance(visiting)
        try checkDeliveryStyle(visiting)
        return destination
    }

    /// 97 for a node with neither a home address nor an NAI, 96 where a node must supply its home address.
    private func checkIdentity(_ visiting: VisitingRequest) throws(Refusal) {
        guard visiting.request.homeAddress == .zero else { return }
        if visiting.nai == nil { throw .deny(.faMissingNAI) }
        if configuration.requiresHomeAddress { throw .deny(.faNonZeroHomeAddressRequired) }
    }

    private func checkCareOfAddress(_ visiting: VisitingRequest) throws(Refusal) {
        guard visiting.isCoLocated || careOfAddresses.contains(visiting.request.careOfAddress) else {
            throw .deny(.faInvalidCareOfAddress)
        }
    }

    private func checkLifetime(_ visiting: VisitingRequest) throws(Refusal) {
        if visiting.request.lifetime.rawValue > configuration.maximumLifetime { throw .deny(.faRequestedLifetimeTooLong) }
    }

    private func checkEncapsulation(_ visiting: VisitingRequest) throws(Refusal) {
        guard configuration.encapsulations.serve(visiting.request.flags) else { throw .deny(.faEncapsulationUnavailable) }
    }

    private func checkReverseTunnel(_ visiting: VisitingRequest) throws(Refusal) {
        switch (configuration.reverseTunnel, visiting.request.flags.contains(.reverseTunnel)) {
        case (.unavailable, true): throw .deny(.faReverseTunnelUnavailable)
        case (.mandatory, false): throw .deny(.faReverseTunnelMandatory)
        default: return
        }
    }

    /// 76 for a request that asks for a reverse tunnel and was forwarded by a router (RFC 3024 §4.2.1).
    private func checkDistance(_ visiting: VisitingRequest) throws(Refusal) {
        guard visiting.reverseTunnel != .none, let timeToLive = visiting.timeToLive, timeToLive != 255 else { return }
        throw .deny(.faMobileNodeTooDistant)
    }

    private func checkDeliveryStyle(_ visiting: VisitingRequest) throws(Refusal) {
        guard visiting.reverseTunnel == .encapsulating, !configuration.encapsulatingDelivery else { return }
        throw .deny(.faDeliveryStyleUnsupported)
    }
}

extension Set<Encapsulation> {
    /// True when the set contains every encapsulation that these flags request.
    func serve(_ flags: RegistrationFlags) -> Bool {
        (!flags.contains(.gre) || contains(.gre)) && (!flags.contains(.minEnc) || contains(.minEnc))
    }
}
