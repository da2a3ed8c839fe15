public import MobileIPv4

/// One change of an agent's state. Rows are whole, so that applying a change twice does no harm.
public enum StateChange: Hashable, Sendable {
    case information(AgentInformation)
    case counters(AgentCounters)
    case binding(Binding)
    case bindingRemoved(BindingKey, EndReason)
    case visitor(Visitor)
    case visitorRemoved(VisitorKey, EndReason)
    /// A request under way at a foreign agent: relayed, or relayed again.
    case pending(PendingRegistration)
    /// A request is no longer under way.
    case pendingRemoved(PendingRegistrationKey)
    case association(SecurityAssociation)
    case associationRemoved(SecurityAssociationKey)
    case violation(SecurityViolation)
    case violationRemoved(PeerIdentity)
    case mobileNode(MobileNodeService)
    case mobileNodeRemoved(IPv4Address)
    /// What a mobile node says of itself: set or changed.
    case mobileNodeStatus(MobileNodeStatus)
    /// A registration of a mobile node: made or changed.
    case registration(NodeRegistration)
    /// A registration of a mobile node is gone.
    case registrationRemoved(NodeRegistrationKey)
    /// A foreign agent a mobile node hears: new or heard again.
    case foreignAgent(KnownForeignAgent)
    /// A foreign agent is no longer heard, or no longer offers this care-of address.
    case foreignAgentRemoved(KnownForeignAgentKey)
    case tunnel(MobilityTunnel)
    case tunnelRemoved(MobilityTunnelKey)
    case traffic(ForwardedTraffic)
    case trafficRemoved(ForwardedTrafficKey)
    case advertising(AdvertisingInterface)
    /// The agent advertises itself at this address no longer.
    case advertisingRemoved(IPv4Address)
    case event(AgentEvent)
}
