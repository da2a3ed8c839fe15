package import JSON

/// A setting of an agent that can be changed while it runs, declared once beside the struct that holds its value
/// (`ForeignAgentPolicy.declared` and so on).
///
/// The configuration file, the check of changes, the control interface, `AgentInformation`, the JSON API and SET requests come from it. An
/// object of a MIB is the MIB text's: SNMP has a setting only where a MIB defines an object for it.
public struct Setting: Sendable {
    /// What a value can be.
    public enum Form: Hashable, Sendable {
        case truth
        /// A number inside the range; the unit is plural, and empty where the number counts nothing.
        case whole(ClosedRange<Int64>, unit: String)
    }

    /// The member's name in JSON, the same in every interface.
    public var name: String { "\(member)" }
    let member: StaticString
    /// The role that the setting belongs to; nil for one of every agent.
    public let role: AgentRole?
    /// What its value can be.
    public let form: Form
    /// The value where the configuration has none: what the member is at first.
    public let usual: SettingValue
    /// What it means, a sentence or two.
    public let sentence: String
    /// The version of the control interface's vocabulary that has it first.
    public let since: Int
    /// Where the configuration file has it, from the section of its role on: its name, or a path with dots into a section that says more than
    /// the setting and is read by itself.
    public let file: String
    /// The scalar of a MIB that is this setting; nil without one.
    public let scalar: String?
    /// The column of `faAdvertConfTable` that is this setting; nil without one.
    public let column: String?

    /// In the struct that has the member.
    let path: any AnyKeyPath & Sendable
    let read: @Sendable (AgentSettings) -> SettingValue
    let write: @Sendable (inout AgentSettings, SettingValue) -> Bool

    /// False or 0: the value where no role that is played has the setting.
    public var nothing: SettingValue {
        switch form {
        case .truth: .truth(false)
        case .whole: .whole(0)
        }
    }

    /// The value among all.
    public func value(in settings: AgentSettings) -> SettingValue { read(settings) }

    /// Puts a value among all; false when the member's type does not hold it, and nothing is changed then.
    @discardableResult
    public func set(_ value: SettingValue, in settings: inout AgentSettings) -> Bool { write(&settings, value) }

    /// Whether an agent with these roles has the setting.
    public func belongs(to roles: [AgentRole]) -> Bool { role.map(roles.contains) ?? true }

    /// Why this cannot be the value, a sentence that says what can; nil when it can.
    public func fault(in value: SettingValue) -> String? {
        switch (form, value) {
        case (.truth, .truth): return nil
        case (.whole(let range, _), .whole(let number)) where range.contains(number): return nil
        case (.truth, _): return "\(name): \(value) is not true or false"
        case (.whole, .truth): return "\(name): \(value) is not a number; \(possible) are possible"
        case (.whole, .whole): return "\(name): \(value) is out of range; \(possible) are possible"
        }
    }

    /// The values that are possible, for people: `0 to 16`.
    public var possible: String {
        switch form {
        case .truth: "true and false"
        case .whole(let range, let unit): "\(range.lowerBound) to \(range.upperBound)" + (unit.isEmpty ? "" : " \(unit)")
        }
    }
}

/// Two settings are the same when they have the same name.
extension Setting: Hashable {
    public static func == (one: Setting, other: Setting) -> Bool { one.name == other.name }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Setting {
    /// Every setting of an agent, those of later versions behind the others.
    public static let all: [Setting] = (AgentSettings.declared + ForeignAgentPolicy.declared + AgentCapacity.declared)
        .sorted { $0.since < $1.since }

    /// Reads the member of an object; nil when it is not there.
    package func decode(from members: KeyedDecodingContainer<MemberKey>) throws -> SettingValue? {
        switch form {
        case .truth: try members.decodeIfPresent(Bool.self, forKey: MemberKey(name)).map(SettingValue.truth)
        case .whole: try whole(from: members)
        }
    }
}

extension Setting {
    /// A number beyond 64 bits is as much out of range as any other, and refused with the same words.
    private func whole(from members: KeyedDecodingContainer<MemberKey>) throws -> SettingValue? {
        do { return try members.decodeIfPresent(Int64.self, forKey: MemberKey(name)).map(SettingValue.whole) } catch {
            guard let number = try? members.decode(Double.self, forKey: MemberKey(name)), number == number.rounded() else {
                throw DecodingError.dataCorruptedError(
                    forKey: MemberKey(name), in: members,
                    debugDescription: "\(name): a whole number is expected; \(possible) are possible")
            }
            return .whole(number > 0 ? .max : .min)
        }
    }
}

/// Settings that are changed together: the members of one struct.
public protocol SettingGroup: Hashable, Sendable {
    /// Every member as it usually is.
    init()
    /// Its settings, in the order of the members.
    static var declared: [Setting] { get }
}
