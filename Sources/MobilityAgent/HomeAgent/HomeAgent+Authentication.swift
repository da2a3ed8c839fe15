import AgentModel
import MobileIPv4

extension HomeAgent {
    /// Rules 3 and 4: the mobile node must be known and must prove its identity.
    mutating func authenticate(
        _ datagram: RawSpan, _ incoming: inout IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) {
        let (request, scan) = (incoming.request, incoming.scan)
        guard let presented = scan.mobileHome ?? scan.mobileAAA else {
            if incoming.isPoorlyFormed { throw .discard(.malformed) }
            shared.report(incoming.violation(.missingSecurityExtension), at: incoming.now, effects: &effects)
            throw .discard(.noAuthorizationExtension)
        }
        let ofServer = scan.mobileAAA.flatMap { ownAssociations(of: incoming, signedBy: $0.spi, in: authenticationServer) }
        guard let associations = associationsHere(of: incoming, signedBy: presented.spi, beside: ofServer) else {
            shared.report(incoming.violation(.noMobilitySecurityAssociation), at: incoming.now, effects: &effects)
            throw .discard(.noSecurityAssociation)
        }
        // The answer uses an association that the node shares with this agent, even if the request was authenticated by the association
        // with the AAA server (RFC 4721 §3.4).
        incoming.association = associations.first { $0.association.spi.isAssignable } ?? associations.first
        incoming.foreignHome = validForeignAgent(datagram, incoming)
        incoming.findChallenge(in: datagram)
        if let mobileHome = scan.mobileHome {
            incoming.association = associations.first(mobileHome.spi) ?? incoming.association
            incoming.usedSlot = try check(mobileHome, by: associations, datagram, incoming, &shared, &effects)
            // An MN-AAA extension in addition to it is checked if its association is known here; otherwise another entity was responsible
            // for it.
            guard let mobileAAA = scan.mobileAAA, let ofServer else { return }
            _ = try check(mobileAAA, by: ofServer, datagram, incoming, &shared, &effects)
        } else {
            incoming.usedSlot = try check(presented, by: ofServer ?? associations, datagram, incoming, &shared, &effects)
        }
    }

    /// The associations with this agent of the node that has sent a request. If the one with the AAA server alone proves the node,
    /// they are those of the same node: with another one's, it would get an answer that it cannot verify, or register as that one.
    private func associationsHere(
        of incoming: IncomingRequest, signedBy spi: SecurityParameterIndex, beside ofServer: [ConfiguredSecurityAssociation]?
    ) -> [ConfiguredSecurityAssociation]? {
        guard incoming.scan.mobileHome == nil, let server = ofServer?.first?.association.peer else {
            return ownAssociations(of: incoming, signedBy: spi, in: mobileNodeAssociations)
        }
        if case .nai(let nai) = server, wishesAddress(incoming), let own = mobileNodeAssociations.ofNAI(nai) { return own }
        let homeAddress = incoming.request.homeAddress
        let owner = assignments.owner(of: homeAddress)
        let named = mobileNodeAssociations.ofMobileNode(homeAddress, nai: incoming.nai, owner: owner)
        guard let named, let peer = named.first?.association.peer else { return nil }
        let isSame =
            switch (server, peer) {
            case (.nai(let proven), .nai(let nai)): proven == nai
            // One is by an identifier, the other one by the home address: one node's if the address is assigned to the identifier.
            case (.nai(let nai), .address), (_, .nai(let nai)): owner == nai
            default: true
            }
        return isSame ? named : nil
    }

    /// The associations of the node that has sent a request. The home address of a request for any home agent is only a wish (RFC 4433
    /// §1), which may be the address of another node here: the node's own associations by its NAI come first.
    private func ownAssociations(
        of incoming: IncomingRequest, signedBy spi: SecurityParameterIndex, in directory: AssociationDirectory
    ) -> [ConfiguredSecurityAssociation]? {
        let request = incoming.request
        if wishesAddress(incoming), let nai = incoming.nai, let own = directory.ofNAI(nai), own.first(spi) != nil { return own }
        return directory.ofMobileNode(
            request.homeAddress, nai: incoming.nai, owner: assignments.owner(of: request.homeAddress))
    }

