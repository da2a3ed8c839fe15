import AgentControl
import AgentModel
import Foundation
import JSON
import MIPMIB
import MIPTesting
import ManagementCore
import MobileIPv4

@testable import ManagementAPI
@testable import mip_mib

/// Whether an interface shows a fact, as read from the interface itself.
struct Presence {
    private let types = InterfaceTypes(InterfaceDescription.agent).types
    private let schemas: JSONObject
    private let mib = MIPMIB()
    private let served: Set<String>
    private let vocabulary: JSONObject
    private let docs: Set<String>
    private let state: AgentState
    private let counters: JSONObject

    init() throws {
        schemas =
            try OpenAPIDocument(version: "test").json.object?["components"]?.object?["schemas"]?.object ?? [:]
        // Index objects are read together with every column.
        served = Set(mib.objects.flatMap { [$0.name] + $0.index.map(\.name) })
        vocabulary = try JSONObject(encoding: VocabularyResource())
        docs = try Self.documents()
        var all = AgentCounters(
            homeAgent: HomeAgentCounters(), foreignAgent: ForeignAgentCounters(), mobileNode: MobileNodeCounters())
        all.forwarding = ForwardingCounters()
        for declaration in ReplyCodeDeclaration.all {
            all.homeAgent?.repliesSentByCode[declaration.code] = 1
            all.foreignAgent?.repliesSentByCode[declaration.code] = 1
            all.foreignAgent?.repliesReceivedByCode[declaration.code] = 1
            all.mobileNode?.repliesReceivedByCode[declaration.code] = 1
        }
        var information = Samples.information()
        information.roles = [.foreignAgent, .homeAgent, .mobileNode]
        state = AgentState(name: "a", changes: [.information(information), .counters(all)], agentTime: Samples.start)
        counters = try JSONObject(encoding: all)
    }

    /// Every word in the documents and the manual pages.
    private static func documents() throws -> Set<String> {
        let folder = BuiltProducts.repository + "/docs"
        var text = try ManualPage.all(in: JSONValue(json: Array(ManagementCommand.helpDump.utf8))).map(\.text).joined()
        for file in try FileManager.default.subpathsOfDirectory(atPath: folder) {
            if file.hasSuffix(".yaml") { text += try String(contentsOfFile: folder + "/" + file, encoding: .utf8) }
            guard file.hasSuffix(".md") else { continue }
            // Names are enclosed in backquotes.
            let parts = try String(contentsOfFile: folder + "/" + file, encoding: .utf8).split(
                separator: "`", omittingEmptySubsequences: false)
            text += parts.enumerated().filter { !$0.offset.isMultiple(of: 2) }.map { " " + $0.element }.joined()
        }
        let names = text.split { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "." }
        return Set(names.map { $0.trimmingCharacters(in: CharacterSet(charactersIn: ".")) })
    }

    func has(_ fact: Fact, in interface: Interface) -> Bool {
        switch fact.kind {
        case .counter: AgentCounters.declared.first { $0.path == fact.name }.map { has($0, in: interface) } ?? false
        case .replyCode: UInt8(fact.name).map { has(ReplyCode(rawValue: $0), in: interface) } ?? false
        case .eventKind: AgentEventKind(rawValue: fact.name).map { has($0, in: interface) } ?? false
        case .member: has(member: fact.parts.own, of: fact.parts.owner, in: interface)
        case .word: has(word: fact.parts.own, of: fact.parts.owner, in: interface)
        case .setting: Setting.all.first { $0.name == fact.name }.map { has($0, in: interface) } ?? false
        }
    }

    private func members(_ type: String) -> [String] {
        if case .object(let members)? = types[type] { members.map(\.name) } else { [] }
    }

    private func words(_ type: String) -> [String] { if case .words(let words)? = types[type] { words } else { [] } }

    private func properties(_ schema: String) -> JSONObject { schemas[schema]?.object?["properties"]?.object ?? [:] }

    private func words(at name: String, of vocabulary: String) -> [String] {
        self.vocabulary[vocabulary]?.array?.compactMap { $0.object?[name]?.text } ?? []
    }

    // MARK: - Counters

