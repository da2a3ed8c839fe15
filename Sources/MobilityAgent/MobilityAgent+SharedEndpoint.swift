import MobileIPv4

/// A home agent and a foreign agent that listen on one endpoint.
extension MobilityAgent {
    /// Whether a request that arrived at a local endpoint is for the home agent: no foreign agent listens there to take it, its node asks
    /// for that home agent or uses no foreign agent, or the foreign agent would choose that home agent for it.
    func isForHomeAgent(_ datagram: RawSpan, at local: TransportEndpoint) -> Bool {
        guard let homeAgent, homeAgent.listens(on: local) else { return false }
        guard let foreignAgent, foreignAgent.listens(on: local) else { return true }
        guard let request = try? RegistrationRequest(decoding: datagram) else { return true }
        let isCoLocated = request.flags.contains(.decapsulationByMN)
        let isVisitor = !isCoLocated && foreignAgent.careOfAddresses.contains(request.careOfAddress)
        // RFC 4433 §5.2: a foreign agent relays to the home agent that the node asks for, whatever the Home Agent field says. A request that
        // has come through another foreign agent is not relayed a second time.
        if isCoLocated || isVisitor || request.isForAnyHomeAgent, let requested = foreignAgent.requestedHomeAgent(in: datagram) {
            if homeAgent.addresses.contains(requested) { return true }
            if isCoLocated || isVisitor { return false }
        }
        if homeAgent.isMeant(by: request.homeAgent) { return true }
        guard request.isForAnyHomeAgent else { return false }
        guard isVisitor else { return true }
        return foreignAgent.assignedHomeAgent(in: datagram).map { homeAgent.addresses.contains($0) } ?? false
    }
}

extension ForeignAgent {
    /// The home agent for which a node asks by its address (139, RFC 4433 §3.4.1); nil without one that can be read.
    fileprivate func requestedHomeAgent(in datagram: RawSpan) -> IPv4Address? {
        guard let understood = understanding[.registrationRequest],
            let scan = try? ExtensionScan(datagram, from: RegistrationRequest.fixedSize, understanding: understood),
            let located = scan.first(.dynamicHomeAgent, in: scan.homePart)
        else { return nil }
        return (try? DynamicHomeAgent(located, in: datagram))?.address
    }

    /// The home agent that the configuration has for the node of a request for any; nil without one.
    fileprivate func assignedHomeAgent(in datagram: RawSpan) -> IPv4Address? {
        guard !assignedHomeAgents.isEmpty, let understood = understanding[.registrationRequest],
            let scan = try? ExtensionScan(datagram, from: RegistrationRequest.fixedSize, understanding: understood)
        else { return nil }
        return assignedHomeAgent(identity: scan.homeAgentIdentity(in: datagram), nai: scan.nai(in: scan.homePart))
    }
}
