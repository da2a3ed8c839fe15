import AgentModel
import MobileIPv4

/// The settings, apart from table rows, that an operator has changed while the agent ran; nil means as configured.
struct WrittenSettings: Hashable, Sendable {
    var enabled: Bool?
    var foreignAgent = ForeignAgentSettings()
    var limits = AgentLimits()
    var signalling = SignallingSettings()
    var discovery = DiscoverySettings()
    var drain = OrderedDrain()
}
