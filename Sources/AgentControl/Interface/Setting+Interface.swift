package import AgentModel

// What the interface description says of settings, from their declarations.

extension Setting {
    /// The type of the value in the notation of the interface.
    package var interfaceForm: String {
        switch form {
        case .truth: "bool"
        case .whole: "int"
        }
    }

    /// The types whose members the setting is, by the type's name.
    package static let interfaceTypes: [(type: String, settings: [Setting])] = [
        ("AgentInformation", all), ("ForeignAgentSettings", ForeignAgentPolicy.declared),
        ("AgentLimits", AgentCapacity.declared),
    ]
}
