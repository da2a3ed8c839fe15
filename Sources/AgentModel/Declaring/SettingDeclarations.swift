/// Creates the declarations of one group.
struct SettingDeclarations<Group: SettingGroup>: Sendable {
    let group: any WritableKeyPath<AgentSettings, Group> & Sendable

    init(_ group: any WritableKeyPath<AgentSettings, Group> & Sendable) { self.group = group }

    /// - Parameter since: The first version of the control interface's vocabulary that includes it.
    func truth(
        _ name: StaticString, _ path: any WritableKeyPath<Group, Bool> & Sendable, of role: AgentRole?, since: Int,
        scalar: String? = nil,
        column: String? = nil, _ sentence: String
    ) -> Setting {
        setting(name, path, .truth, role, since, nil, scalar, column, sentence)
    }

    /// - Parameters:
    ///   - since: The first version of the control interface's vocabulary that includes it.
    ///   - file: Its place in the configuration file; nil if that is its name.
    func whole<Number: SettingType & FixedWidthInteger>(
        _ name: StaticString, _ path: any WritableKeyPath<Group, Number> & Sendable, in range: ClosedRange<Number>,
        unit: String = "",
        of role: AgentRole?, since: Int, file: String? = nil, scalar: String? = nil, column: String? = nil, _ sentence: String
    ) -> Setting {
        setting(
            name, path, .whole(Int64(range.lowerBound)...Int64(range.upperBound), unit: unit), role, since, file, scalar, column,
            sentence)
    }

    private func setting<Value: SettingType>(
        _ name: StaticString, _ path: any WritableKeyPath<Group, Value> & Sendable, _ form: Setting.Form, _ role: AgentRole?,
        _ since: Int, _ file: String?, _ scalar: String?, _ column: String?, _ sentence: String
    ) -> Setting {
        let group = self.group
        return Setting(
            member: name, role: role, form: form, usual: Group()[keyPath: path].settingValue, sentence: sentence, since: since,
            file: file ?? "\(name)", scalar: scalar, column: column, path: path,
            read: { $0[keyPath: group][keyPath: path].settingValue },
            write: { settings, value in
                guard let value = Value(setting: value) else { return false }
                settings[keyPath: group][keyPath: path] = value
                return true
            })
    }
}
