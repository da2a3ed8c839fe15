import JSON

/// New values for some settings of a group. It has the group's members; a nil member keeps its value.
@dynamicMemberLookup
public struct SettingChanges<Group: SettingGroup>: Hashable, Sendable {
    /// By name. Values may be out of range until `check` has accepted them.
    private var values: [String: SettingValue] = [:]

    /// Changes nothing.
    public init() {}

    /// Changes the members that `fill` sets.
    public init(_ fill: (inout Self) -> Void) { fill(&self) }

    /// Takes the values of settings in this group, by name.
    public init(_ values: [String: SettingValue]) {
        for setting in Group.declared { self.values[setting.name] = values[setting.name] }
    }

    /// The member's new value; nil if it stays unchanged.
    public subscript<Value: SettingType>(dynamicMember path: KeyPath<Group, Value>) -> Value? {
        get { Self.name(path).flatMap { values[$0] }.flatMap(Value.init(setting:)) }
        set { if let name = Self.name(path) { values[name] = newValue?.settingValue } }
    }

    private static func name(_ path: AnyKeyPath) -> String? { Group.declared.first { $0.path == path }?.name }

    /// Whether nothing is changed.
    public var isEmpty: Bool { values.isEmpty }

    /// Adds newer changes, which take precedence where both set the same member.
    public mutating func merge(_ newer: Self) { values.merge(newer.values) { $1 } }

    /// Checks whether an agent with these roles can take these values.
    ///
    /// - Throws: `notPermitted` for a setting of another role, `invalidValue` for a value that is not allowed; `index` is 0.
    public func check(for roles: [AgentRole]) throws(ChangeRefusal) {
        for setting in Group.declared {
            guard let value = values[setting.name] else { continue }
            guard setting.belongs(to: roles) else {
                throw ChangeRefusal(
                    index: 0, field: setting.name, problem: .notPermitted,
                    reason: "the agent does not play the role that has \(setting.name)")
            }
            if let reason = setting.fault(in: value) {
                throw ChangeRefusal(index: 0, field: setting.name, problem: .invalidValue, reason: reason)
            }
        }
    }

    /// Writes the values into the settings.
    public func apply(to settings: inout AgentSettings) {
        for setting in Group.declared { if let value = values[setting.name] { setting.set(value, in: &settings) } }
    }
}

extension SettingChanges: Codable {
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: MemberKey.self)
        for setting in Group.declared { values[setting.name] = try setting.decode(from: members) }
    }

    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: MemberKey.self)
        for setting in Group.declared { try members.encodeIfPresent(values[setting.name], forKey: MemberKey(setting.name)) }
    }
}
