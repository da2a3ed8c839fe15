import AgentModel
import MobileIPv4

/// Revocations by foreign agents (RFC 3543 §4.1).
extension HomeAgent {
    /// Processes a revocation from a foreign agent: ends the binding, and acknowledges.
    mutating func receive(
        _ revocation: RegistrationRevocation, _ datagram: RawSpan, from source: TransportEndpoint, to local: TransportEndpoint,
        at now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        do throws(Refusal) {
            guard let understood = understanding[.registrationRevocation] else { throw .discard(.unknownMessageType) }
            let scan = try ExtensionScan.ofSignal(
                datagram, from: RegistrationRevocation.fixedSize, understanding: understood,
                knowing: known.vendors)
            guard addresses.contains(revocation.homeDomain) else { throw .discard(.notServed) }
            guard revocation.homeAddress != .zero else { throw .discard(.unknownRegistration) }
            let slot = find(revocation)
            let associations = associations(of: revocation, slot, from: source)
            let association = try shared.authenticate(
                revocation, scan, datagram, by: associations, at: .homeAgent, from: source, at: now, &effects)
            let informs = try accept(revocation, slot, scan, datagram, from: source, at: now, &shared, &effects)
            effects.acknowledge(revocation, informs, from: local, to: source, association, .foreignHomeAuthentication)
        } catch {
            if case .discard(let reason) = error { counters.discards[reason] += 1 }
        }
    }

    private func find(_ revocation: RegistrationRevocation) -> Int? {
        guard let node = nodes.find(revocation.homeAddress),
            let slot = bindings.find(revocation.foreignDomain, of: nodes[node]),
            bindings[slot].binding.homeAgent == revocation.homeDomain
        else { return nil }
        return slot
    }

    /// The associations with who may revoke the registration: the foreign agent through which it was made.
    private func associations(
        of revocation: RegistrationRevocation, _ slot: Int?, from source: TransportEndpoint
    ) -> [ConfiguredSecurityAssociation]? {
        let sender = slot.map { bindings[$0].binding.sourceAddress } ?? source.address
        return foreignAgentAssociations.ofPeer(sender) ?? foreignAgentAssociations.ofPeer(revocation.foreignDomain)
    }

    /// Ends the binding; returns I of the acknowledgment.
    private mutating func accept(
        _ revocation: RegistrationRevocation, _ slot: Int?, _ scan: ExtensionScan, _ datagram: RawSpan,
        from source: TransportEndpoint, at now: Moment, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) -> Bool {
        let before = revokedByPeers.find(revocation.registration, at: now.uptime)
        if let slot, bindings[slot].binding.revocation != .none,
            revocationTerms[slot]?.peerStamp.isLater(than: revocation.identifier) == true
        {
            throw .discard(.replayed)
        }
        guard let slot, before?.identifier != revocation.identifier else {
            // The acknowledgment was lost, or the binding has ended meanwhile.
            counters.revocationsRepeated += 1
            if let before {
                shared.exchanges.repeated(before.exchange, &effects)
                return revocation.informsMobileNode && before.informed
            }
            // Both ends have revoked at the same time.
            let crossing = shared.exchanges.waitingRevocation(of: revocation.registration)
            return revocation.informsMobileNode && crossing.map { shared.exchanges[$0].row.informsNode } == true
        }
        if let before, before.identifier.isLater(than: revocation.identifier) { throw .discard(.replayed) }
        let binding = bindings[slot].binding
        // A direct node has agreed itself; no foreign agent speaks for it.
        guard binding.revocation != .none, !binding.isDirect, let terms = revocationTerms[slot] else {
            throw .discard(.notAgreed)
        }
        counters.revocationsReceived += 1
        let informs = terms.informing && revocation.informsMobileNode
        let time = shared.time(now)
        let text = (try? scan.read(MessageString.self, in: scan.agentPart, of: datagram))?.printable ?? ""
        let number = shared.exchanges.insert(
            received: Exchange(
                number: 0, kind: .revocation, role: .homeAgent, peer: source.address, peerRole: .foreignAgent,
                homeAddress: binding.homeAddress, nai: binding.nai, homeAgent: binding.homeAgent,
                careOfAddress: binding.careOfAddress, state: .received, tries: 1, started: time, ended: time,
                informsNode: informs, text: text), &effects)
        revokedByPeers.note(
            revocation.registration,
            EndedRegistrations.Entry(
                informed: informs, expires: bindings.deadline(slot), identifier: revocation.identifier, exchange: number))
        end(slot, .peerRevoked, at: now, &shared, &effects)
        effects.changes.append(
            .event(
                AgentEvent(
                    time: time, kind: .revoked, role: .homeAgent, homeAddress: binding.homeAddress, nai: binding.nai,
                    careOfAddress: binding.careOfAddress, homeAgent: binding.homeAgent, sourceAddress: source.address,
                    message: "the binding of \(binding.homeAddress) at \(binding.careOfAddress) was revoked by the foreign agent"
                        + (text.isEmpty ? "" : ": \(text)"))))
        return informs
    }
}

extension AgentEffects {
    /// Acknowledges a revocation.
    mutating func acknowledge(
        _ revocation: RegistrationRevocation, _ informs: Bool, from local: TransportEndpoint, to source: TransportEndpoint,
        _ association: ConfiguredSecurityAssociation, _ authentication: ExtensionType
    ) {
        var payload: [UInt8] = []
        payload.reserveCapacity(48)
        RevocationAcknowledgment(
            informedMobileNode: informs, homeAddress: revocation.homeAddress, identifier: revocation.identifier
        ).encode(into: &payload)
        association.sign(authentication, &payload)
        datagrams.append(OutgoingDatagram(source: local, destination: source, payload: payload))
    }
}

extension ExchangeTable {
    /// Anyone can repeat a message; more copies of it are not counted in its row.
    private static let copiesCounted: UInt32 = 16

    /// The slot of this agent's own revocation of a registration that waits for its acknowledgment.
    func waitingRevocation(of registration: RevokedRegistration) -> Int? {
        waiting(about: registration.homeAddress).first {
            guard case .revocation(let revocation)? = self[$0].outgoing?.message else { return false }
            return revocation.registration == registration
        }
    }

    /// A message that was received before has come again.
    mutating func repeated(_ number: UInt32, _ effects: inout AgentEffects) {
        guard let slot = find(number), self[slot].row.tries < Self.copiesCounted else { return }
        self[slot].row.tries += 1
        effects.changes.append(.exchange(self[slot].row))
    }
}

extension ExtensionScan {
    /// Reads the extensions of a signal, which is dropped if they cannot all be read.
    ///
    /// - Parameter vendors: The vendor extensions that are accepted as known; another critical one drops the signal (RFC 3115 §3).
    static func ofSignal(
        _ datagram: RawSpan, from offset: Int, understanding: borrowing ExtensionUnderstanding,
        knowing vendors: Set<VendorExtensionKind>
    ) throws(Refusal) -> ExtensionScan {
        let scan: ExtensionScan
        do {
            scan = try ExtensionScan(datagram, from: offset, understanding: understanding)
        } catch {
            throw .discard(DiscardReason(error))
        }
        if scan.vendorExtensions(in: datagram).firstCritical(notIn: vendors) != nil { throw .discard(.unknownExtension) }
        return scan
    }
}
