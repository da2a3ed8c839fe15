/// The JSON form of a member, for code that describes it: the interface description, JSON Schema, the vocabulary.
public indirect enum ValueForm: Sendable {
    /// Any text, a text of a form that `TextForm` defines, or one of a list of words.
    case text(TextForm)
    case words(WordList)
    /// A whole number; negative only if signed.
    case whole(isSigned: Bool)
    case truth
    case list(ValueForm)
    case record(any Record.Type)

    /// The words of a word, or of a list of words.
    public var words: WordList? {
        switch self {
        case .words(let words): words
        case .list(let element): element.words
        default: nil
        }
    }

    /// The type of a record or of the records of a list.
    public var record: (any Record.Type)? {
        switch self {
        case .record(let record): record
        case .list(let element): element.record
        default: nil
        }
    }
}

/// What is known about the form of a text.
public enum TextForm: Sendable, Hashable {
    case any
    /// A dotted IPv4 address.
    case address
    /// RFC 3339, in UTC.
    case time
    /// This many hexadecimal digits.
    case hexadecimal(digits: Int)
}

/// The words of an enumeration, in its order.
public struct WordList: Sendable {
    /// The enumeration's name.
    public let name: String
    /// The words, in the order of their numbers.
    public let words: [String]
    /// What an unknown word reads as where a word is required; nil if a row has no meaning without it.
    public let unknown: String?
    /// Whether the interface description has the enumeration as a type, so that words cannot be added. All others are strings there.
    public let isClosed: Bool

    public init(_ name: String, _ words: [String], unknown: String? = nil, isClosed: Bool = false) {
        self.name = name
        self.words = words
        self.unknown = unknown
        self.isClosed = isClosed
    }
}

/// The members of a record, collected by a visit.
public struct RecordShape: Sendable {
    /// What is known of one member.
    public struct Member: Sendable {
        /// Its name in JSON.
        public let name: String
        /// Its JSON form.
        public let form: ValueForm
        /// Whether it is omitted if there is no value.
        public let isOptional: Bool
        /// The first version of the vocabulary that has it.
        public let version: Int
    }

    /// The members, in order.
    public private(set) var members: [Member] = []

    /// The shape of a type of records.
    public init(of record: any Record.Type) { visit(record) }

    private mutating func visit<R: Record>(_: R.Type) {
        var blank = R.blank
        do throws(NotCanonical) { try blank.visit(&self) } catch { assertionFailure("a shape accepts every member") }
    }

    private mutating func add(_ name: StaticString, _ form: ValueForm, isOptional: Bool = false, since version: Int = 1) {
        members.append(Member(name: "\(name)", form: form, isOptional: isOptional, version: version))
    }
}

extension RecordShape: RecordVisitor {
    public mutating func member<Value: RecordValue>(_ name: StaticString, _: inout Value) { add(name, Value.form) }

    public mutating func member<Value: RecordValue>(_ name: StaticString, _: inout Value?) {
        add(name, Value.form, isOptional: true)
    }

    public mutating func member<Value: RecordValue>(_ name: StaticString, _: inout Value, since version: Int) {
        add(name, Value.form, since: version)
    }

    public mutating func member<Value: RecordValue>(_ name: StaticString, _: inout Value?, since version: Int) {
        add(name, Value.form, isOptional: true, since: version)
    }
}
