import AgentModel
import MobileIPv4

extension HomeAgent {
    /// Rules 3 and 4: the mobile node must be known and must prove who it is.
    mutating func authenticate(
        _ datagram: RawSpan, _ incoming: inout IncomingRequest, _ commons: inout AgentCommons, _ effects: inout AgentEffects
    ) throws(Refusal) {
        let (request, scan) = (incoming.request, incoming.scan)
        guard let presented = scan.mobileHome ?? scan.mobileAAA else {
            if incoming.isPoorlyFormed { throw .discard(.malformed) }
            commons.report(incoming.violation(.missingSecurityExtension), at: incoming.now, effects: &effects)
            throw .discard(.noAuthorizationExtension)
        }
        let associations = mobileNodeAssociations.ofMobileNode(
            request.homeAddress, nai: scan.nai, owner: assignments.owner(of: request.homeAddress))
        guard let associations else {
            commons.report(incoming.violation(.noMobilitySecurityAssociation), at: incoming.now, effects: &effects)
            throw .discard(.noSecurityAssociation)
        }
        guard let association = associations.first(presented.spi) else {
            commons.report(incoming.violation(.badSPI), at: incoming.now, effects: &effects)
            throw .discard(.noSecurityAssociation)
        }
        // A reply is signed for the node even when the request proved itself to the AAA server (RFC 4721 §6.3).
        incoming.association =
            association.association.spi.isAssignable
            ? association : associations.first { $0.association.spi.isAssignable } ?? association
        incoming.foreignHome = validForeignAgent(datagram, incoming)
        if verifies(association, presented, in: datagram, challenge: scan.challenge) { return }

        if incoming.isPoorlyFormed { throw .discard(.malformed) }
        let code: ReplyCode = scan.mobileHome == nil ? .haBadAAAAuthentication : .haMobileNodeFailedAuthentication
        let isAnswered = incoming.foreignHome != nil || configuration.answersFailedAuthentication
        commons.report(
            incoming.violation(.badAuthenticator, spi: presented.spi, code: isAnswered ? code : nil), at: incoming.now,
            effects: &effects)
        if isAnswered { throw .deny(code) }
        throw .discard(.authenticationFailed)
    }

    private func verifies(
        _ association: ConfiguredSecurityAssociation, _ presented: LocatedAuthentication, in datagram: RawSpan,
        challenge: LocatedExtension?
    ) -> Bool {
        guard presented.type == .generalizedAuthentication && presented.spi == .chap else {
            return association.verifies(presented, in: datagram)
        }
        guard let challenge, challenge.end <= presented.start else { return false }
        return ChallengeAuthentication.verify(presented, challenge: challenge.data, in: datagram, key: association.key)
    }

    /// The foreign agents a request may have come through: the one that sent it, then the one at its care-of address.
    private func foreignAgents(of incoming: IncomingRequest) -> [ConfiguredSecurityAssociation]? {
        foreignAgentAssociations.ofPeer(incoming.source.address)
            ?? (incoming.request.flags.contains(.decapsulationByMN)
                ? nil : foreignAgentAssociations.ofPeer(incoming.request.careOfAddress))
    }

    /// The association of the one Foreign-Home authentication extension when that is right. Deregistrations have none.
    private func validForeignAgent(_ datagram: RawSpan, _ incoming: IncomingRequest) -> ConfiguredSecurityAssociation? {
        guard !incoming.isDeregistration, incoming.scan.foreignHomeCount == 1, let presented = incoming.scan.foreignHome,
            let association = foreignAgents(of: incoming)?.first(presented.spi),
            association.verifies(presented, in: datagram)
        else { return nil }
        return association
    }

    /// Rule 6: a foreign agent that shares an association must vouch for what it relays (RFC 5944 §3.8.2.1).
    func checkForeignAgent(
        _ datagram: RawSpan, _ incoming: IncomingRequest, _ commons: inout AgentCommons, _ effects: inout AgentEffects
    ) throws(Refusal) {
        guard !incoming.isDeregistration, incoming.foreignHome == nil else { return }
        let code = ReplyCode.haForeignAgentFailedAuthentication
        guard let presented = incoming.scan.foreignHome else {
            // A node with a care-of address of its own may come from an address that a foreign agent's prefix covers.
            guard !incoming.request.flags.contains(.decapsulationByMN), foreignAgents(of: incoming) != nil else { return }
            commons.report(incoming.foreignViolation(.missingSecurityExtension, code: code), at: incoming.now, effects: &effects)
            throw .deny(code)
        }
        guard let associations = foreignAgents(of: incoming) else {
            commons.report(incoming.foreignViolation(.noMobilitySecurityAssociation), at: incoming.now, effects: &effects)
            throw .discard(.noForeignHomeAssociation)
        }
        let violation =
            if incoming.scan.foreignHomeCount > 1 {
                incoming.foreignViolation(.other, code: code)
            } else if associations.first(presented.spi) == nil {
                incoming.foreignViolation(.badSPI, code: code)
            } else {
                incoming.foreignViolation(.badAuthenticator, spi: presented.spi, code: code)
            }
        commons.report(violation, at: incoming.now, effects: &effects)
        throw .deny(code)
    }
}
