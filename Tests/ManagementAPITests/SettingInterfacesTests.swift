import AgentControl
import AgentDaemon
import AgentModel
import DaemonSupport
import Foundation
import JSON
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

@testable import ManagementAPI

/// Checks that every interface with settings has all declared settings.
@Suite("Settings in every interface")
struct SettingInterfacesTests {
    /// A valid value of the setting other than its default.
    private static func other(_ setting: Setting) -> SettingValue {
        switch (setting.form, setting.usual) {
        case (.whole(let range, _), .whole(let number)): .whole(number == range.upperBound ? range.lowerBound : number + 1)
        case (_, let value): .truth(value == .truth(false))
        }
    }

    /// The information reported by an agent that was configured with these lines in the section of each role.
    private static func information(_ lines: (agent: String, foreignAgent: String, homeAgent: String)) throws -> AgentInformation
    {
        let text = """
            name: a
            \(lines.agent)
            homeAgent: {addresses: [192.0.2.1], homeNetworks: [10.0.0.0/8]\(lines.homeAgent)}
            foreignAgent: {addresses: [192.0.2.1], careOfAddresses: [192.0.2.1]\(lines.foreignAgent)}
            """
        let configuration = try ConfigurationFile.read(text: text, named: "f.yaml", AgentDaemonConfiguration.init)
        return MobilityAgent(
            configuration: configuration.agent, instance: "one", processID: 1, startTime: Samples.start,
            random: SystemRandomNumberGenerator()
        ).information
    }

    /// The lines of a configuration file that assign a value to a setting.
    private static func lines(
        _ setting: Setting, _ value: SettingValue
    ) -> (agent: String, foreignAgent: String, homeAgent: String) {
        let names = setting.file.split(separator: ".")
        let line =
            names.dropFirst().reduce("\(names[0]): ") { $0 + "{\($1): " } + "\(value)"
            + String(repeating: "}", count: names.count - 1)
        return (
            setting.role == nil ? line : "", setting.role == .foreignAgent ? ", " + line : "",
            setting.role == .homeAgent ? ", " + line : ""
        )
    }

    @Test("The configuration file has every setting, with its default and its range")
    func file() throws {
        for setting in Setting.all {
            let defaults = try Self.information(("", "", "")).settings
            #expect(setting.value(in: defaults) == setting.usual, "\(setting.name)")
            let changed = try Self.information(Self.lines(setting, Self.other(setting))).settings
            for one in Setting.all {
                #expect(
                    one.value(in: changed) == (one == setting ? Self.other(one) : one.usual), "\(one.name) of \(setting.name)")
            }
            guard case .whole(let range, _) = setting.form else { continue }
            let error = #expect(throws: ConfigurationMistakes.self) {
                try Self.information(Self.lines(setting, .whole(range.upperBound + 1)))
            }
            #expect(error?.mistakes.description.contains("to \(range.upperBound)") == true, "\(setting.name)")
        }
    }

    @Test("The published interface has every setting, in the information of an agent and in the corresponding change")
    func published() throws {
        let text = try String(
            contentsOfFile: BuiltProducts.repository + "/Sources/AgentControl/org.mipmib.agent.varlink", encoding: .utf8)
        let types = InterfaceTypes(text).types
        for (type, settings) in Setting.interfaceTypes {
            guard case .object(let members)? = types[type] else {
                Issue.record("missing type \(type)")
                continue
            }
            for setting in settings {
                let member = members.first { $0.name == setting.name }
                #expect(member?.form == (setting.form == .truth ? .truth : .whole), "\(type).\(setting.name)")
                #expect(member?.isOptional == (type != "AgentInformation"), "\(type).\(setting.name)")
            }
            let names = Set(settings.map(\.name))
            #expect(type == "AgentInformation" || Set(members.map(\.name)) == names, "\(type)")
        }
    }

    @Test("The API has every setting, in the body of the change, in the row and in its schema")
    func api() throws {
        let declaration = try #require(Changes.settings.first)
        #expect(declaration.body.map(\.name) == Setting.all.map(\.name))
        let row = try JSONObject(encoding: SettingsRow(Samples.information()))
        #expect(Set(row.members.map(\.name)) == Set(Setting.all.map(\.name)))
        guard case .object(let members)? = SchemaCatalogue.shared.types["Settings"] else {
            Issue.record("missing type Settings")
            return
        }
        #expect(members.map(\.name) == Setting.all.map(\.name))
        for (setting, member) in zip(Setting.all, declaration.body) {
            guard case .whole(let range) = member.form else { continue }
            #expect(setting.fault(in: .whole(range.lowerBound)) == nil && setting.fault(in: .whole(range.upperBound)) == nil)
            #expect(
                setting.fault(in: .whole(range.lowerBound - 1)) != nil && setting.fault(in: .whole(range.upperBound + 1)) != nil)
        }
    }

    @Test("The information of an agent has its members in the order of the published interface")
    func order() throws {
        guard case .object(let members)? = InterfaceTypes(InterfaceDescription.agent).types["AgentInformation"] else {
            Issue.record("missing type AgentInformation")
            return
        }
        var information = Samples.information()
        information.dataPlane = "kernel"
        information.stateError = "the disk is full"
        information.durability = "process"
        information.drain = DrainStatus(since: Samples.start, homeAgents: [IPv4Address(10, 0, 0, 2)])
        let encoder = JSONByteEncoder()
        try encoder.write(information)
        let text = encoder.take { String(decoding: $0, as: UTF8.self) }
        let places = members.map { text.range(of: "\"\($0.name)\":")?.lowerBound }
        #expect(!places.contains(nil))
        #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
        #expect(try JSONObject(encoding: information).members.count == members.count)
    }
}
