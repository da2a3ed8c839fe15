import AgentModel
import Foundation
import MIPTesting
import Testing

@Suite("Setting declarations")
struct SettingDeclarationTests {
    /// The structs whose members are settings, each with its defaults and its declarations.
    private static let groups: [(members: any SettingGroup, declared: [Setting])] = [
        (AgentSettings(), AgentSettings.declared), (ForeignAgentPolicy(), ForeignAgentPolicy.declared),
        (AgentCapacity(), AgentCapacity.declared), (SignallingPolicy(), SignallingPolicy.declared),
        (DiscoveryPolicy(), DiscoveryPolicy.declared),
    ]

    @Test("Every member is declared exactly once, in the order of the members", arguments: groups.indices)
    func complete(place: Int) {
        let (group, declared) = Self.groups[place]
        let members = Mirror(reflecting: group).children.filter { !($0.value is any SettingGroup) }.compactMap(\.label)
        #expect(!members.isEmpty && declared.map(\.name) == members)
    }

    /// A value that the setting can have and that is not its default.
    private static func other(_ setting: Setting) -> SettingValue {
        switch (setting.form, setting.usual) {
        case (.whole(let range, _), .whole(let usual)): .whole(usual == range.upperBound ? range.lowerBound : usual + 1)
        case (_, let usual): .truth(usual == .truth(false))
        }
    }

