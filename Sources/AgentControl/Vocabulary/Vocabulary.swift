import Foundation
import JSON

/// One version of the vocabulary, in a form for reducing a JSON text to it: a reader reduces to what it knows, an agent to what its
/// subscriber knows.
///
/// It is made from the interface description, which names the members, and from `enumerations`.
struct Vocabulary: Sendable {
    let version: Int
    /// A single change.
    let change: VocabularyForm
    /// Complete replies, by method.
    private let replies: [String: VocabularyForm]
    /// Complete error replies, by the error's name without the interface.
    private let errors: [String: VocabularyForm]
    /// The types, for tests that inspect all of them.
    let records: [String: VocabularyRecord]

    /// What this program knows.
    static let own = Vocabulary(.own, version: VocabularyHistory.current)

    init(_ history: VocabularyHistory, version: Int) {
        var maker = VocabularyMaker(history: history, version: version)
        self.version = version
        change = maker.form(.named("Change"), of: "")
        var (replies, errors): ([String: VocabularyForm], [String: VocabularyForm]) = ([:], [:])
        for (method, members) in maker.interface.replies { replies[method] = maker.reply(members, named: method) }
        for (error, members) in maker.interface.errors { errors[error] = maker.reply(members, named: error) }
        (self.replies, self.errors, records) = (replies, errors, maker.records)
    }

    func reply(to method: AgentMethod) -> VocabularyForm { replies[method.rawValue] ?? .plain }

    func reply(error: AgentErrorName) -> VocabularyForm { errors[error.rawValue] ?? .plain }
}

/// Builds the forms of one version from the types of the interface description.
private struct VocabularyMaker {
    let history: VocabularyHistory
    let version: Int
    let interface = InterfaceTypes(InterfaceDescription.agent)
    var records: [String: VocabularyRecord] = [:]

    init(history: VocabularyHistory, version: Int) {
        self.history = history
        self.version = version
    }

    /// A reply with these parameters. Parameters that are not sent have no default.
    mutating func reply(_ parameters: [InterfaceTypes.Member], named name: String) -> VocabularyForm {
        let inner = record(name, parameters, hasDefaults: false)
        let members: [String: VocabularyRecord.Member] = [
            "parameters": member(.record(inner), 0), "continues": member(.plain, 1), "error": member(.plain, 2),
        ]
        return .record(VocabularyRecord(name: name, members: members, isChoice: false, isWhole: inner.isWhole))
    }

    private func member(_ form: VocabularyForm, _ index: Int) -> VocabularyRecord.Member {
        VocabularyRecord.Member(form: form, index: index, isOptional: true, isKey: false, absent: nil, removal: nil)
    }

    private mutating func record(
        _ name: String, _ described: [InterfaceTypes.Member], hasDefaults: Bool = true
    ) -> VocabularyRecord {
        let keys = keys(of: name)
        let isChoice = name == "Change"
        var members: [String: VocabularyRecord.Member] = [:]
        var isWhole = true
        for (index, one) in described.enumerated() {
            guard history.has("\(name).\(one.name)", in: version) else {
                isWhole = false
                continue
            }
            let form = form(one.form, of: "\(name).\(one.name)")
            if !form.isWhole { isWhole = false }
            let isKey = keys.contains(one.name)
            var removal: (String, VocabularyForm)?
            if isChoice, let removed = described.first(where: { $0.name == one.name + "Removed" }) {
                removal = (removed.name, self.form(removed.form, of: ""))
            }
            members[one.name] = VocabularyRecord.Member(
                form: form, index: index, isOptional: one.isOptional, isKey: isKey,
                absent: !hasDefaults || isKey || one.isOptional ? nil : absent(one.form, form, "\(name).\(one.name)"),
                removal: removal)
        }
        return VocabularyRecord(name: name, members: members, isChoice: isChoice, isWhole: isWhole)
    }

    /// The members that identify a row: those that it shares with the change that removes it.
    private func keys(of name: String) -> Set<String> {
        let row = name.hasSuffix("Removed") ? String(name.dropLast(7)) : name
        guard case .object(let members)? = interface.types[row], case .object(let removed)? = interface.types[row + "Removed"]
        else { return [] }
        return Set(members.map(\.name)).intersection(removed.map(\.name))
    }

    /// The default value of a member that is not sent.
    private func absent(_ described: InterfaceTypes.Form, _ form: VocabularyForm, _ path: String) -> String? {
        switch (described, form) {
        case (_, .word(let words)): words.unknown.map { "\"\($0)\"" }
        case (.whole, _), (.real, _): "0"
        case (.truth, _): "false"
        case (.list, _): "[]"
        case (.open, _): Vocabulary.countersOfMembers[path].map { String(decoding: $0.zero, as: UTF8.self) }
        default: nil
        }
    }

    mutating func form(_ described: InterfaceTypes.Form, of path: String) -> VocabularyForm {
        if let name = Vocabulary.wordsOfMembers[path], let words = words(of: name) {
            return described == .list(.text) ? .list(.word(words)) : .word(words)
        }
        switch described {
        case .text, .whole, .real, .truth: return .plain
        case .open:
            guard let counters = Vocabulary.countersOfMembers[path],
                let zero = try? JSONSerialization.jsonObject(with: counters.zero)
            else { return .plain }
            return self.counters(zero, named: counters.name)
        case .list(let element): return .list(form(element, of: path))
        case .words(let words): return .word(make(WordList(path, words)))
        case .named(let name):
            if let made = records[name] { return .record(made) }
            switch interface.types[name] {
            case .object(let members)?:
                let made = record(name, members)
                records[name] = made
                return .record(made)
            case .words?: return words(of: name).map { .word($0) } ?? .plain
            case nil: return .plain
            }
        }
    }

    private func words(of name: String) -> VocabularyWords? {
        Vocabulary.enumerations.first { $0.name == name }.map(make)
    }

    private func make(_ enumeration: WordList) -> VocabularyWords {
        let known = enumeration.words.filter { history.has("\(enumeration.name).\($0)", in: version) }
        let later = enumeration.words.compactMap { word in
            history.introduced["\(enumeration.name).\(word)"]?.readAs.map { (word, $0) }
        }
        return VocabularyWords(
            name: enumeration.name, known: Set(known), unknown: enumeration.unknown,
            earlier: Dictionary(uniqueKeysWithValues: later.filter { !known.contains($0.0) }),
            isWhole: known.count == enumeration.words.count)
    }

    private mutating func counters(_ zero: Any, named name: String) -> VocabularyForm {
        guard let object = zero as? [String: Any] else { return .plain }
        // Counts by code contain only the codes that occurred.
        if object.isEmpty { return .codes }
        var members: [String: VocabularyRecord.Member] = [:]
        var isWhole = true
        for (index, (member, value)) in object.sorted(by: { $0.key < $1.key }).enumerated() {
            guard history.has("\(name).\(member)", in: version) else {
                isWhole = false
                continue
            }
            let form = counters(value, named: Vocabulary.countersWithin[member] ?? "RequestOutcomes")
            if !form.isWhole { isWhole = false }
            members[member] = VocabularyRecord.Member(
                form: form, index: index, isOptional: false, isKey: false, absent: Self.text(value), removal: nil)
        }
        let made = VocabularyRecord(name: name, members: members, isChoice: false, isWhole: isWhole)
        records[name] = made
        return .record(made)
    }

    private static func text(_ value: Any) -> String? {
        (try? JSONSerialization.data(withJSONObject: value, options: .fragmentsAllowed)).map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}
