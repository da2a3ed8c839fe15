package import JSON

/// An agent setting that can be changed while the agent runs. Declared once, next to the struct that stores its value
/// (`ForeignAgentPolicy.declared` and so on).
///
/// The configuration file, the validation of changes, the control interface, `AgentInformation`, the JSON API and SET requests are derived
/// from it. MIB objects come from the MIB text: SNMP has a setting only where a MIB defines an object for it.
public struct Setting: Sendable {
    /// The kind of value it takes.
    public enum Form: Hashable, Sendable {
        case truth
        /// A whole number within the range. The unit is plural, and empty if the number has no unit.
        case whole(ClosedRange<Int64>, unit: String)
    }

    /// The member's name in JSON; the same in every interface.
    public var name: String { "\(member)" }
    let member: StaticString
    /// The role that the setting belongs to; nil if it applies to every agent.
    public let role: AgentRole?
    /// The kind of value it takes.
    public let form: Form
    /// The default: the value used if the configuration does not set it.
    public let usual: SettingValue
    /// What it means, in one or two sentences.
    public let sentence: String
    /// The first version of the control interface's vocabulary that includes it.
    public let since: Int
    /// Its place in the configuration file, relative to the section of its role: a name, or a dotted path into a section that contains
    /// more than this setting and is read separately.
    public let file: String
    /// The MIB scalar for this setting; nil if there is none.
    public let scalar: String?
    /// The column of `faAdvertConfTable` for this setting; nil if there is none.
    public let column: String?

    /// Key path in the struct that has the member.
    let path: any AnyKeyPath & Sendable
    let read: @Sendable (AgentSettings) -> SettingValue
    let write: @Sendable (inout AgentSettings, SettingValue) -> Bool

    /// False or 0: the value reported if the agent plays no role that has the setting.
    public var nothing: SettingValue {
        switch form {
        case .truth: .truth(false)
        case .whole: .whole(0)
        }
    }

    /// Its value in these settings.
    public func value(in settings: AgentSettings) -> SettingValue { read(settings) }

    /// Sets its value in these settings. Returns false and changes nothing if the member's type cannot hold the value.
    @discardableResult
    public func set(_ value: SettingValue, in settings: inout AgentSettings) -> Bool { write(&settings, value) }

    /// Whether an agent with these roles has the setting.
    public func belongs(to roles: [AgentRole]) -> Bool { role.map(roles.contains) ?? true }

    /// Why the value is not allowed, in a sentence that says what is; nil if it is allowed.
    public func fault(in value: SettingValue) -> String? {
        switch (form, value) {
        case (.truth, .truth): return nil
        case (.whole(let range, _), .whole(let number)) where range.contains(number): return nil
        case (.truth, _): return "\(name): \(value) is not true or false"
        case (.whole, .truth): return "\(name): \(value) is not a number; expected \(possible)"
        case (.whole, .whole): return "\(name): \(value) is out of range; expected \(possible)"
        }
    }

    /// The allowed values, for people: `0 to 16`.
    public var possible: String {
        switch form {
        case .truth: "true or false"
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
    /// Every setting of an agent; those of later versions come last.
    public static let all: [Setting] =
        (AgentSettings.declared + ForeignAgentPolicy.declared + AgentCapacity.declared
        + SignallingPolicy.declared + DiscoveryPolicy.declared)
        .sorted { $0.since < $1.since }

    /// Reads the member of an object; nil if it is absent.
    package func decode(from members: KeyedDecodingContainer<MemberKey>) throws -> SettingValue? {
        switch form {
        case .truth: try members.decodeIfPresent(Bool.self, forKey: MemberKey(name)).map(SettingValue.truth)
        case .whole: try whole(from: members)
        }
    }
}

extension Setting {
    /// A number beyond 64 bits is out of range like any other, and is refused in the same words.
    private func whole(from members: KeyedDecodingContainer<MemberKey>) throws -> SettingValue? {
        do { return try members.decodeIfPresent(Int64.self, forKey: MemberKey(name)).map(SettingValue.whole) } catch {
            guard let number = try? members.decode(Double.self, forKey: MemberKey(name)), number == number.rounded() else {
                throw DecodingError.dataCorruptedError(
                    forKey: MemberKey(name), in: members,
                    debugDescription: "\(name): not a whole number; expected \(possible)")
            }
            return .whole(number > 0 ? .max : .min)
        }
    }
}

/// Settings changed together: the members of one struct.
public protocol SettingGroup: Hashable, Sendable {
    /// Every member at its default.
    init()
    /// Its settings, in the order of the members.
    static var declared: [Setting] { get }
}