    private func has(_ counter: CounterDescriptor, in interface: Interface) -> Bool {
        switch interface {
        case .varlink: return members(counter.group.typeName).contains(counter.name)
        case .json: return counters.member(at: counter.path) != nil
        case .mib: return shown(counter.path, in: "counters")
        case .snmpMapping: return SNMPMapping.counters.parts.flatMap(\.members).contains { $0.path == counter.path }
        case .metrics:
            let role = counter.group.rawValue
            switch counter.value {
            case .count: return CounterMetrics.name(of: counter).map { hasSamples($0) } ?? false
            case .codes(let direction, _): return hasSamples(CounterMetrics.name(ofCodes: direction, of: counter.group))
            case .outcomes: return hasSamples("mip_registration_requests_received", of: role)
            case .discards: return hasSamples("mip_datagrams_discarded", of: counter.group.role?.rawValue ?? "none")
            case .drops: return hasSamples("mip_forwarding_datagrams_dropped")
            }
        case .command:
            let leaves = CounterLeaf.all(in: counters).map { ($0.role.map { $0 + "." } ?? "") + $0.name }
            return leaves.contains { $0 == counter.path || $0.hasPrefix(counter.path + ".") }
        case .docs: return docs.contains(counter.path)
        case .openAPI, .vocabulary: return false
        }
    }

    private func hasSamples(_ metric: String, of role: String? = nil) -> Bool {
        CounterMetrics.families.contains { family in
            family.name == metric
                && family.samples(state).contains { sample in
                    role.map { role in sample.labels.contains { $0.value == role } } ?? true
                }
        }
    }

    /// Whether served objects provide a member of a list.
    private func shown(_ path: String, in list: String) -> Bool {
        mapped(path, in: list).contains { member in
            member.objects.contains(where: served.contains)
                && member.objects.allSatisfy { $0 == "sysUpTime" || MIBNode(named: $0) != nil }
        }
    }

    /// How the command builds a member of a list, or the parts of a member, from objects.
    private func mapped(_ path: String, in list: String) -> [SNMPMember] {
        (SNMPMapping.all[list]?.parts ?? []).flatMap(\.members).filter { $0.path == path || $0.path.hasPrefix(path + ".") }
    }

    // MARK: - Reply codes

    private func has(_ code: ReplyCode, in interface: Interface) -> Bool {
        switch interface {
        case .json: return counters.member(at: "homeAgent.repliesSentByCode.\(code.rawValue)") != nil
        case .mib:
            let row: [UInt] = [3, 1, UInt(code.rawValue)]
            guard let meaning = mib.object(.mipExtReplyMeaning), let denied = mib.object(.haRecentServiceDeniedCode),
                case .value(let text) = mib.get((meaning.oid + row).span, in: MIBView(state: state, sysUpTime: 1_000_000))
            else { return false }
            return text == .octets(Array((code.meaning ?? "").utf8))
                && (!code.isDeniedByHomeAgent || denied.syntax.label(of: Int(code.rawValue)) != nil)
        case .snmpMapping:
            return SNMPMapping.counters.parts.flatMap(\.members).contains { $0.path == "homeAgent.repliesSentByCode" }
        case .metrics:
            let families = CounterMetrics.families.filter { $0.name.contains("replies") }
            return families.contains { family in
                family.samples(
                    AgentState(
                        name: "a", changes: [.information(state.information ?? Samples.information()), .counters(Self.nothing)],
                        agentTime: Samples.start)
                )
                .contains { $0.labels.contains { $0.name == "code" && $0.value == "\(code.rawValue)" } }
            }
        case .command:
            return CounterLeaf(role: "homeAgent", name: "repliesSentByCode.\(code.rawValue)", value: 1).words
                .contains(code.meaning ?? "?")
        case .vocabulary:
            return vocabulary["replyCodes"]?.array?.contains { row in
                row.object?["code"]?.count == UInt64(code.rawValue) && row.object?["meaning"]?.text == code.meaning
            } ?? false
        case .docs: return docs.contains(code.label)
        case .varlink, .openAPI: return false
        }
    }

    private static let nothing = AgentCounters(
        homeAgent: HomeAgentCounters(), foreignAgent: ForeignAgentCounters(), mobileNode: MobileNodeCounters())

    // MARK: - Kinds of event

