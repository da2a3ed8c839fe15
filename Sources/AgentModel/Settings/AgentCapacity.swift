/// An agent's capacity limits.
public struct AgentCapacity: SettingGroup {
    /// Maximum number of bindings at the home agent (code 130 beyond that).
    public var maximumBindings: UInt32 = 100_000
    /// Maximum number of entries in the foreign agent's visitor list, including pending ones (code 66 beyond that).
    public var maximumVisitors: UInt32 = 100_000

    public init() {}
}

/// Changes to an agent's capacity limits.
public typealias AgentLimits = SettingChanges<AgentCapacity>

extension AgentCapacity {
    /// The settings of this group.
    public static let declared: [Setting] = {
        let limits = SettingDeclarations(\AgentSettings.limits)
        return [
            limits.whole(
                "maximumBindings", \.maximumBindings, in: 1...UInt32.max, of: .homeAgent, since: 1,
                "Maximum number of bindings at the home agent."),
            limits.whole(
                "maximumVisitors", \.maximumVisitors, in: 1...UInt32.max, of: .foreignAgent, since: 1,
                "Maximum number of visitors at the foreign agent, including pending ones."),
        ]
    }()
}