    @Test("A declaration reads and writes the member with its name and no other")
    func reads() throws {
        for setting in Setting.all {
            var settings = AgentSettings()
            #expect(setting.value(in: settings) == setting.usual && setting.fault(in: setting.usual) == nil)
            #expect(setting.set(Self.other(setting), in: &settings))
            for one in Setting.all {
                #expect(
                    one.value(in: settings) == (one == setting ? Self.other(one) : one.usual), "\(one.name) of \(setting.name)")
            }
            let information = try Self.json(Self.information(settings))
            #expect(information[setting.name] as? NSNumber == Self.number(Self.other(setting)), "\(setting.name)")
        }
    }

    private static func information(_ settings: AgentSettings, _ roles: [AgentRole] = [.foreignAgent, .homeAgent])
        -> AgentInformation
    {
        AgentInformation(
            name: "a", version: "a", instance: "a", processID: 1, roles: roles, startTime: Samples.start, encapsulations: [],
            addresses: [], careOfAddresses: [], settings: settings)
    }

    private static func json(_ value: some Encodable) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: JSONEncoder().encode(value)) as? [String: Any])
    }

    private static func number(_ value: SettingValue) -> NSNumber {
        switch value {
        case .truth(let value): NSNumber(value: value)
        case .whole(let number): NSNumber(value: number)
        }
    }

    @Test("Names are unique, and sentences end with a full stop")
    func sentences() {
        #expect(Set(Setting.all.map(\.name)).count == Setting.all.count)
        #expect(Setting.all.count == Self.groups.map(\.declared.count).reduce(0, +))
        #expect(Setting.all.allSatisfy { $0.sentence.hasSuffix(".") && $0.sentence.count > 10 && $0.since >= 1 })
    }

    @Test("Information has every setting; those of roles that are not played are false or 0")
    func information() throws {
        for role in AgentRole.allCases {
            let information = Self.information(AgentSettings(), [role])
            for setting in Setting.all {
                let value = setting.value(in: information.settings)
                #expect(value == (setting.belongs(to: [role]) ? setting.usual : setting.nothing), "\(setting.name) of \(role)")
            }
        }
        let members = try Self.json(Self.information(AgentSettings()))
        #expect(Setting.all.allSatisfy { members[$0.name] != nil })
        #expect(Setting.all.allSatisfy { $0.value(in: AgentInformation.blank.settings) == $0.nothing })
    }

    @Test(
        "A value that its member cannot hold is an error that names the member",
        arguments: [
            ("challengeWindow", "256"), ("challengeWindow", "18446744073709551615"), ("maximumBindings", "4294967296"),
            ("processID", "2147483648"), ("busy", "1"),
        ])
    func unfit(member: String, value: String) throws {
        var members = try Self.json(Self.information(AgentSettings()))
        members[member] = try JSONSerialization.jsonObject(with: Data(value.utf8), options: .fragmentsAllowed)
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(AgentInformation.self, from: JSONSerialization.data(withJSONObject: members))
        }
        #expect(error.map { "\($0)".contains(member) } == true)
    }

    @Test("Only experiments are off by default among the services besides registration")
    func services() {
        let on = DiscoveryPolicy.declared.filter { $0.usual == .truth(true) }.map(\.name)
        #expect(on == ["dynamicHomeAgent", "hostConfiguration", "serviceSelection"])
        let changes = AgentChange.settings(["experimental": .truth(true), "hostConfiguration": .truth(false)])
        let settings = DiscoverySettings {
            $0.experimental = true
            $0.hostConfiguration = false
        }
        #expect(changes == [.discovery(settings)])
    }

    @Test("Changes are encoded as the members that they set, and refuse values of another type")
    func coding() throws {
        var changes = ForeignAgentSettings { $0.challengeWindow = 17 }
        #expect(try Self.json(changes) as? [String: Int] == ["challengeWindow": 17])
        #expect(changes.challengeWindow == 17 && changes.busy == nil && !changes.isEmpty)
        #expect(try JSONDecoder().decode(ForeignAgentSettings.self, from: JSONEncoder().encode(changes)) == changes)
        changes.challengeWindow = nil
        #expect(changes.isEmpty)
        #expect(try JSONDecoder().decode(ForeignAgentSettings.self, from: Data(#"{"busy":null,"other":1}"#.utf8)) == changes)
        for wrong in [#"{"busy":1}"#, #"{"challengeWindow":true}"#, #"{"challengeWindow":1.5}"#, "[]"] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(ForeignAgentSettings.self, from: Data(wrong.utf8)) }
        }
    }

    @Test("A newer change takes precedence over an older one, and members it does not set remain")
    func merging() {
        var changes = ForeignAgentSettings {
            $0.busy = true
            $0.challengeWindow = 2
        }
        changes.merge(ForeignAgentSettings { $0.challengeWindow = 0 })
        var settings = AgentSettings()
        settings.foreignAgent.registrationRequired = true
        changes.apply(to: &settings)
        #expect(settings.foreignAgent.busy && settings.foreignAgent.registrationRequired)
        #expect(settings.foreignAgent.challengeWindow == 0)
    }

    @Test("A number out of range is refused with the allowed range, for every setting")
    func ranges() throws {
        for setting in Setting.all {
            guard case .whole(let range, _) = setting.form else { continue }
            for number in [range.lowerBound - 1, range.upperBound + 1] {
                let values: [String: SettingValue] = [setting.name: .whole(number)]
                let expected = ChangeRefusal(
                    index: 0, field: setting.name, problem: .invalidValue,
                    reason: "\(setting.name): \(number) is out of range; expected \(setting.possible)")
                for change in AgentChange.settings(values) {
                    let refusal = #expect(throws: ChangeRefusal.self) {
                        switch change {
                        case .foreignAgent(let changes): try changes.check(for: [.foreignAgent])
                        case .limits(let changes): try changes.check(for: [.foreignAgent, .homeAgent])
                        case .signalling(let changes): try changes.check(for: [.mobileNode])
                        default: break
                        }
                    }
                    #expect(refusal == expected)
                }
            }
        }
        let challenges = ForeignAgentSettings { $0.challengeWindow = 17 }
        let refusal = #expect(throws: ChangeRefusal.self) { try challenges.check(for: [.foreignAgent]) }
        #expect(refusal?.reason == "challengeWindow: 17 is out of range; expected 0 to 16")
    }
}