    private func has(_ kind: AgentEventKind, in interface: Interface) -> Bool {
        switch interface {
        case .varlink: return words("AgentEventKind").contains(kind.rawValue)
        case .json:
            let event = AgentEvent(time: Samples.start, kind: kind, role: .homeAgent, message: "")
            return (try? JSONObject(encoding: event))?["kind"]?.text == kind.rawValue
        case .openAPI:
            return properties("StreamedEvent")["kind"]?.object?["enum"]?.array?.contains(.string(kind.rawValue)) ?? false
        case .mib: return MIBNode(named: NotificationKind.event(kind).name)?.text.kind == "notification"
        case .command: return EventFilter.kinds.contains(kind.rawValue)
        case .vocabulary: return words(at: "word", of: "eventKinds").contains(kind.rawValue)
        case .docs: return docs.contains(kind.rawValue)
        case .snmpMapping, .metrics: return false
        }
    }

    // MARK: - Members of records

    /// The list of the command that contains a record as a row or as part of one, and the path to the record's members there.
    static let lists: [String: (list: String, path: String)] = [
        AgentTables.bindings.schema: ("bindings", ""), AgentTables.visitors.schema: ("visitors", ""),
        AgentTables.pending.schema: ("pending", ""), AgentTables.associations.schema: ("associations", ""),
        AgentTables.violations.schema: ("violations", ""), AgentTables.mobileNodes.schema: ("mobile-nodes", ""),
        AgentTables.tunnels.schema: ("tunnels", ""), AgentTables.traffic.schema: ("traffic", ""),
        AgentTables.advertisements.schema: ("advertisements", ""), AgentTables.registrations.schema: ("registrations", ""),
        AgentTables.foreignAgents.schema: ("foreign-agents", ""), AgentTables.exchanges.schema: ("exchanges", ""),
        AgentTables.extensionUses.schema: ("extension-uses", ""),
        AssociationUse.typeName: ("associations", "use."),
        MobileNodeStatus.typeName: ("node", ""), KnownHomeAgent.typeName: ("node", "homeAgents."),
        HeardAdvertisement.typeName: ("node", "recentAdvertisement."),
        ReceivedMessage.typeName: ("node", "homeAgentMessage."), ReceivedError.typeName: ("node", "foreignAgentError."),
        HomeAgentSearch.typeName: ("node", "homeAgentSearch."),
        ReceivedHostConfiguration.typeName: ("node", "hostConfiguration."),
        AgentInformation.typeName: ("agents", "information."), DrainStatus.typeName: ("agents", "information.drain."),
        AgentAddress.typeName: ("agents", "information.addresses."),
    ]

    private func has(member: String, of type: String, in interface: Interface) -> Bool {
        guard let (list, path) = Self.lists[type], let record = ChangeKind.records[type] else { return false }
        // Members of a member, such as `use.accepted`: some lists have them one by one, others have the member as a whole.
        let whole = String(path.dropLast())
        let columns = (RowList.all + [RowList.agents]).first { $0.name == list }?.columns.map(\.name) ?? []
        let isShownWhole = !whole.isEmpty && (list == "agents" || !columns.contains { $0.hasPrefix(path) })
        let isMadeWhole = !whole.isEmpty && !mapped(whole, in: list).contains { $0.path.hasPrefix(path) }
        switch interface {
        case .varlink: return members(type).contains(member)
        case .json: return (try? Self.comesBack(member, in: record)) ?? false
        case .openAPI: return properties(type)[member] != nil
        case .mib:
            return shown(path + member, in: list) || isMadeWhole && shown(whole, in: list)
        case .snmpMapping:
            return !mapped(path + member, in: list).isEmpty
                || isMadeWhole && mapped(whole, in: list).contains { $0.path == whole }
        // One column has everything that an agent reports about itself.
        case .command:
            return columns.contains(path + member) || isShownWhole && columns.contains(whole)
                || list == "agents" && columns.contains("information")
        case .docs: return docs.contains(path + member) || isShownWhole && docs.contains(whole)
        case .metrics, .vocabulary: return false
        }
    }

    /// Whether the record keeps the member: a value that differs from the blank record's is still there after reading and writing it.
    private static func comesBack(
        _ member: String, in record: any (JSON.Record).Type, as value: JSONValue? = nil
    ) throws -> Bool {
        func check<R: JSON.Record>(_: R.Type) throws -> Bool {
            let shape = RecordShape(of: R.self)
            var row = JSONObject(shape.members.map { ($0.name, sample($0.form)) })
            if let value { row[member] = value }
            let again = try JSONObject(encoding: JSONDecoder().decode(R.self, from: Data(JSONValue.object(row).bytes)))
            return again[member] != nil && again[member] == row[member]
        }
        return try check(record)
    }

