import AgentModel
import MobileIPv4

extension ForeignAgent {
    /// Denies a request; returns false, without sending anything, if the node was denied less than a second ago. Nothing else changes: an
    /// earlier visit continues.
    mutating func deny(
        _ code: ReplyCode, _ visiting: VisitingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) -> Bool {
        let crowding = code == .faInsufficientResources ? visiting.sender : nil
        guard denials.passes(visiting.mobileNode, at: visiting.source.address, crowding: crowding, at: visiting.now.uptime) else {
            counters.discards[.rateLimited] += 1
            return false
        }
        send(
            code, visiting.request, nai: visiting.nai, challenged: visiting.challenged, association: visiting.mobileForeign,
            from: visiting.local, to: visiting.source, repeatable: visiting.now, &shared, &effects)
        let time = shared.time(visiting.now)
        shared.alarm(
            AgentEvent(
                time: time, kind: .registrationDenied, role: .foreignAgent,
                homeAddress: visiting.request.homeAddress == .zero ? nil : visiting.request.homeAddress, nai: visiting.nai,
                careOfAddress: visiting.request.careOfAddress, homeAgent: visiting.request.homeAgent,
                sourceAddress: visiting.source.address, code: code.rawValue, message: "denied \(visiting.mobileNode): \(code)"),
            of: .registrationDenied, isKnown: visiting.isVisitor, at: visiting.now, effects: &effects)
        return true
    }

    /// Answers a relayed request with a reply of this agent's own.
    mutating func send(
        _ code: ReplyCode, to pending: PendingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        send(
            code, pending.request, nai: pending.nai, challenged: pending.challenged, association: pending.mobileForeign,
            from: pending.local, to: pending.source, repeatable: nil, &shared, &effects)
    }

    private mutating func send(
        _ code: ReplyCode, _ request: RegistrationRequest, nai: NetworkAccessIdentifier?, challenged: PeerIdentity,
        association: ConfiguredSecurityAssociation?, from local: TransportEndpoint, to source: TransportEndpoint,
        repeatable: Moment?, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        let lifetime =
            code == .faRequestedLifetimeTooLong ? RegistrationLifetime(rawValue: configuration.maximumLifetime) : request.lifetime
        let reply = RegistrationReply(
            code: code, lifetime: lifetime, homeAddress: request.homeAddress, homeAgent: request.homeAgent,
            identification: request.identification)
        var payload: [UInt8] = []
        reply.encode(into: &payload)
        if let nai { payload.append(extension: MobileNodeNAI(nai)) }
        if !configuration.messages.isEmpty {
            appendMessage(denying: request, nai: nai, code, repeatable: repeatable, &payload)
        }
        replyFeatures(to: challenged, &payload, &shared)
        association?.sign(.mobileForeignAuthentication, &payload)
        deliver(payload, from: local, to: source, &effects)
        counters.repliesSentByCode[code] += 1
    }

    /// Sends a reply to a mobile node; to a node without an address as a broadcast on its link.
    func deliver(
        _ payload: [UInt8], from local: TransportEndpoint, to source: TransportEndpoint, _ effects: inout AgentEffects
    ) {
        var destination = source
        if destination.address == .zero { destination.address = .limitedBroadcast }
        effects.datagrams.append(OutgoingDatagram(source: local, destination: destination, payload: payload))
    }
}
