import AgentModel
import Foundation
import JSON
import MIPTesting
import Testing

@testable import AgentControl

/// Compares the published description with the declarations of the records.
@Suite("The interface description")
struct InterfaceDescriptionTests {
    private static let file = BuiltProducts.repository + "/Sources/AgentControl/org.mipmib.agent.varlink"

    private static func varlink(_ form: ValueForm) -> InterfaceTypes.Form {
        switch form {
        case .text: .text
        case .words(let words): words.isClosed ? .named(words.name) : .text
        case .whole: .whole
        case .truth: .truth
        case .list(let element): .list(varlink(element))
        case .record(let record): .named(record.typeName)
        }
    }

    @Test(
        "The description has every record with its declared members, in their order", arguments: ChangeKind.records.keys.sorted())
    func records(name: String) throws {
        let record = try #require(ChangeKind.records[name])
        let declared = RecordShape(of: record).members.map {
            InterfaceTypes.Member(name: $0.name, form: Self.varlink($0.form), isOptional: $0.isOptional)
        }
        #expect(InterfaceTypes(InterfaceDescription.agent).types[name] == .object(declared))
    }

    @Test("A change has a member for each kind, with the record that this kind carries")
    func changes() throws {
        let declared = ChangeKind.allCases.map { kind in
            InterfaceTypes.Member(
                name: kind.rawValue, form: .named(kind.record?.typeName ?? "Counters"), isOptional: true)
        }
        #expect(InterfaceTypes(InterfaceDescription.agent).types["Change"] == .object(declared))
    }

    @Test(
        "Changes of settings have the declared settings",
        arguments: ["ForeignAgentSettings", "AgentLimits", "SignallingSettings", "DiscoverySettings"])
    func settings(type: String) throws {
        let settings = try #require(Setting.interfaceTypes.first { $0.type == type }).settings
        let declared = settings.map { setting in
            InterfaceTypes.Member(
                name: setting.name, form: setting.interfaceForm == "bool" ? .truth : .whole, isOptional: true)
        }
        #expect(InterfaceTypes(InterfaceDescription.agent).types[type] == .object(declared))
    }

    @Test("Published words of enumerations and members of counters are up to date; scripts/write-interface writes them")
    func published() throws {
        let text = try String(contentsOfFile: Self.file, encoding: .utf8)
        let complete = PublishedVocabulary.completing(text)
        if ProcessInfo.processInfo.environment["MIP_WRITE_INTERFACE"] != nil {
            try complete.write(toFile: Self.file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: Self.file, encoding: .utf8) == complete)
    }

    @Test("The published part is read as types of the interface")
    func readable() {
        let types = InterfaceTypes(InterfaceDescription.agent).types
        #expect(types["Encapsulation"] == .words(Encapsulation.allCases.map(\.rawValue)))
        guard case .object(let members)? = types["HomeAgentCounters"] else {
            Issue.record("no counters of a home agent")
            return
        }
        #expect(members.contains(.init(name: "handoffs", form: .whole, isOptional: false)))
    }
}
