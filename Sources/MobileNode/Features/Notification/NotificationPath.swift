import AgentModel
import MobileIPv4

/// An agent with which the node exchanges notifications.
struct NotificationAgent: Hashable {
    /// `homeAgent` or `foreignAgent`.
    let role: AgentRole
    let address: IPv4Address

    /// The agent as named in messages.
    var name: String { "\(role == .homeAgent ? "home agent" : "foreign agent") \(address)" }
}

/// How the node and an agent reach each other: with the addresses and ports of the current registration (RFC 6098 §3).
struct NotificationPath {
    let agent: NotificationAgent
    /// Where messages to the agent go, and where its messages come from: the agent itself, or the foreign agent that relays.
    let endpoint: TransportEndpoint
    let homeAddress: IPv4Address
    let homeAgent: IPv4Address
    let careOfAddress: IPv4Address
    /// The association with the agent; nil for none.
    let association: NodeAssociation?
    /// The association with the foreign agent that relays; nil if none relays, or if the node shares none with it.
    let relay: NodeAssociation?

    /// The authenticator that the agent and the node share.
    var authentication: ExtensionType { agent.role == .homeAgent ? .mobileHomeAuthentication : .mobileForeignAuthentication }

    /// The direction of the node's notifications to the agent.
    var direction: NotificationDirection { agent.role == .homeAgent ? .mobileNodeToHomeAgent : .mobileNodeToForeignAgent }

    /// Whether a message is about the registration.
    func isOf(homeAddress: IPv4Address, homeAgent: IPv4Address, careOfAddress: IPv4Address) -> Bool {
        (homeAddress, homeAgent, careOfAddress) == (self.homeAddress, self.homeAgent, self.careOfAddress)
    }

    /// The first of the authenticators that the agent and the node share, at any position.
    func authenticator(in scan: ExtensionScan) -> LocatedAuthentication? {
        agent.role == .homeAgent ? scan.mobileHome : scan.anyMobileForeign
    }

    /// What is wrong with the authentication of a message of the agent; nil if it is authentic.
    func fault(of scan: ExtensionScan, in datagram: RawSpan) -> ViolationReason? {
        guard let association else { return .noMobilitySecurityAssociation }
        return MobileNode.failure(
            of: association, authenticator(in: scan), count: scan.count(of: authentication), in: datagram)
    }

    /// Signs a message of the node for the agent, then for the foreign agent that relays it. Does nothing without an association.
    func sign(_ payload: inout [UInt8]) {
        association?.sign(authentication, &payload)
        relay?.sign(.mobileForeignAuthentication, &payload)
    }
}

extension MobileNode {
    /// How the node reaches the agent of a role; nil while the node is not registered where it is, if it registers without such an
    /// agent, and with a co-located care-of address registered through a foreign agent, which RFC 6098 §3.2.1.2 leaves out.
    func notificationPath(to role: AgentRole, at now: Moment) -> NotificationPath? {
        guard role != .mobileNode, let accepted = usableRegistration(at: now) else { return nil }
        let hasForeignAgent = configuration.foreignAgent != nil
        guard hasForeignAgent ? !accepted.isCoLocated : role == .homeAgent else { return nil }
        let isHome = role == .homeAgent
        return NotificationPath(
            agent: NotificationAgent(role: role, address: isHome ? accepted.homeAgent : accepted.destination.address),
            endpoint: accepted.destination, homeAddress: configuration.homeAddress, homeAgent: accepted.homeAgent,
            careOfAddress: accepted.careOfAddress,
            association: isHome
                ? NodeAssociation(spi: configuration.spi, key: configuration.key, algorithm: configuration.algorithm)
                : configuration.mobileForeign,
            relay: isHome && hasForeignAgent ? configuration.mobileForeign : nil)
    }

    /// The current registration if it is of the place where the node is.
    func usableRegistration(at now: Moment) -> SentRequest? {
        guard let accepted, accepted.isValid(at: now), !isDetached, accepted.destination == destination,
            accepted.careOfAddress == configuration.careOfAddress
        else { return nil }
        return accepted
    }
}

extension SignallingPolicy {
    /// Whether the node takes part in notifications of this direction.
    func permits(_ direction: NotificationDirection) -> Bool {
        notifications && direction.path != nil && notificationDirections >> direction.rawValue & 1 == 1
    }
}
