public import MobileIPv4

/// One change of an agent's state. Rows are whole, so that applying a change twice does no harm.
public enum StateChange: Hashable, Sendable {
    case information(AgentInformation)
    case counters(AgentCounters)
    case binding(Binding)
    case bindingRemoved(BindingKey, EndReason)
    case visitor(Visitor)
    case visitorRemoved(VisitorKey, EndReason)
    case association(SecurityAssociation)
    case associationRemoved(SecurityAssociationKey)
    case violation(SecurityViolation)
    case violationRemoved(PeerIdentity)
    case mobileNode(MobileNodeService)
    case mobileNodeRemoved(IPv4Address)
    case event(AgentEvent)
}
