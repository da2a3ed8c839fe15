/// The topics a reader of the control interface can subscribe to.
public enum ControlTopic: String, Hashable, Sendable, CaseIterable, Codable {
    case information, counters, bindings, visitors, associations, violations, mobileNodes
    case mobileNodeStatus, registrations, foreignAgents, pendingRegistrations, tunnels, traffic, advertisements, events, exchanges
    case extensionUses

    /// The topic a change belongs to.
    public init(of change: StateChange) {
        self =
            switch change {
            case .information: .information
            case .counters: .counters
            case .binding, .bindingRemoved: .bindings
            case .visitor, .visitorRemoved: .visitors
            case .association, .associationRemoved: .associations
            case .violation, .violationRemoved: .violations
            case .mobileNode, .mobileNodeRemoved: .mobileNodes
            case .mobileNodeStatus: .mobileNodeStatus
            case .registration, .registrationRemoved: .registrations
            case .foreignAgent, .foreignAgentRemoved: .foreignAgents
            case .pending, .pendingRemoved: .pendingRegistrations
            case .tunnel, .tunnelRemoved: .tunnels
            case .traffic, .trafficRemoved: .traffic
            case .advertising, .advertisingRemoved: .advertisements
            case .event: .events
            case .exchange, .exchangeRemoved: .exchanges
            case .extensionUse: .extensionUses
            }
    }
}
