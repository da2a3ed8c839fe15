import Foundation

/// Reduces a JSON text to a vocabulary: removes what the vocabulary does not have, inserts the declared default of members that were not
/// sent, and counts what it removed. It is used by a reader, ahead of a decoder that throws at anything unknown, and by an agent, for a
/// subscriber of an earlier version.
///
/// Values of the wrong JSON type stay unchanged, for the decoder to refuse.
struct VocabularyFilter {
    /// The text is not JSON.
    struct NotJSON: Error {}

    private enum Outcome {
        case kept
        /// A required member was not sent.
        case incomplete
        /// The value has to be left out and has been counted.
        case leftOut
        /// Not counted yet: how it is handled depends on where it occurs.
        case unknownWord(VocabularyWords, String)
    }

    private var scanner: JSONScanner
    /// The reduced text.
    private(set) var output: [UInt8] = []
    private(set) var unknown = UnknownVocabulary()
    /// Whether to copy values unread if the vocabulary has all of their type.
    private var trusts: Bool

    private init(_ octets: ArraySlice<UInt8>, trusts: Bool) {
        scanner = JSONScanner(octets)
        self.trusts = trusts
    }

    /// Reduces a complete text.
    ///
    /// - Parameter trusts: True for a text of our own, in which only later additions have to be looked for.
    /// - Returns: Nil as the text if nothing of it remains.
    static func cut(
        _ octets: ArraySlice<UInt8>, to form: VocabularyForm, trusts: Bool = false
    ) throws(NotJSON) -> (text: [UInt8]?, unknown: UnknownVocabulary) {
        var filter = VocabularyFilter(octets, trusts: trusts)
        filter.output.reserveCapacity(octets.count + 64)
        let outcome = try filter.value(form)
        filter.scanner.space()
        guard filter.scanner.isAtEnd else { throw NotJSON() }
        switch outcome {
        case .kept, .incomplete: return (filter.output, filter.unknown)
        case .leftOut, .unknownWord: return (nil, filter.unknown)
        }
    }

    /// The change that removes the row in a change, made from its key; nil if there is none, or if the key cannot be read.
    static func removal(of change: ArraySlice<UInt8>) -> [UInt8]? {
        guard case .record(let kinds) = Vocabulary.own.change, let member = FaultSearch.members(of: change)?.first,
            let removal = kinds.members[member.name]?.removal,
            let row = try? cut(member.text, to: removal.form).text
        else { return nil }
        return Array("{\"\(removal.name)\":".utf8) + row + Array("}".utf8)
    }

    private mutating func value(_ form: VocabularyForm) throws(NotJSON) -> Outcome {
        scanner.space()
        if form.isPlain || trusts && form.isWhole { return try copy() }
        switch (form, scanner.next) {
        case (.record(let record), UInt8(ascii: "{")): return try object(record)
        case (.list(let element), UInt8(ascii: "[")): return try list(element)
        case (.word(let words), UInt8(ascii: "\"")): return try word(words)
        case (.codes, UInt8(ascii: "{")): return try codes()
        default: return try copy()
        }
    }

    private mutating func copy() throws(NotJSON) -> Outcome {
        output += try scanner.value()
        return .kept
    }

    private mutating func word(_ words: VocabularyWords) throws(NotJSON) -> Outcome {
        let (raw, text) = try scanner.string()
        if words.known.contains(text) {
            output += raw
            return .kept
        }
        guard let earlier = words.earlier[text] else { return .unknownWord(words, text) }
        count(words, text)
        write(word: earlier)
        return .kept
    }

    private mutating func write(word: String) {
        output.append(UInt8(ascii: "\""))
        output += word.utf8
        output.append(UInt8(ascii: "\""))
    }

    private mutating func count(_ words: VocabularyWords, _ text: String) {
        unknown.words += 1
        unknown.note("\(words.name).\(text)")
    }

    private mutating func list(_ element: VocabularyForm) throws(NotJSON) -> Outcome {
        output.append(UInt8(ascii: "["))
        var isFirst = true
        var hasNext = try scanner.open(UInt8(ascii: "["), UInt8(ascii: "]"))
        while hasNext {
            let mark = output.count
            if !isFirst { output.append(UInt8(ascii: ",")) }
            switch try value(element) {
            case .kept, .incomplete: isFirst = false
            case .leftOut: output.removeSubrange(mark...)
            case .unknownWord(let words, let text):
                output.removeSubrange(mark...)
                count(words, text)
            }
            hasNext = try scanner.continues(UInt8(ascii: "]"))
        }
        output.append(UInt8(ascii: "]"))
        return .kept
    }

