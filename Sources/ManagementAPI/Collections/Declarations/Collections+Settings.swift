import AgentModel
import ManagementCore

// What an operator may set of an agent that is no table.
extension Collections {
    static let settings = Collection<OnlyKey, SettingsRow>(
        name: "settings", about: "What an operator may set of agents: on or off, demands, limits.", schema: "Settings",
        table: { state in table(state.information.map { [SettingsRow($0)] } ?? []) { _ in OnlyKey() } }, pathParts: [],
        key: { _ in OnlyKey() }, filters: [.flag("enabled", "Whether registration is on.") { $0.enabled }])
}

/// A row of `settings`; what belongs to a role that is not played is absent.
struct SettingsRow: Encodable, Sendable {
    let enabled: Bool
    var busy: Bool?
    var registrationRequired: Bool?
    var challengeWindow: UInt8?
    var maximumBindings: UInt32?
    var maximumVisitors: UInt32?

    init(_ information: AgentInformation) {
        enabled = information.enabled
        if information.roles.contains(.homeAgent) { maximumBindings = information.maximumBindings }
        guard information.roles.contains(.foreignAgent) else { return }
        busy = information.busy
        registrationRequired = information.registrationRequired
        challengeWindow = information.challengeWindow
        maximumVisitors = information.maximumVisitors
    }
}
