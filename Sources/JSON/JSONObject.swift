/// A JSON object. Its members are sorted by name, so that equal objects have equal texts.
package struct JSONObject: Hashable, Sendable {
    package struct Member: Hashable, Sendable {
        package let name: String
        package var value: JSONValue
    }

    package private(set) var members: [Member] = []

    package init() {}

    /// If several members have the same name, the last one wins.
    package init(_ members: some Sequence<(String, JSONValue)>) {
        for (name, value) in members { self[name] = value }
    }

    package var isEmpty: Bool { members.isEmpty }

    /// The member of this name; setting nil removes it.
    package subscript(name: String) -> JSONValue? {
        get {
            let index = position(of: name)
            return index < members.count && members[index].name == name ? members[index].value : nil
        }
        set {
            let index = position(of: name)
            let isThere = index < members.count && members[index].name == name
            switch (newValue, isThere) {
            case (let value?, true): members[index].value = value
            case (let value?, false): members.insert(Member(name: name, value: value), at: index)
            case (nil, true): members.remove(at: index)
            case (nil, false): break
            }
        }
    }

    /// The member at a path such as `information.version`.
    package func member(at path: String) -> JSONValue? {
        if let own = self[path] { return own }
        guard let dot = path.firstIndex(of: ".") else { return nil }
        return self[String(path[..<dot])]?.object?.member(at: String(path[path.index(after: dot)...]))
    }

    /// The string at a path; nil if there is none.
    package func text(_ path: String) -> String? { member(at: path)?.text }

    /// The whole number at a path; nil if there is none or it is negative.
    package func count(_ path: String) -> UInt64? { member(at: path)?.count }

    /// This object with the members of another, which take precedence.
    package func merging(_ other: JSONObject) -> JSONObject {
        var merged = self
        for member in other.members { merged[member.name] = member.value }
        return merged
    }

    /// The first position not before `name`.
    private func position(of name: String) -> Int {
        var (low, high) = (0, members.count)
        while low < high {
            let middle = (low + high) / 2
            if members[middle].name < name { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}

extension JSONValue {
    /// An object with these members added; any other value is returned unchanged.
    package func adding(_ more: JSONObject) -> JSONValue {
        guard case .object(let object) = self else { return self }
        return .object(object.merging(more))
    }
}
