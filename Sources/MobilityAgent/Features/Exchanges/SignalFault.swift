import AgentModel
import MobileIPv4

/// What is wrong with the authentication of a signal: a message that must have exactly one authenticator of a certain kind, made with one
/// of certain associations.
struct SignalFault {
    var reason: ViolationReason
    /// Whose associations they are; nil without any.
    private let peer: PeerIdentity?

    /// Nil for a message that is authentic.
    ///
    /// - Parameters:
    ///   - presented: The first authenticator of the kind.
    ///   - count: How many there are.
    ///   - associations: Those with the peer; nil for none.
    init?(
        _ presented: LocatedAuthentication?, _ count: Int, _ associations: [ConfiguredSecurityAssociation]?, in datagram: RawSpan
    ) {
        peer = associations?.first?.association.peer
        guard let associations else {
            reason = .noMobilitySecurityAssociation
            return
        }
        guard let presented, count > 0 else {
            reason = .missingSecurityExtension
            return
        }
        guard count == 1 else {
            reason = .other
            return
        }
        guard let association = associations.first(presented.spi) else {
            reason = .badSPI
            return
        }
        if association.verifies(presented, in: datagram) { return nil }
        reason = .badAuthenticator
    }

    var discardReason: DiscardReason {
        switch reason {
        case .noMobilitySecurityAssociation, .badSPI: .noSecurityAssociation
        default: .authenticationFailed
        }
    }

    /// The violation that it is. What a mobile node should have signed counts against its home address. A message that names another
    /// agent may come from anywhere: it counts against the address that it came from, which is known only if it is that of the agent.
    func violation(
        by role: AgentRole, of peerRole: AgentRole, from source: TransportEndpoint, homeAddress: IPv4Address,
        homeAgent: IPv4Address, spi: SecurityParameterIndex?
    ) -> Violation {
        let isOfNode = peerRole == .mobileNode
        let sender = PeerIdentity.address(source.address)
        return Violation(
            role: role, violator: isOfNode ? .address(homeAddress) : sender, violatorRole: peerRole, reason: reason,
            spi: reason == .badAuthenticator ? spi ?? SecurityParameterIndex(rawValue: 0) : SecurityParameterIndex(rawValue: 0),
            identification: Identification(rawValue: 0), source: source, homeAgent: homeAgent,
            isKnown: isOfNode ? reason != .noMobilitySecurityAssociation : peer == sender)
    }
}

extension SharedAgentState {
    /// Records the use of the association that a signal was made with.
    mutating func note(
        _ fault: SignalFault?, of associations: [ConfiguredSecurityAssociation]?, _ presented: LocatedAuthentication?,
        at now: Moment
    ) {
        guard let presented, let slot = associations?.first(presented.spi)?.slot else { return }
        if fault == nil {
            self.associations.accept(slot, at: time(now))
        } else if fault?.reason == .badAuthenticator {
            self.associations.failAuthentication(slot, at: time(now))
        }
    }

    /// The association with the other agent that has signed a revocation. One that is not authentic is reported and dropped.
    ///
    /// - Parameter role: that of this agent.
    mutating func authenticate(
        _ revocation: RegistrationRevocation, _ scan: ExtensionScan, _ datagram: RawSpan,
        by associations: [ConfiguredSecurityAssociation]?, at role: AgentRole, from source: TransportEndpoint, at now: Moment,
        _ effects: inout AgentEffects
    ) throws(Refusal) -> ConfiguredSecurityAssociation {
        let presented = scan.foreignHome
        let fault = SignalFault(presented, scan.count(of: .foreignHomeAuthentication), associations, in: datagram)
        note(fault, of: associations, presented, at: now)
        if let fault {
            report(
                fault.violation(
                    by: role, of: role == .homeAgent ? .foreignAgent : .homeAgent, from: source,
                    homeAddress: revocation.homeAddress, homeAgent: revocation.homeDomain, spi: presented?.spi), at: now,
                effects: &effects)
            throw .discard(fault.discardReason)
        }
        guard let presented, let association = associations?.first(presented.spi) else { throw .discard(.authenticationFailed) }
        return association
    }

    /// The wall clock at an uptime.
    func time(_ now: Moment, uptime: Int64) -> Timestamp { time(now).adding(milliseconds: (uptime - now.uptime) / 1_000_000) }
}
