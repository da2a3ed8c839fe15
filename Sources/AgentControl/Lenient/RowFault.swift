/// Why a row that an agent sent cannot be read. The row was left out; everything else was read.
public struct RowFault: Hashable, Sendable, Encodable {
    /// The kind of change, for example `association` or `bindingRemoved`; `change` for anything else.
    public let kind: String
    /// The members of the row's key, separated by spaces, as far as they can be read.
    public let key: String
    /// The member at fault, with dots and indexes; empty if it is the row as a whole.
    public let member: String
    /// The beginning of the member's value, printable; absent if the member is missing.
    public let value: String?
    /// What the member must be.
    public let expected: String

    /// Maximum number of characters of a value or a key.
    static let textLimit = 40

    init(kind: String, key: String, member: String, value: String?, expected: String) {
        self.kind = kind
        self.key = key
        self.member = member
        self.value = value
        self.expected = expected
    }

    /// JSON text of the other side as it may be shown: without the quotes of a string, short, and with printable characters only.
    static func shown(_ json: some Sequence<UInt8>) -> String {
        let text = json.prefix(textLimit + 2).map { (0x20...0x7E).contains($0) ? $0 : UInt8(ascii: "?") }
        let isQuoted = text.count > 1 && text.first == UInt8(ascii: "\"")
        let content = isQuoted ? text.dropFirst().prefix { $0 != UInt8(ascii: "\"") } : text[...]
        return String(decoding: content.prefix(textLimit), as: UTF8.self)
    }
}

extension RowFault: CustomStringConvertible {
    public var description: String {
        let row = key.isEmpty ? kind : "\(kind) \(key)"
        guard !member.isEmpty else { return "\(row): cannot be read; expected \(expected)" }
        guard let value else { return "\(row): \(member) is missing; expected \(expected)" }
        return "\(row): \(member) '\(value)' is invalid; expected \(expected)"
    }
}

/// The rows of an agent that cannot be read.
public struct RowFaults: Hashable, Sendable, Encodable {
    /// Maximum number of faults stored.
    static let limit = 8

    /// How many rows were left out; a row that is sent again counts again.
    public private(set) var count: UInt64 = 0
    /// The first of them, each once.
    public private(set) var first: [RowFault] = []

    /// None.
    public init() {}

    /// Whether every row could be read.
    public var isEmpty: Bool { count == 0 }

    mutating func note(_ fault: RowFault) {
        count &+= 1
        store(fault)
    }

    /// Adds faults found later.
    public static func += (total: inout RowFaults, more: RowFaults) {
        total.count &+= more.count
        for fault in more.first { total.store(fault) }
    }

    private mutating func store(_ fault: RowFault) {
        if first.count < Self.limit, !first.contains(fault) { first.append(fault) }
    }
}
