import AgentModel
import JSON
import MobileIPv4

/// JSON Schemas of single values.
enum ValueSchemas {
    /// The schema of a value in a record.
    static func schema(_ form: ValueForm) -> JSONValue {
        switch form {
        case .text(.any): ["type": "string"]
        case .text(.address): ["type": "string", "format": "ipv4"]
        case .text(.time): ["type": "string", "format": "date-time"]
        case .text(.hexadecimal(let digits)): ["type": "string", "pattern": .string("^[0-9a-fA-F]{\(digits)}$")]
        case .words(let list): list.isClosed ? RowSchemas.reference(list.name) : words(list.words)
        case .whole(isSigned: true): ["type": "integer"]
        case .whole(isSigned: false): ["type": "integer", "minimum": 0]
        case .truth: ["type": "boolean"]
        case .list(let element): ["type": "array", "items": schema(element)]
        case .record(let record): RowSchemas.reference(record.typeName)
        }
    }

    /// Value types that `APITypes` refers to by name.
    static let named: [String: ValueForm] = {
        var all: [String: ValueForm] = ["IPv4Address": IPv4Address.form, "Timestamp": Timestamp.form]
        for words in [EndReason.wordList, ViolationReason.wordList] { all[words.name] = .words(words) }
        all["DiscardReason"] = .words(WordList("DiscardReason", DiscardReason.allCases.map(\.rawValue)))
        return all
    }()

    static func words<Word: CaseIterable & RawRepresentable<String>>(_: Word.Type) -> JSONValue {
        words(Word.allCases.map(\.rawValue))
    }

    static func words(_ words: [String]) -> JSONValue { ["type": "string", "enum": JSONValue(words)] }

    /// An address, or an address prefix whose host bits are 0: exactly what the server accepts.
    static let addressOrPrefix: JSONValue = ["type": "string", "pattern": .string(addressOrPrefixPattern)]

    static let addressOrPrefixPattern: String = {
        let octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
        var forms = ["\(octet)(?:\\.\(octet)){3}(?:/32)?"]
        for length in 0..<32 {
            let (whole, bits) = (length / 8, length % 8)
            var parts = Array(repeating: octet, count: whole)
            if bits > 0 {
                let step = 256 >> bits
                parts.append("(?:" + stride(from: 0, to: 256, by: step).map(String.init).joined(separator: "|") + ")")
            }
            parts += Array(repeating: "0", count: 4 - parts.count)
            forms.append(parts.joined(separator: "\\.") + "/\(length)")
        }
        return "^(?:\(forms.joined(separator: "|")))$"
    }()
}
