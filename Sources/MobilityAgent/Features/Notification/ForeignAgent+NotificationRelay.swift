import AgentModel
import MobileIPv4

/// Notifications between mobile nodes and home agents, and their acknowledgments, which a foreign agent relays (RFC 6098 §4.6).
extension ForeignAgent {
    /// Relays a message that was sent by a visitor or by its home agent to the other one, if there are not too many.
    mutating func relay(
        _ header: NotificationHeader, _ datagram: RawSpan, from source: TransportEndpoint, at now: Moment,
        _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        do throws(Refusal) {
            let scan = try ExtensionScan.ofNotification(datagram, header.type, understanding: understanding)
            guard configuration.settings.signalling.permits(header.notified) else { throw .discard(.notServed) }
            guard let visit = findVisit(header.homeAddress, at: header.homeAgent, by: header.careOfAddress) else {
                throw .discard(.unknownRegistration)
            }
            let (visitor, path) = (visit.visitor, visit.path)
            // What the sender and the receiver share ends here; what follows it was for this agent.
            guard let end = scan.authorizationEnablingEnd else { throw .discard(.noAuthorizationExtension) }
            var payload = datagram.octets(0..<end)
            if header.path.sender == .homeAgent {
                guard source.address == path.homeAgent.address else { throw .discard(.wrongReplySource) }
                let isSigned = checkForeignHome(scan, datagram, visit, from: source, at: now, &shared, &effects)
                try limitRelay(visit.slot, \.toVisitor, isSigned, at: now)
                mobileForeign(of: visitor)?.first?.sign(.mobileForeignAuthentication, &payload)
                effects.datagrams.append(
                    OutgoingDatagram(
                        source: path.local, destination: TransportEndpoint(visitor.homeAddress, port: visitor.sourcePort),
                        payload: payload))
            } else {
                guard source.address == visitor.sourceAddress || source.address == visitor.homeAddress else {
                    throw .discard(.wrongReplySource)
                }
                let isSigned = try checkMobileForeign(scan, datagram, visitor, from: source, at: now, &shared, &effects)
                try limitRelay(visit.slot, \.toHomeAgent, isSigned, at: now)
                homeAgentAssociations.ofPeer(path.homeAgent.address)?.first?.sign(.foreignHomeAuthentication, &payload)
                effects.datagrams.append(
                    OutgoingDatagram(source: path.relay, destination: path.homeAgent, payload: payload))
            }
            counters.notificationsRelayed += 1
        } catch {
            if case .discard(let reason) = error { counters.discards[reason] += 1 }
        }
    }

    private mutating func limitRelay(
        _ slot: Int, _ limit: WritableKeyPath<VisitorPath, RelayLimit>, _ isSigned: Bool, at now: Moment
    ) throws(Refusal) {
        guard revocationTerms.paths.passes(slot, limit, isSigned: isSigned, at: now.uptime) else {
            throw .discard(.rateLimited)
        }
    }

    private func mobileForeign(of visitor: Visitor) -> [ConfiguredSecurityAssociation]? {
        mobileNodeAssociations.ofMobileNode(visitor.homeAddress, nai: visitor.nai)
    }

    /// Whether the home agent has signed a message for this agent. A wrong authenticator is reported. The message is relayed
    /// nevertheless, because what it protects is removed anyway (RFC 6098 §4.6.1).
    private func checkForeignHome(
        _ scan: ExtensionScan, _ datagram: RawSpan, _ visit: Visit, from source: TransportEndpoint, at now: Moment,
        _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) -> Bool {
        guard let presented = scan.foreignHome,
            let associations = homeAgentAssociations.ofPeer(visit.path.homeAgent.address)
        else { return false }
        let fault = SignalFault(presented, scan.count(of: .foreignHomeAuthentication), associations, in: datagram)
        shared.note(fault, of: associations, presented, at: now)
        guard let fault else { return true }
        shared.report(
            fault.violation(
                by: .foreignAgent, of: .homeAgent, from: source, homeAddress: visit.visitor.homeAddress,
                homeAgent: visit.visitor.homeAgent, spi: presented.spi), at: now, effects: &effects)
        return false
    }

    /// Whether a visitor has signed a message for this agent. Drops one of a visitor that shares an association and has not signed it
    /// correctly (RFC 6098 §4.6.1, §4.6.4).
    private func checkMobileForeign(
        _ scan: ExtensionScan, _ datagram: RawSpan, _ visitor: Visitor, from source: TransportEndpoint, at now: Moment,
        _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) -> Bool {
        guard let associations = mobileForeign(of: visitor) else { return false }
        let presented = scan.mobileForeign
        let fault = SignalFault(presented, scan.count(of: .mobileForeignAuthentication), associations, in: datagram)
        shared.note(fault, of: associations, presented, at: now)
        guard let fault else { return true }
        shared.report(
            fault.violation(
                by: .foreignAgent, of: .mobileNode, from: source, homeAddress: visitor.homeAddress,
                homeAgent: visitor.homeAgent, spi: presented?.spi), at: now, effects: &effects)
        throw .discard(fault.discardReason)
    }
}
