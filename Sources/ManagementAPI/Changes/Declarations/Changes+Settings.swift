import AgentModel
import HTTPTypes
import JSON
import ManagementCore

extension Changes {
    static let settings = [
        ChangeDeclaration(
            method: .patch, place: .row, collection: Collections.settings,
            about:
                "Switches registration on or off, and changes what an agent requires and its limits. Applied completely or not at all.",
            body: Setting.all.map(BodyMember.init),
            example: ["enabled": .bool(true)]
        ) { change in
            var values: [String: SettingValue] = [:]
            for setting in Setting.all { values[setting.name] = change.body.value(of: setting) }
            return .agent(AgentChange.settings(values))
        }
    ]
}

extension BodyMember {
    fileprivate init(_ setting: Setting) {
        let form: Form =
            switch setting.form {
            case .truth: .truth
            case .whole(let range, _): .whole(range)
            }
        self.init(name: setting.name, form: form, about: setting.sentence)
    }
}

extension ChangeBody {
    fileprivate func value(of setting: Setting) -> SettingValue? {
        switch setting.form {
        case .truth: truth(setting.name).map(SettingValue.truth)
        case .whole: whole(setting.name).map(SettingValue.whole)
        }
    }
}
