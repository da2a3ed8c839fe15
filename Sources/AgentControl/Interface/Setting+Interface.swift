package import AgentModel

// What the interface description says about settings, derived from their declarations.

extension Setting {
    /// The type of the value in varlink notation.
    package var interfaceForm: String {
        switch form {
        case .truth: "bool"
        case .whole: "int"
        }
    }

    /// The types that have the setting as a member, by type name.
    package static let interfaceTypes: [(type: String, settings: [Setting])] = [
        ("AgentInformation", all), ("ForeignAgentSettings", ForeignAgentPolicy.declared),
        ("AgentLimits", AgentCapacity.declared), ("SignallingSettings", SignallingPolicy.declared),
        ("DiscoverySettings", DiscoveryPolicy.declared),
    ]
}