    /// A value that is not the default.
    private static func sample(_ form: ValueForm) -> JSONValue {
        switch form {
        case .text(.any): "x@example.net"
        case .text(.address): "192.0.2.7"
        case .text(.time): "2026-11-29T01:02:03.004Z"
        case .text(.hexadecimal(let digits)): .string(String(repeating: "a", count: digits))
        case .words(let list): .string(list.words.last ?? "")
        case .whole: 7
        case .truth: true
        case .list(let element): .array([sample(element)])
        case .record(let record):
            .object(JSONObject(RecordShape(of: record).members.map { ($0.name, sample($0.form)) }))
        }
    }

    // MARK: - Words

    private func has(word: String, of enumeration: String, in interface: Interface) -> Bool {
        switch interface {
        case .varlink:
            // Words that are not type names are listed in a comment.
            return words(enumeration).contains(word) || types[enumeration] == nil && listed.contains(word)
        case .json: return Self.comesBack(word: word, of: enumeration)
        case .openAPI:
            return enumerations.contains {
                $0.contains(word) && Set($0) == Set(Fact.words.first { $0.name == enumeration }?.words ?? [])
            }
        case .mib, .snmpMapping:
            // The labels in one object are the words of the enumeration.
            let all = (Fact.words.first { $0.name == enumeration }?.words ?? []).filter { other in
                other == word || !Exception.all.contains { $0.covers(Fact(kind: .word, name: "\(enumeration).\(other)"), .mib) }
            }
            return mib.objects.contains { Set($0.syntax.names.map(\.label)).isSuperset(of: all) }
        // The command prints the word itself.
        case .command: return Self.comesBack(word: word, of: enumeration)
        case .vocabulary:
            let lists = [
                "endReasons", "encapsulations", "visitorStates", "violationReasons", "requestKinds", "mobileNodeStates",
                "agentRoles", "exchangeKinds", "exchangeStates", "revocationAgreements", "homeAgentSearchStates",
                "homeAgentSources",
            ]
            return lists.contains { words(at: "word", of: $0).contains(word) }
        case .docs: return docs.contains(word)
        case .metrics: return false
        }
    }

    /// The words listed in comments of the published description.
    private let listed = Set(
        InterfaceDescription.agent.split(separator: "\n").filter { $0.contains("are not type names") }
            .flatMap { $0.split { !$0.isLetter && !$0.isNumber && $0 != "-" } }.map(String.init))

    /// Whether a record with this word keeps it.
    private static func comesBack(word: String, of enumeration: String) -> Bool {
        ChangeKind.records.values.contains { record in
            RecordShape(of: record).members.contains { member in
                member.form.words?.name == enumeration
                    && (try? comesBack(member.name, in: record, as: isList(member.form) ? .array([.string(word)]) : .string(word)))
                        == true
            }
        }
    }

    private static func isList(_ form: ValueForm) -> Bool { if case .list = form { true } else { false } }

    /// Every list of words in the document.
    private var enumerations: [[String]] {
        func find(_ value: JSONValue) -> [[String]] {
            switch value {
            case .object(let object):
                (object["enum"]?.array.map { [$0.compactMap(\.text)] } ?? []) + object.members.flatMap { find($0.value) }
            case .array(let values): values.flatMap(find)
            default: []
            }
        }
        return find(.object(schemas))
    }

    // MARK: - Settings

    private func has(_ setting: Setting, in interface: Interface) -> Bool {
        switch interface {
        case .varlink:
            return Setting.interfaceTypes.filter { $0.settings.contains(setting) }
                .allSatisfy { members($0.type).contains(setting.name) }
        case .json: return (try? JSONObject(encoding: Samples.information()))?[setting.name] != nil
        case .openAPI: return properties("Settings")[setting.name] != nil
        case .mib:
            let objects = [setting.scalar, setting.column].compactMap(\.self)
            return objects.allSatisfy(served.contains) && (!objects.isEmpty || shown("information.\(setting.name)", in: "agents"))
        case .snmpMapping: return !mapped("information.\(setting.name)", in: "agents").isEmpty
        case .command:
            return (try? RowList.agents.columns(named: "information.\(setting.name)")) != nil
                && members("AgentInformation").contains(setting.name)
        case .docs: return docs.contains(setting.file.split(separator: ".").last.map(String.init) ?? "")
        case .metrics, .vocabulary: return false
        }
    }
}
