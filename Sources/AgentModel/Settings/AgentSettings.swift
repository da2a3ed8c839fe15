import JSON

/// The current values of what an operator can change while an agent runs.
public struct AgentSettings: SettingGroup {
    /// False while registration is turned off (`mipEnable`).
    public var enabled = true
    /// What a foreign agent requires of its visitors.
    public var foreignAgent = ForeignAgentPolicy()
    /// The agent's capacity limits.
    public var limits = AgentCapacity()
    /// How the agent signals besides registration.
    public var signalling = SignallingPolicy()
    /// Which services the agent offers or uses besides registration.
    public var discovery = DiscoveryPolicy()

    public init() {}
}

extension AgentSettings {
    /// The settings that apply to every agent; `Setting.all` includes those of the groups too.
    public static let declared: [Setting] = [
        SettingDeclarations(\AgentSettings.self).truth(
            "enabled", \.enabled, of: nil, since: 1, scalar: "mipEnable",
            "Whether registration and discovery are enabled (`mipEnable`). When disabled, what can be revoked is; the rest expires."
        )
    ]

    /// What an agent with these roles reports: settings of other roles are false or 0.
    public func reported(by roles: [AgentRole]) -> AgentSettings {
        var settings = self
        for setting in Setting.all where !setting.belongs(to: roles) { setting.set(setting.nothing, in: &settings) }
        return settings
    }

    /// Every setting false or 0: the state of knowledge if none was sent.
    static var nothing: AgentSettings {
        var settings = AgentSettings()
        for setting in Setting.all { setting.set(setting.nothing, in: &settings) }
        return settings
    }

    /// Copies the settings of a role.
    public mutating func take(_ role: AgentRole, from other: AgentSettings) {
        for setting in Setting.all where setting.role == role { setting.set(setting.value(in: other), in: &self) }
    }
}

extension AgentSettings {
    /// Visits the wanted settings as members of the record that reports them. A number that the member cannot hold is an error.
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
                        setting.member, "\(setting.name): \(number) is out of range; expected \(setting.possible)")
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