    /// Refuses a request whose authorization-enabling extension matches none of these associations; returns the slot of the one that
    /// matches.
    private func check(
        _ presented: LocatedAuthentication, by associations: [ConfiguredSecurityAssociation], _ datagram: RawSpan,
        _ incoming: IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) -> Int {
        guard let association = associations.first(presented.spi) else {
            shared.report(identified(incoming).violation(.badSPI), at: incoming.now, effects: &effects)
            throw .discard(.noSecurityAssociation)
        }
        let isMobileAAA = presented.type == .generalizedAuthentication
        let isValid =
            isMobileAAA
            ? association.verifies(
                presented, in: datagram, challenge: incoming.scan.first(.challenge, in: MessagePart(from: 0, to: presented.start))
            )
            : association.verifies(presented, in: datagram)
        if isValid {
            // The key of the node that has the home address proves nothing about another node, which the identifier names (RFC 2794 §2).
            if let nai = incoming.nai, case .nai(let proven) = association.association.peer, proven != nai {
                throw .deny(.haAdministrativelyProhibited)
            }
            return association.slot
        }

        shared.associations.failAuthentication(association.slot, at: incoming.time)
        if incoming.isPoorlyFormed { throw .discard(.malformed) }
        let code: ReplyCode = isMobileAAA ? .haBadAAAAuthentication : .haMobileNodeFailedAuthentication
        let isAnswered = incoming.foreignHome != nil || configuration.answersFailedAuthentication
        shared.report(
            identified(incoming).violation(.badAuthenticator, spi: presented.spi, code: isAnswered ? code : nil),
            at: incoming.now,
            effects: &effects)
        if isAnswered { throw .deny(code) }
        throw .discard(.authenticationFailed)
    }

    /// The foreign agents through which a request may have come: the one that sent it, then the one at its care-of address.
    private func foreignAgents(of incoming: IncomingRequest) -> [ConfiguredSecurityAssociation]? {
        foreignAgentAssociations.ofPeer(incoming.source.address)
            ?? (incoming.request.flags.contains(.decapsulationByMN)
                ? nil : foreignAgentAssociations.ofPeer(incoming.request.careOfAddress))
    }

    /// The association of the only Foreign-Home authentication extension if that is correct. Nil for deregistrations.
    private func validForeignAgent(_ datagram: RawSpan, _ incoming: IncomingRequest) -> ConfiguredSecurityAssociation? {
        guard !incoming.isDeregistration, incoming.scan.count(of: .foreignHomeAuthentication) == 1,
            let presented = incoming.scan.foreignHome,
            let association = foreignAgents(of: incoming)?.first(presented.spi),
            association.verifies(presented, in: datagram)
        else { return nil }
        return association
    }

    /// The violation that a request would constitute, by the foreign agent that it came through. What is known of the mobile node says
    /// nothing about that one.
    private func foreignViolation(
        _ incoming: IncomingRequest, _ reason: ViolationReason, spi: SecurityParameterIndex? = nil, code: ReplyCode? = nil
    ) -> Violation {
        var violation = incoming.violation(reason, spi: spi, code: code)
        violation.violator = .address(incoming.source.address)
        violation.violatorRole = .foreignAgent
        violation.isKnown = foreignAgentAssociations.ofPeer(incoming.source.address) != nil
        return violation
    }

    /// Rule 6: a foreign agent that shares an association must authenticate what it relays (RFC 5944 §3.8.2.1).
    func checkForeignAgent(
        _ datagram: RawSpan, _ incoming: IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) throws(Refusal) {
        guard !incoming.isDeregistration else { return }
        if let foreignHome = incoming.foreignHome {
            shared.associations.accept(foreignHome.slot, at: incoming.time)
            return
        }
        let code = ReplyCode.haForeignAgentFailedAuthentication
        guard let presented = incoming.scan.foreignHome else {
            // A node with a co-located care-of address may send from an address that is covered by a foreign agent's prefix.
            guard !incoming.request.flags.contains(.decapsulationByMN), foreignAgents(of: incoming) != nil else { return }
            shared.report(foreignViolation(incoming, .missingSecurityExtension, code: code), at: incoming.now, effects: &effects)
            throw .deny(code)
        }
        guard let associations = foreignAgents(of: incoming) else {
            shared.report(foreignViolation(incoming, .noMobilitySecurityAssociation), at: incoming.now, effects: &effects)
            throw .discard(.noForeignHomeAssociation)
        }
        if incoming.scan.count(of: .foreignHomeAuthentication) == 1, let association = associations.first(presented.spi) {
            shared.associations.failAuthentication(association.slot, at: incoming.time)
        }
        let violation =
            if incoming.scan.count(of: .foreignHomeAuthentication) > 1 {
                foreignViolation(incoming, .other, code: code)
            } else if associations.first(presented.spi) == nil {
                foreignViolation(incoming, .badSPI, code: code)
            } else {
                foreignViolation(incoming, .badAuthenticator, spi: presented.spi, code: code)
            }
        shared.report(violation, at: incoming.now, effects: &effects)
        throw .deny(code)
    }
}
