import AgentModel
import Foundation
import JSON
import MIPTesting
import MobileIPv4
import NIOCore
import Testing

@testable import AgentControl

/// What agents and managers of version 1 sent to each other, one frame per line, and the words and members that existed then.
enum Recorded {
    private static func text(_ name: String) -> String {
        let path = BuiltProducts.repository + "/Tests/AgentControlTests/Recorded/" + name
        return (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }

    private static func lines(_ name: String) -> [String] { text(name).split(separator: "\n").map(String.init) }

    /// From a home agent, foreign agents and a node in the laboratory: every kind of change, and errors.
    static let fromAgents = lines("agent.frames")
    /// From `mip-mibd` and `mip-mib`.
    static let fromManagers = lines("manager.frames")
    /// Calls that an agent did not completely know, each with its answer.
    static let unknown: [(call: String, answer: String)] = {
        let all = lines("unknown.frames")
        return stride(from: 0, to: all.count - 1, by: 2).map { (all[$0], all[$0 + 1]) }
    }()
    static let interface = InterfaceTypes(text("interface.varlink"))
    /// The words of enumerations, and the members of counters.
    static let words: [String: [String]] = Dictionary(
        uniqueKeysWithValues: lines("words").compactMap { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return parts.count == 2 ? (String(parts[0]), parts[1].split(separator: " ").map(String.init)) : nil
        })

    /// What a version had: the members of its types, and its words.
    struct Version {
        let interface: InterfaceTypes
        let words: [String: [String]]
    }

    static let first = Version(interface: interface, words: words)
    /// The description of version 2 has words and the members of counters as types, except the algorithms, which are those of version 1.
    static let second: Version = {
        let interface = InterfaceTypes(text("interface-2.varlink"))
        var words = Recorded.words.filter { $0.key == "AuthenticationAlgorithm" }
        for (type, shape) in interface.types {
            switch shape {
            case .words(let list): words[type] = list
            case .object(let members): words[type == "DiscardCounts" ? "DiscardReason" : type] = members.map(\.name)
            }
        }
        return Version(interface: interface, words: words)
    }()
}

@Suite("Frames recorded from version 1")
struct RecordedFramesTests {
    private static let first = Vocabulary(.own, version: 1)

    private static func object(_ text: String) throws -> NSDictionary {
        try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary)
    }

    @Test("Every change from an agent is read with nothing skipped, and is the same when written again for version 1")
    func changes() throws {
        let coding = MessageCoding()
        var kinds: Set<ChangeKind> = []
        for frame in Recorded.fromAgents where frame.contains(#""changes":"#) {
            let update = try #require(try coding.decodeUpdate(from: ByteBuffer(string: frame)), "\(frame.prefix(200))")
            #expect(update.unknown.isEmpty, "\(update.unknown) in \(frame.prefix(200))")
            var written = ByteBuffer()
            try coding.encode(update: update, for: Self.first, into: &written)
            #expect(try Self.object(String(String(buffer: written).dropLast())) == Self.object(frame), "\(frame.prefix(200))")
            kinds.formUnion(try update.changes.compactMap(EveryChange.member))
            // The other way of reading.
            let (reply, unknown) = try coding.decode(
                MessageCoding.Reply<SubscriptionUpdate>.self, from: ByteBuffer(string: frame),
                as: Vocabulary.own.reply(to: .subscribe))
            #expect(reply?.parameters?.changes == update.changes && unknown.isEmpty)
        }
        #expect(kinds == Set(ChangeKind.allCases.filter { VocabularyHistory.own.has("Change.\($0.rawValue)", in: 1) }))
    }

