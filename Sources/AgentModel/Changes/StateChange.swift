public import MobileIPv4

/// One change of an agent's state. Rows are complete, so applying a change twice is harmless.
public enum StateChange: Hashable, Sendable {
    case information(AgentInformation)
    // Out of line, since it is several times as large as any other.
    indirect case counters(AgentCounters)
    case binding(Binding)
    case bindingRemoved(BindingKey, EndReason)
    case visitor(Visitor)
    case visitorRemoved(VisitorKey, EndReason)
    /// A request in progress at a foreign agent was relayed, or relayed again.
    case pending(PendingRegistration)
    /// A request is no longer in progress.
    case pendingRemoved(PendingRegistrationKey)
    case association(SecurityAssociation)
    case associationRemoved(SecurityAssociationKey)
    case violation(SecurityViolation)
    case violationRemoved(PeerIdentity)
    case mobileNode(MobileNodeService)
    case mobileNodeRemoved(IPv4Address)
    /// A mobile node's status was set or changed.
    case mobileNodeStatus(MobileNodeStatus)
    /// A registration of a mobile node was made or changed.
    case registration(NodeRegistration)
    /// A registration of a mobile node was removed.
    case registrationRemoved(NodeRegistrationKey)
    /// A mobile node heard a foreign agent, for the first time or again.
    case foreignAgent(KnownForeignAgent)
    /// A foreign agent is no longer heard, or no longer offers this care-of address.
    case foreignAgentRemoved(KnownForeignAgentKey)
    case tunnel(MobilityTunnel)
    case tunnelRemoved(MobilityTunnelKey)
    case traffic(ForwardedTraffic)
    case trafficRemoved(ForwardedTrafficKey)
    case advertising(AdvertisingInterface)
    /// The agent no longer advertises itself at this address.
    case advertisingRemoved(IPv4Address)
    /// A revocation or notification was sent, received, sent again or acknowledged.
    case exchange(Exchange)
    /// An exchange that has ended is no longer remembered.
    case exchangeRemoved(ExchangeKey)
    /// A vendor extension, or an experimental extension or message, was received for the first time or again.
    case extensionUse(ExtensionUse)
    case event(AgentEvent)
}
