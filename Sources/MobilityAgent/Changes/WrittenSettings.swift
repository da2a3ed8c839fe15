import AgentModel
import MobileIPv4

/// What an operator has set while the agent ran, beside rows; nil stands for the configuration.
struct WrittenSettings: Hashable, Sendable {
    var enabled: Bool?
    var foreignAgent = ForeignAgentSettings()
    var limits = AgentLimits()
}
