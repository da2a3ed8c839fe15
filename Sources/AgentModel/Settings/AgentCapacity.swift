/// How much an agent holds at most.
public struct AgentCapacity: SettingGroup {
    /// Most bindings of the home agent at once (130).
    public var maximumBindings: UInt32 = 100_000
    /// Most entries of the foreign agent's visitor list, pending ones included (66).
    public var maximumVisitors: UInt32 = 100_000

    public init() {}
}

/// Changes of how much an agent holds.
public typealias AgentLimits = SettingChanges<AgentCapacity>

extension AgentCapacity {
    /// The settings of this group.
    public static let declared: [Setting] = {
        let limits = SettingDeclarations(\AgentSettings.limits)
        return [
            limits.whole(
                "maximumBindings", \.maximumBindings, in: 1...UInt32.max, of: .homeAgent, since: 1,
                "Most bindings of the home agent."),
            limits.whole(
                "maximumVisitors", \.maximumVisitors, in: 1...UInt32.max, of: .foreignAgent, since: 1,
                "Most visitors of the foreign agent."),
        ]
    }()
}
