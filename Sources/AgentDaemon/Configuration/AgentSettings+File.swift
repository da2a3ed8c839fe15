import AgentModel
import DaemonSupport

extension AgentSettings {
    /// Reads the settings of a role from its section, or those of every agent from the top level of the file. A setting inside a nested
    /// section of its own is read together with that section.
    mutating func read(of role: AgentRole?, from section: ConfigurationSection) {
        for setting in Setting.all where setting.role == role && setting.file == setting.name {
            let value: SettingValue? =
                switch setting.form {
                case .truth: section.optional(setting.name, .bool).map(SettingValue.truth)
                case .whole(let range, let unit):
                    section.optional(setting.name, .integer(in: range, unit: unit)).map(SettingValue.whole)
                }
            setting.set(value ?? setting.usual, in: &self)
        }
    }
}
