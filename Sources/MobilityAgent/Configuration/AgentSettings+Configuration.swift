import AgentModel

extension MobilityAgentConfiguration {
    /// Everything that an operator can change while the agent runs, with its initial values.
    var initialSettings: AgentSettings {
        var settings = self.settings
        if let homeAgent { settings.take(.homeAgent, from: homeAgent.settings) }
        if let foreignAgent {
            settings.take(.foreignAgent, from: foreignAgent.settings)
            settings.foreignAgent.challengeWindow = UInt8(clamping: foreignAgent.challenge?.window ?? 0)
        }
        return settings
    }
}

extension AgentSettings {
    /// The settings of a role that are out of range.
    func problems(of role: AgentRole) -> [ConfigurationProblem] {
        Setting.all.filter { $0.role == role && $0.fault(in: $0.value(in: self)) != nil }.map { setting in
            ConfigurationProblem(
                path: "\(role.rawValue).\(setting.file)", value: "\(setting.value(in: self))", expected: setting.possible)
        }
    }
}
