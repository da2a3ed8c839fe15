import Foundation
import JSON

/// Finds out which member of a change cannot be read, and what it must be. The JSON decoder does not always know: it reports a number out of
/// range as text that is not JSON, without a path.
enum FaultSearch {
    typealias NotJSON = VocabularyFilter.NotJSON
    typealias Members = [(name: String, text: ArraySlice<UInt8>)]

    /// - Parameter change: JSON that was reduced to our vocabulary and that cannot be decoded as a change.
    static func fault(in change: ArraySlice<UInt8>) -> RowFault {
        guard let members = members(of: change), members.count == 1, let member = members.first,
            let kind = ChangeKind(rawValue: member.name)
        else {
            return RowFault(kind: "change", key: "", member: "", value: nil, expected: "a change with exactly one known member")
        }
        let key = keys[kind, default: []].compactMap { name in
            Self.members(of: member.text)?.first { $0.name == name }.map { RowFault.shown($0.text) }
        }.joined(separator: " ")
        guard let record = kind.record else {
            return RowFault(kind: kind.rawValue, key: "", member: "", value: nil, expected: "an object of whole numbers")
        }
        let found = search(record, in: member.text)
        return RowFault(
            kind: kind.rawValue, key: String(key.prefix(2 * RowFault.textLimit)), member: found?.path ?? "",
            value: found?.text.map(RowFault.shown), expected: found?.expected ?? "a row of the interface description")
    }

    /// The members of an object in order; nil for anything else.
    static func members(of text: ArraySlice<UInt8>) -> Members? {
        var scanner = JSONScanner(text)
        var members: Members = []
        do throws(NotJSON) {
            scanner.space()
            var hasNext = try scanner.open(UInt8(ascii: "{"), UInt8(ascii: "}"))
            while hasNext {
                let name = try scanner.name().text
                members.append((name, try scanner.value()))
                hasNext = try scanner.continues(UInt8(ascii: "}"))
            }
            return members
        } catch {
            return nil
        }
    }

    /// The elements of a list; nil for anything else.
    static func elements(of text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>]? {
        var scanner = JSONScanner(text)
        var elements: [ArraySlice<UInt8>] = []
        do throws(NotJSON) {
            scanner.space()
            var hasNext = try scanner.open(UInt8(ascii: "["), UInt8(ascii: "]"))
            while hasNext {
                elements.append(try scanner.value())
                hasNext = try scanner.continues(UInt8(ascii: "]"))
            }
            return elements
        } catch {
            return nil
        }
    }

    /// The names of the members that identify a row: those that its removal has too.
    private static let keys: [ChangeKind: [String]] = {
        var keys: [ChangeKind: [String]] = [:]
        for kind in ChangeKind.allCases {
            guard let removal = ChangeKind(rawValue: kind.rawValue + "Removed"), let row = kind.record,
                let removed = removal.record
            else { continue }
            let members = Set(RecordShape(of: row).members.map(\.name))
            let names = RecordShape(of: removed).members.map(\.name)
            keys[removal] = names.filter { $0 != "reason" }
            keys[kind] = names.filter(members.contains)
        }
        return keys
    }()

    /// A member that cannot be read; its text is nil if it is missing.
    typealias Found = (path: String, text: ArraySlice<UInt8>?, expected: String)

    fileprivate static func search(_ record: any Record.Type, in text: ArraySlice<UInt8>) -> Found? {
        guard let members = members(of: text) else { return ("", nil, "an object") }
        func visit<R: Record>(_: R.Type) -> Found? {
            var row = R.blank
            var reader = MemberReader(members: Dictionary(members.map { ($0.name, $0.text) }) { $1 })
            // The visit ends at the first member that cannot be read.
            try? row.visit(&reader)
            return reader.found
        }
        return visit(record)
    }
}

/// Reads the members of a record one by one, each by itself, up to the first that cannot be read.
private struct MemberReader: RecordVisitor {
    let members: [String: ArraySlice<UInt8>]
    var found: FaultSearch.Found?
    private let decoder = JSONDecoder()

    init(members: [String: ArraySlice<UInt8>]) { self.members = members }

    mutating func member<Value: RecordValue>(_ name: StaticString, _ value: inout Value) throws(NotCanonical) {
        guard let text = members["\(name)"] else {
            found = ("\(name)", nil, Value.form.sentence(Value.self))
            throw NotCanonical()
        }
        value = try read(name, text)
    }

    mutating func member<Value: RecordValue>(_ name: StaticString, _ value: inout Value?) throws(NotCanonical) {
        guard let text = members["\(name)"], !text.elementsEqual("null".utf8) else { return value = nil }
        value = try read(name, text)
    }

    mutating func member<Value: RecordValue>(
        _ name: StaticString, _ value: inout Value, since _: Int
    ) throws(NotCanonical) {
        if members["\(name)"] != nil { try member(name, &value) }
    }

    mutating func refuse(_ name: StaticString, _ reason: String) throws(NotCanonical) {
        found = ("\(name)", members["\(name)"], reason)
        throw NotCanonical()
    }

    private mutating func read<Value: RecordValue>(_ name: StaticString, _ text: ArraySlice<UInt8>) throws(NotCanonical) -> Value
    {
        if let value = try? decoder.decode(Value.self, from: Data(text)) { return value }
        found = inner(Value.form, text, "\(name)") ?? ("\(name)", text, Value.form.sentence(Value.self))
        throw NotCanonical()
    }

    /// The fault within a nested record, or within a record of a list.
    private func inner(_ form: ValueForm, _ text: ArraySlice<UInt8>, _ path: String) -> FaultSearch.Found? {
        switch form {
        case .record(let record):
            guard let found = FaultSearch.search(record, in: text), !found.path.isEmpty else { return nil }
            return ("\(path).\(found.path)", found.text, found.expected)
        case .list(let element):
            guard let elements = FaultSearch.elements(of: text) else { return nil }
            for (index, text) in elements.enumerated() {
                if let found = inner(element, text, "\(path)[\(index)]") { return found }
            }
            return nil
        default: return nil
        }
    }
}

extension ValueForm {
    /// What a value of this form and type must be, for people.
    fileprivate func sentence(_ type: (any RecordValue.Type)?) -> String {
        switch self {
        case .text(.any): "a text of the right form"
        case .text(.address): "a dotted IPv4 address"
        case .text(.time): "a time as in RFC 3339, in UTC"
        case .text(.hexadecimal(let digits)): "\(digits) hexadecimal digits"
        case .words(let words): "one of \(words.words.prefix(16).joined(separator: ", "))"
        case .whole(let isSigned):
            if let type = type as? any FixedWidthInteger.Type {
                Self.range(type, isSigned: isSigned)
            } else {
                isSigned ? "a whole number" : "a whole number that is not negative"
            }
        case .truth: "true or false"
        case .list(let element): "a list, each element \(element.sentence(nil))"
        case .record: "an object"
        }
    }

    private static func range<Number: FixedWidthInteger>(_: Number.Type, isSigned: Bool) -> String {
        "a whole number from \(isSigned ? "\(Number.min)" : "0") to \(Number.max)"
    }
}
