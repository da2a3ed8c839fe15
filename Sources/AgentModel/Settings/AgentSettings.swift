import JSON

/// What an operator can change of an agent while it runs, as it is in force.
public struct AgentSettings: SettingGroup {
    /// False while registration is switched off (`mipEnable`).
    public var enabled = true
    /// What a foreign agent demands of its visitors.
    public var foreignAgent = ForeignAgentPolicy()
    /// How much the agent holds at most.
    public var limits = AgentCapacity()

    public init() {}
}

extension AgentSettings {
    /// The settings of every agent; `Setting.all` has those of the groups too.
    public static let declared: [Setting] = [
        SettingDeclarations(\AgentSettings.self).truth(
            "enabled", \.enabled, of: nil, since: 1, scalar: "mipEnable",
            "Whether registration and discovery are on (`mipEnable`). What is registered stays until it runs out.")
    ]

    /// What an agent with these roles says of itself: what belongs to other roles is false or 0.
    public func reported(by roles: [AgentRole]) -> AgentSettings {
        var settings = self
        for setting in Setting.all where !setting.belongs(to: roles) { setting.set(setting.nothing, in: &settings) }
        return settings
    }

    /// Every setting false or 0: what is known where none was sent.
    static var nothing: AgentSettings {
        var settings = AgentSettings()
        for setting in Setting.all { setting.set(setting.nothing, in: &settings) }
        return settings
    }

    /// Takes over the settings of a role.
    public mutating func take(_ role: AgentRole, from other: AgentSettings) {
        for setting in Setting.all where setting.role == role { setting.set(setting.value(in: other), in: &self) }
    }
}

extension AgentSettings {
    /// Names the settings that are wanted as members of the record that reports them. A number that its member does not
    /// hold is an error.
    mutating func visit(
        _ visitor: inout some RecordVisitor, where isWanted: (Setting) -> Bool
    ) throws(NotCanonical) {
        for setting in Setting.all where isWanted(setting) {
            switch setting.form {
            case .truth:
                var value = setting.value(in: self) == .truth(true)
                try Self.visit(&visitor, setting, &value)
                setting.set(.truth(value), in: &self)
            case .whole:
                var number: UInt64 = 0
                if case .whole(let now) = setting.value(in: self) { number = UInt64(clamping: now) }
                try Self.visit(&visitor, setting, &number)
                guard number <= Int64.max, setting.set(.whole(Int64(number)), in: &self) else {
                    try visitor.refuse(
                        setting.member, "\(setting.name): \(number) is out of range; \(setting.possible) are possible")
                    return
                }
            }
        }
    }

    private static func visit(
        _ visitor: inout some RecordVisitor, _ setting: Setting, _ value: inout some RecordValue
    ) throws(NotCanonical) {
        if setting.since > 1 {
            try visitor.member(setting.member, &value, since: setting.since)
        } else {
            try visitor.member(setting.member, &value)
        }
    }
}
