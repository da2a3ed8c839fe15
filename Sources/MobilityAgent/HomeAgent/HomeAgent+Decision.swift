import AgentModel
import MobileIPv4

extension HomeAgent {
    /// Applies the rules in the order of RFC 5944 §3.8.2 and §3.8.3; returns normally if the request is to be served.
    mutating func decide(
        _ datagram: RawSpan, _ incoming: inout IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) {
        try authenticate(datagram, &incoming, &shared, &effects)
        try checkStructure(incoming)
        countUnsigned(incoming)
        incoming.isAuthentic = true
        try readFeatures(datagram, &incoming)
        incoming.node = knownNode(incoming)
        if isDuplicate(&incoming, &shared) {
            shared.associations.accept(incoming.usedSlot, at: incoming.time)
        } else {
            try checkIdentification(&incoming, &shared, &effects)
        }
        try turnAway(datagram, &incoming, &shared, &effects)
        try resolveHomeAddress(&incoming, &shared, &effects)
        try checkForm(datagram, incoming)
        try checkNewcomer(&incoming, &shared, &effects)
        try checkForeignAgent(datagram, incoming, &shared, &effects)
        try checkHomeAgent(&incoming)
        if incoming.isDuplicate {
            repeatFeatures(datagram, &incoming)
        } else {
            try checkService(datagram, incoming, &shared, &effects)
            try checkFeatures(datagram, &incoming, &shared, &effects)
            guard movesToPool(incoming) else { return }
            try moveToPool(&incoming, &shared, &effects)
            try checkForm(datagram, incoming)
            try checkCareOfAddress(incoming)
        }
    }

    /// Rule 2, once the sender is known: extensions that occur too often or cannot be read. Anyone can append these to a copy of a node's
    /// request, so that they are refused before the identification is looked at.
    private func checkStructure(_ incoming: IncomingRequest) throws(Refusal) {
        let scan = incoming.scan
        guard !incoming.isPoorlyFormed, scan.count(of: .mobileHomeAuthentication) <= 1, scan.mobileAAACount <= 1,
            scan.count(of: .challenge, in: incoming.place(of: .challenge)) <= 1,
            !incoming.vendorExtensions.contains(where: { $0.isCritical && $0.kind == nil })
        else {
            throw .deny(.haPoorlyFormedRequest)
        }
    }

    /// Rule 2, for what the node or its foreign agent has signed.
    func checkForm(_ datagram: RawSpan, _ incoming: IncomingRequest) throws(Refusal) {
        let scan = incoming.scan
        if !incoming.isDeregistration {
            let careOfAddress = incoming.request.careOfAddress
            guard careOfAddress.isUnicast, careOfAddress != incoming.homeAddress else { throw .deny(.haPoorlyFormedRequest) }
        }
        if let udp = scan.first(.udpTunnelRequest, in: incoming.signedPart) {
            // RFC 3519 §3.1.1: from the node, it precedes the authenticator and D is set; from a foreign agent, it follows it and D is
            // clear.
            guard scan.homePart.contains(udp) == incoming.request.flags.contains(.decapsulationByMN),
                (try? UDPTunnelRequest(udp, in: datagram)) != nil
            else { throw .deny(.haPoorlyFormedRequest) }
        }
    }

    /// Counts the extensions that stand where no verified authenticator covers them; none of them is read.
    private mutating func countUnsigned(_ incoming: IncomingRequest) {
        counters.unsignedExtensionsIgnored += incoming.scan.countMisplaced { incoming.place(of: $0) }
        if incoming.vendorExtensions.isEmpty { return }
        counters.unsignedExtensionsIgnored += UInt64(
            incoming.vendorExtensions.count { known.isKnown($0) && !incoming.signedPart.contains($0) })
    }

    /// Rule 7: whether this is the home agent that the node is looking for.
    mutating func checkHomeAgent(_ incoming: inout IncomingRequest) throws(Refusal) {
        let named = incoming.request.homeAgent
        if let requested = incoming.wishes.homeAgent, requested != incoming.local.address {
            // RFC 4433 §5.3: the request has gone to another home agent than the node has asked for.
            if incoming.request.isForAnyHomeAgent { counters.dynamicRequestsForOther += 1 }
            throw .deny(.haUnknownHomeAgentAddress)
        }
        if addresses.contains(named) {
            incoming.homeAgent = named
        } else if incoming.request.isForAnyHomeAgent && configuration.assignsHomeAgent
            && addresses.contains(incoming.local.address)
        {
            // RFC 4433 §5.3.1: the reply carries the address of the home agent that accepted the node.
            return
        } else {
            throw .deny(.haUnknownHomeAgentAddress)
        }
    }

