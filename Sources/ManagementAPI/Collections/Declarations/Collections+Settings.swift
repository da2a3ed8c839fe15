import AgentControl
import AgentModel
import JSON
import ManagementCore

// The settings of an agent that are not rows of a table of their own.
extension Collections {
    static let settings = ResourceCollection<OnlyKey, SettingsRow>(
        name: "settings",
        about: "The settings of agents that an operator may change: registration on or off, requirements, limits.",
        schema: "Settings",
        table: { state in table(state.information.map { [SettingsRow($0)] } ?? []) { _ in OnlyKey() } }, pathParts: [],
        key: { _ in OnlyKey() }, filters: [.flag("enabled", "Whether registration is on.") { $0.settings.enabled }])
}

/// A row of `settings`; settings of roles that the agent does not play are absent.
struct SettingsRow: Encodable, Sendable {
    let settings: AgentSettings
    private let roles: [AgentRole]

    init(_ information: AgentInformation) {
        (settings, roles) = (information.settings, information.roles)
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: MemberKey.self)
        for setting in Setting.all where setting.belongs(to: roles) {
            try members.encode(setting.value(in: settings), forKey: MemberKey(setting.name))
        }
    }

    /// The type in the notation of the control interface.
    static let description =
        "type Settings (\n"
        + Setting.all.map { "  \($0.name): \($0.role == nil ? "" : "?")\($0.interfaceForm)" }.joined(separator: ",\n") + "\n)"
}
