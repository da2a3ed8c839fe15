/// Finds members that an object in a call has twice. Readers of JSON differ on which of the two counts.
struct RepeatedMember {
    typealias NotJSON = VocabularyFilter.NotJSON

    private var scanner: JSONScanner

    /// The parameter that has a member twice somewhere within it, or that the call itself has twice; nil if there is none. The call must
    /// have been read by a decoder before, which limits the depth of its nesting.
    static func find(inCall octets: some Collection<UInt8>) -> String? {
        var search = RepeatedMember(scanner: JSONScanner(Array(octets)[...]))
        return try? search.members { name, search throws(NotJSON) in
            guard name == "parameters" else { return try search.isRepeated() ? name : nil }
            return try search.members { parameter, search throws(NotJSON) in try search.isRepeated() ? parameter : nil }
        }
    }

    /// Calls `body` for each member of the next value, if it is an object, until that returns a name. Returns it, or the first name that
    /// the object itself has twice.
    private mutating func members(
        _ body: (String, inout RepeatedMember) throws(NotJSON) -> String?
    ) throws(NotJSON) -> String? {
        scanner.space()
        guard scanner.next == UInt8(ascii: "{") else {
            _ = try scanner.value()
            return nil
        }
        var names: Set<String> = []
        var hasNext = try scanner.open(UInt8(ascii: "{"), UInt8(ascii: "}"))
        while hasNext {
            let name = try scanner.name().text
            guard names.insert(name).inserted else { return name }
            if let found = try body(name, &self) { return found }
            hasNext = try scanner.continues(UInt8(ascii: "}"))
        }
        return nil
    }

    /// Whether an object within the next value has a member twice.
    private mutating func isRepeated() throws(NotJSON) -> Bool {
        scanner.space()
        guard scanner.next == UInt8(ascii: "[") else {
            return try members { name, search throws(NotJSON) in try search.isRepeated() ? name : nil } != nil
        }
        var hasNext = try scanner.open(UInt8(ascii: "["), UInt8(ascii: "]"))
        while hasNext {
            if try isRepeated() { return true }
            hasNext = try scanner.continues(UInt8(ascii: "]"))
        }
        return false
    }
}
