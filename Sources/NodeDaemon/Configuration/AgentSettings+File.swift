import AgentModel
import DaemonSupport

extension AgentSettings {
    /// Reads how the node signals and what it uses from the top level of its file, where agents have the same settings.
    mutating func readShared(from section: ConfigurationSection) {
        for setting in SignallingPolicy.declared + DiscoveryPolicy.declared {
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