    /// Rules 8 and 9: whether this agent may and can do what is requested.
    private mutating func checkService(
        _ datagram: RawSpan, _ incoming: IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) {
        try checkReservedFlags(incoming)
        guard configuration.settings.enabled, serves(incoming.homeAddress) else { throw .deny(.haAdministrativelyProhibited) }
        if !incoming.isDeregistration {
            try checkCareOfAddress(incoming)
            try checkRoom(incoming, &shared, &effects)
            try checkEncapsulation(incoming)
            try checkReverseTunnel(incoming)
            try checkUDPTunnel(datagram, incoming)
        }
        try checkVendorExtensions(incoming)
    }

    private func checkReservedFlags(_ incoming: IncomingRequest) throws(Refusal) {
        guard configuration.rejectsReservedFlags else { return }
        guard incoming.request.flags.isDisjoint(with: [.vjCompression, .reservedX]) else { throw .deny(.haPoorlyFormedRequest) }
    }

    private func checkEncapsulation(_ incoming: IncomingRequest) throws(Refusal) {
        guard configuration.encapsulations.serve(incoming.request.flags) else { throw .deny(.haEncapsulationUnavailable) }
    }

    private func checkReverseTunnel(_ incoming: IncomingRequest) throws(Refusal) {
        switch (configuration.reverseTunnel, incoming.request.flags.contains(.reverseTunnel)) {
        case (.unavailable, true): throw .deny(.haReverseTunnelUnavailable)
        case (.mandatory, false): throw .deny(.haReverseTunnelMandatory)
        default: return
        }
    }

    /// 142 when the node insists on UDP (F, RFC 3519 §3.1.1). Without F, a reply without extension 44 declines.
    private func checkUDPTunnel(_ datagram: RawSpan, _ incoming: IncomingRequest) throws(Refusal) {
        let requested = try? incoming.scan.read(UDPTunnelRequest.self, in: incoming.signedPart, of: datagram)
        guard let udp = requested, udp.flags.contains(.force) else { return }
        throw .deny(.haUDPEncapsulationUnavailable)
    }

    /// 140 and 141 for a critical extension that this agent does not know (RFC 3115 §3).
    private func checkVendorExtensions(_ incoming: IncomingRequest) throws(Refusal) {
        guard let unknown = incoming.vendorExtensions.firstCritical(notIn: known.vendors) else { return }
        throw .deny(
            incoming.isFromNode(unknown) ? .haUnsupportedCVSEFromMobileNode : .haUnsupportedCVSEFromForeignAgent)
    }

    /// Counts the normal vendor extensions that are skipped.
    mutating func countVendorExtensions(_ incoming: IncomingRequest) {
        for vendor in incoming.vendorExtensions where !vendor.isCritical && !known.isKnown(vendor) {
            if incoming.isFromNode(vendor) {
                counters.normalVendorExtensionsFromMobileNodeIgnored += 1
            } else {
                counters.normalVendorExtensionsFromForeignAgentIgnored += 1
            }
        }
    }

    /// Rule 8: 135 when the node has reached its maximum of bindings, 130 when the agent has.
    private mutating func checkRoom(
        _ incoming: IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) {
        guard let slot = incoming.node else { throw .deny(.haInsufficientResources) }
        if bindings.find(incoming.request.careOfAddress, of: nodes[slot]) != nil { return }
        let held = nodes[slot].bindingCount
        let keepsOthers = incoming.request.flags.contains(.simultaneousBindings) && configuration.simultaneousBindings
        if keepsOthers && held >= Int(configuration.maximumBindingsPerNode) { throw .deny(.haTooManySimultaneousBindings) }
        let total = bindings.count - (keepsOthers ? 0 : held)
        let maximum = Int(configuration.settings.limits.maximumBindings)
        guard total >= maximum else {
            // Reported again only after a tenth has become free, not whenever a single binding is added and removed.
            if isFull && total < maximum - maximum / 10 { isFull = false }
            return
        }
        noteFull(incoming, &effects)
        throw .deny(.haInsufficientResources)
    }

    /// Reports, once, that all bindings are in use.
    mutating func noteFull(_ incoming: IncomingRequest, _ effects: inout AgentEffects) {
        if isFull { return }
        isFull = true
        let maximum = configuration.settings.limits.maximumBindings
        let consequence = configuration.redirectsWhenFull.isEmpty ? "" : ", unless they can be redirected"
        effects.changes.append(
            .event(
                AgentEvent(
                    time: incoming.time, kind: .capacityReached, role: .homeAgent, homeAgent: incoming.homeAgent,
                    code: ReplyCode.haInsufficientResources.rawValue,
                    message: "all \(maximum) bindings are in use; new ones are refused with 130\(consequence)")))
    }
}
