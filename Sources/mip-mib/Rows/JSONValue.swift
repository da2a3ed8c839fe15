/// A JSON value (RFC 8259).
enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// Above the range of `integer`.
    case unsigned(UInt64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object(Row)

    /// A whole number, in the one case that it belongs to.
    init(_ number: some BinaryInteger) {
        if let number = Int64(exactly: number) { self = .integer(number) } else { self = .unsigned(UInt64(clamping: number)) }
    }

    var text: String? { if case .string(let text) = self { text } else { nil } }

    var object: Row? { if case .object(let row) = self { row } else { nil } }

    var array: [JSONValue]? { if case .array(let values) = self { values } else { nil } }

    /// A count; nil for anything else.
    var count: UInt64? {
        switch self {
        case .integer(let value): UInt64(exactly: value)
        case .unsigned(let value): value
        default: nil
        }
    }

    var isTrue: Bool { self == .bool(true) }
}

/// A JSON object, its members in the order of their names. One row of what a command prints, whichever source it came from.
struct Row: Hashable, Sendable {
    struct Member: Hashable, Sendable {
        let name: String
        var value: JSONValue
    }

    private(set) var members: [Member] = []
    /// Seconds that an agent is up, where the source tells them beside the row; no member of it.
    var uptime: UInt64?

    init() {}

    /// Of two members with one name the last counts.
    init(_ members: [(String, JSONValue)]) {
        for (name, value) in members { self[name] = value }
    }

    /// The member of this name; setting nil removes it.
    subscript(name: String) -> JSONValue? {
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
    func member(at path: String) -> JSONValue? {
        if let own = self[path] { return own }
        guard let dot = path.firstIndex(of: ".") else { return nil }
        return self[String(path[..<dot])]?.object?.member(at: String(path[path.index(after: dot)...]))
    }

    func text(_ path: String) -> String? { member(at: path)?.text }

    func count(_ path: String) -> UInt64? { member(at: path)?.count }

    private func position(of name: String) -> Int {
        var (low, high) = (0, members.count)
        while low < high {
            let middle = (low + high) / 2
            if members[middle].name < name { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