    /// Counts by reply code: names that are not codes are left out.
    private mutating func codes() throws(NotJSON) -> Outcome {
        output.append(UInt8(ascii: "{"))
        var isFirst = true
        var hasNext = try scanner.open(UInt8(ascii: "{"), UInt8(ascii: "}"))
        while hasNext {
            let (raw, name) = try scanner.name()
            let value = try scanner.value()
            // "05" and "+5" would be a second 5.
            if let code = UInt8(name), String(code) == name {
                begin(raw, isFirst)
                output += value
                isFirst = false
            } else {
                unknown.members += 1
                unknown.note("code.\(name)")
            }
            hasNext = try scanner.continues(UInt8(ascii: "}"))
        }
        output.append(UInt8(ascii: "}"))
        return .kept
    }

    private mutating func object(_ record: VocabularyRecord) throws(NotJSON) -> Outcome {
        let (start, before) = (output.count, unknown)
        var seen = [Bool](repeating: false, count: (record.members.values.map(\.index).max() ?? -1) + 1)
        var (isFirst, isLost) = (true, false)
        var unknownNames: [String] = []
        var lost = ""
        output.append(UInt8(ascii: "{"))
        var hasNext = try scanner.open(UInt8(ascii: "{"), UInt8(ascii: "}"))
        while hasNext {
            let (raw, name) = try scanner.name()
            guard let member = record.members[name] else {
                _ = try scanner.value()
                unknownNames.append(name)
                hasNext = try scanner.continues(UInt8(ascii: "}"))
                continue
            }
            // Writers in other languages send null for a member without a value.
            scanner.space()
            if scanner.next == UInt8(ascii: "n"), record.isChoice || member.isOptional || member.absent != nil {
                _ = try scanner.value()
                hasNext = try scanner.continues(UInt8(ascii: "}"))
                continue
            }
            seen[member.index] = true
            let (mark, place) = (output.count, scanner)
            begin(raw, isFirst)
            switch try value(member.form) {
            case .kept, .incomplete: isFirst = false
            case .leftOut:
                output.removeSubrange(mark...)
                if record.isChoice, let removal = member.removal, try insertRemoval(removal, place, isFirst) { isFirst = false }
            case .unknownWord(let words, let text):
                if member.isKey || !member.isOptional && words.unknown == nil {
                    isLost = true
                    lost = "\(words.name).\(text)"
                } else if member.isOptional {
                    output.removeSubrange(mark...)
                    count(words, text)
                } else if let other = words.unknown {
                    count(words, text)
                    write(word: other)
                    isFirst = false
                }
            }
            hasNext = try scanner.continues(UInt8(ascii: "}"))
        }
        if isLost {
            output.removeSubrange(start...)
            unknown = before
            unknown.rows += 1
            unknown.note(lost)
            return .leftOut
        }
        let isUnknownChange = record.isChoice && !unknownNames.isEmpty && !seen.contains(true)
        if isUnknownChange { unknown.changes += 1 } else { unknown.members += UInt64(unknownNames.count) }
        for name in unknownNames { unknown.note("\(record.name).\(name)") }
        // A change whose row was left out is not a change any more. One that never was a change is for the decoder to refuse.
        if isUnknownChange || record.isChoice && isFirst && seen.contains(true) {
            output.removeSubrange(start...)
            return .leftOut
        }
        for (name, absent, index) in record.defaults where !seen[index] {
            begin(Array("\"\(name)\"".utf8)[...], isFirst)
            output += absent.utf8
            isFirst = false
        }
        output.append(UInt8(ascii: "}"))
        return record.required.allSatisfy { seen[$0] } ? .kept : .incomplete
    }

    private mutating func begin(_ name: ArraySlice<UInt8>, _ isFirst: Bool) {
        if !isFirst { output.append(UInt8(ascii: ",")) }
        output += name
        output.append(UInt8(ascii: ":"))
    }

    /// Replaces a row that cannot be read by the change that removes it, made from its key, so that no older row is mistaken for the
    /// current one. Returns false if the key cannot be read either.
    private mutating func insertRemoval(
        _ removal: (name: String, form: VocabularyForm), _ row: JSONScanner, _ isFirst: Bool
    ) throws(NotJSON) -> Bool {
        var other = self
        other.scanner = row
        other.output = []
        other.trusts = false
        guard case .kept = try other.value(removal.form) else { return false }
        begin(Array("\"\(removal.name)\"".utf8)[...], isFirst)
        output += other.output
        return true
    }
}
