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

extension InterfaceDescription {
    /// The members of `AgentInformation` that are settings of roles of version 1, between its other members.
    static let informationSettings = Setting.all.filter { $0.since == 1 && $0.role != nil }
        .map { "\($0.name): \($0.interfaceForm)," }.joined(separator: "\n  ")

    /// Those of later versions, behind its other members.
    static let laterInformationSettings = Setting.all.filter { $0.since > 1 }
        .map { ",\n  \($0.name): \($0.interfaceForm)" }.joined()

    /// The type of changes of one group, such as `ForeignAgentSettings`.
    static func changes(_ type: String) -> String {
        let settings = Setting.interfaceTypes.first { $0.type == type }?.settings ?? []
        let members = settings.map { "\($0.name): ?\($0.interfaceForm)" }
        let line = "type \(type) (\(members.joined(separator: ", ")))"
        return line.count <= 140 ? line : "type \(type) (\n  \(members.joined(separator: ",\n  "))\n)"
    }
}
