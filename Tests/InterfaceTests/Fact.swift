import AgentControl
import AgentModel
import JSON
import MobileIPv4

/// Something that is declared once and shown by the interfaces.
struct Fact: Hashable, Sendable, CustomStringConvertible {
    enum Kind: String, CaseIterable, Sendable {
        case counter, replyCode, eventKind, member, word, setting
    }

    let kind: Kind
    /// The counter's path, the number of the code, the kind of event, `Record.member`, `Enumeration.word`, or the setting's name.
    let name: String

    /// The parts of the name before and after its first dot.
    var parts: (owner: String, own: String) {
        guard let dot = name.firstIndex(of: ".") else { return ("", name) }
        return (String(name[..<dot]), String(name[name.index(after: dot)...]))
    }

    var description: String { "\(kind.rawValue) \(name)" }

    /// Every fact of the product, from the declarations.
    static let all: [Fact] =
        AgentCounters.declared.map { Fact(kind: .counter, name: $0.path) }
        + ReplyCodeDeclaration.all.map { Fact(kind: .replyCode, name: "\($0.code.rawValue)") }
        + AgentEventKind.allCases.map { Fact(kind: .eventKind, name: $0.rawValue) }
        + rows.flatMap { record in
            RecordShape(of: record).members.filter { member in
                record.typeName != AgentInformation.typeName || !Setting.all.contains { $0.name == member.name }
            }.map { Fact(kind: .member, name: "\(record.typeName).\($0.name)") }
        }
        + words.flatMap { list in list.words.map { Fact(kind: .word, name: "\(list.name).\($0)") } }
        + Setting.all.map { Fact(kind: .setting, name: $0.name) }

    /// The records that are shown as rows: neither those that remove rows, nor events, which are a stream.
    static let rows = ChangeKind.records.values
        .filter { !$0.typeName.hasSuffix("Removed") && $0.typeName != AgentEvent.typeName }
        .sorted { $0.typeName < $1.typeName }

    /// The enumerations whose words appear in members, except kinds of event, which are facts of their own.
    static let words: [WordList] = {
        var found: [String: WordList] = [:]
        for record in ChangeKind.records.values {
            for words in RecordShape(of: record).members.compactMap(\.form.words) { found[words.name] = words }
        }
        found["AgentEventKind"] = nil
        return found.values.sorted { $0.name < $1.name }
    }()
}