    @Test(
        "Every other answer from an agent is read with nothing skipped, and is the same when written again for version 1"
    )
    func answers() throws {
        let coding = MessageCoding()
        var read = (information: 0, applied: 0, revoked: 0, errors: 0)
        for frame in Recorded.fromAgents where !frame.contains(#""changes":"#) {
            func same<Answer: Codable>(_: Answer.Type, _ form: (Vocabulary) -> VocabularyForm) throws {
                let (reply, unknown) = try coding.decode(
                    MessageCoding.Reply<Answer>.self, from: ByteBuffer(string: frame), as: form(.own))
                #expect(unknown.isEmpty, "\(frame)")
                var written = ByteBuffer()
                try coding.encode(try #require(reply), as: form(Self.first), into: &written)
                #expect(try Self.object(String(String(buffer: written).dropLast())) == Self.object(frame))
            }
            if frame.contains("ChangeRefused") {
                try same(VarlinkMessages.ChangeRefused.self) { $0.reply(error: .changeRefused) }
                read.errors += 1
            } else if frame.contains("BindingNotFound") {
                try same(VarlinkMessages.RevokeBinding.self) { $0.reply(error: .bindingNotFound) }
                read.errors += 1
            } else if frame.contains(#""information":"#) {
                try same(VarlinkMessages.GetInformation.self) { $0.reply(to: .getInformation) }
                read.information += 1
            } else if frame.contains(#""applied":"#) {
                try same(AppliedChanges.self) { $0.reply(to: .apply) }
                read.applied += 1
            } else if frame.contains(#""revoked":"#) {
                try same(VarlinkMessages.Revoked.self) { $0.reply(to: .revokeBinding) }
                read.revoked += 1
            } else {
                #expect(frame == #"{"parameters":{}}"#)
            }
        }
        #expect(read.information > 0 && read.applied > 0 && read.revoked > 0 && read.errors > 0)
    }

    @Test("An agent answers every call of a manager, and sends only members and words that version 1 had")
    func calls() async throws {
        try await AgentControlServerTests.withAgent(rows: EveryChange.all) { agent, _ in
            #expect(Recorded.fromManagers.count > 40)
            for call in Recorded.fromManagers {
                let manager = try RawManager(socketPath: agent.socketPath)
                manager.send(call)
                let isSubscription = call.contains("Subscribe")
                if isSubscription, call.contains(#""parameters":{}"#) {
                    // The changes of the snapshot, and live ones.
                    while let frame = await manager.next(), !frame.contains("synced") {}
                    await agent.publish(EveryChange.all)
                }
                repeat {
                    let frame = try #require(await manager.next(), "no answer to \(call)")
                    #expect(!frame.contains("org.varlink.service."), "\(call): \(frame)")
                    try Self.checkWords(frame, call, Recorded.first)
                    if !isSubscription || frame.contains("synced") || frame.contains(#""event""#) { break }
                } while true
            }
        }
    }

    @Test("A subscriber of version 2 is sent only members and words that version 2 had")
    func secondVersion() throws {
        let changes =
            EveryChange.all + [
                .bindingRemoved(EveryChange.binding.key, .drained), .visitorRemoved(Samples.visitor(3).key, .peerRevoked),
            ]
        let update = SubscriptionUpdate(
            phase: .live, firstSequence: 1, sequence: UInt64(changes.count), time: Samples.start, changes: changes)
        var written = ByteBuffer()
        try MessageCoding().encode(update: update, for: Vocabulary(.own, version: 2), into: &written)
        let frame = String(String(buffer: written).dropLast())
        try Self.checkWords(frame, #"{"method":"org.mipmib.agent.Subscribe"}"#, Recorded.second)
        let sent = (try Self.object(frame)["parameters"] as? [String: Any])?["changes"] as? [[String: Any]] ?? []
        #expect(Set(sent.flatMap(\.keys)).isDisjoint(with: ["exchange", "exchangeRemoved", "extensionUse"]))
        // An end by a drain or by the peer's revocation reads as one by an operator.
        #expect((sent.dropLast().last?["bindingRemoved"] as? [String: Any])?["reason"] as? String == "administrativelyRevoked")
        #expect((sent.last?["visitorRemoved"] as? [String: Any])?["reason"] as? String == "administrativelyRevoked")
    }

    @Test("Version 2 had exactly what is declared for versions up to 2")
    func secondInterface() {
        let later = VocabularyHistory.introduced.filter { $0.value.version > 2 }.keys
        let now = Self.names(of: InterfaceTypes(InterfaceDescription.agent))
        #expect(now.subtracting(later) == Self.names(of: Recorded.second.interface))
    }

    /// Checks that a frame has no member and no word that the version did not have.
    private static func checkWords(_ frame: String, _ call: String, _ version: Recorded.Version) throws {
        let reply = try Self.object(frame)
        let parameters = reply["parameters"] as? [String: Any] ?? [:]
        let asked = try Self.object(call)["method"] as? String ?? ""
        let name = (reply["error"] as? String ?? asked).split(separator: ".").last ?? ""
        let members = version.interface.replies[String(name)] ?? version.interface.errors[String(name)] ?? []
        check(parameters, members, String(name), frame, version)
    }

    private static func check(
        _ object: [String: Any], _ members: [InterfaceTypes.Member], _ type: String, _ frame: String, _ version: Recorded.Version
    ) {
        for (name, value) in object {
            guard let member = members.first(where: { $0.name == name }) else {
                Issue.record("\(type).\(name) was not in this version: \(frame.prefix(300))")
                continue
            }
            check(value, member.form, "\(type).\(name)", frame, version)
        }
    }

    private static func check(
        _ value: Any, _ form: InterfaceTypes.Form, _ path: String, _ frame: String, _ version: Recorded.Version
    ) {
        switch (form, value) {
        case (.list(let element), let list as [Any]): for one in list { check(one, element, path, frame, version) }
        case (.named(let type), let object as [String: Any]):
            guard case .object(let members)? = version.interface.types[type] else { break }
            check(object, members, type, frame, version)
        case (.named("AgentRole"), let word as String):
            #expect(version.words["AgentRole"]?.contains(word) == true, "\(path) \(word)")
        case (.text, let word as String):
            guard let enumeration = Vocabulary.wordsOfMembers[path] else { break }
            #expect(version.words[enumeration]?.contains(word) == true, "\(path) \(word)")
        case (.open, let counters as [String: Any]):
            guard let type = Vocabulary.countersOfMembers[path]?.name else { break }
            let known = version.words[type] ?? version.words["DiscardReason"] ?? []
            #expect(Set(counters.keys).isSubset(of: known), "\(path)")
        default: break
        }
    }

    @Test("Everything in version 1 still exists, and everything added later is declared with its version")
    func nothingForgotten() {
        var before = Self.names(of: Recorded.interface)
        var now = Self.names(of: InterfaceTypes(InterfaceDescription.agent))
        for (name, words) in Recorded.words { before.formUnion(words.map { "\(name).\($0)" }) }
        for enumeration in Vocabulary.enumerations { now.formUnion(enumeration.words.map { "\(enumeration.name).\($0)" }) }
        now.formUnion(ControlTopic.allCases.map { "ControlTopic.\($0.rawValue)" })
        // The types of counters are not types of the interface description.
        for (name, record) in Vocabulary.own.records { now.formUnion(record.members.keys.map { "\(name).\($0)" }) }
        #expect(before.subtracting(now) == [])
        #expect(now.subtracting(before).subtracting(VocabularyHistory.introduced.keys) == [])
        #expect(VocabularyHistory.introduced.values.allSatisfy { 2...VocabularyHistory.current ~= $0.version })
        for (name, introduction) in VocabularyHistory.introduced {
            #expect(now.contains(name), "\(name) is not declared")
            if let word = introduction.readAs { #expect(now.contains(name.split(separator: ".")[0] + "." + word), "\(word)") }
        }
    }

    /// What a description has: `Type.member`, `Enumeration.word`, `Method.parameter`.
    private static func names(of interface: InterfaceTypes) -> Set<String> {
        var names: Set<String> = []
        for (type, shape) in interface.types {
            // The members of these are words, known under the name of their enumeration.
            let type = ["DiscardCounts": "DiscardReason", "DropCounts": "DropReason"][type] ?? type
            switch shape {
            case .object(let members): names.formUnion(members.map { "\(type).\($0.name)" })
            case .words(let words): names.formUnion(words.map { "\(type).\($0)" })
            }
        }
        for (name, members) in interface.replies.merging(interface.errors, uniquingKeysWith: { $1 }) {
            names.formUnion(members.map { "\(name).\($0.name)" })
        }
        return names
    }

    @Test("Version 1 ignored unknown parameters, and reported unknown topics and methods")
    func unknownToVersionOne() throws {
        for (call, answer) in Recorded.unknown where call.contains("vocabulary") { #expect(!answer.contains("error"), "\(call)") }
        let errors = try Recorded.unknown.map { try Self.object($0.answer)["error"] as? String }
        #expect(errors.contains("org.mipmib.agent.InvalidTopic") && errors.contains("org.varlink.service.MethodNotFound"))
    }
}
