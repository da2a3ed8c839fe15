/// What a reader has passed over because its vocabulary does not have it: the other side is of a later version, or of another make.
public struct UnknownVocabulary: Hashable, Sendable, Encodable {
    /// Most names kept.
    static let nameLimit = 8

    /// Kinds of change that are not known; the rest of the update was read.
    public var changes: UInt64 = 0
    /// Rows and events left out because a word in their key, or one without which they mean nothing, is not known.
    public var rows: UInt64 = 0
    /// Members that were ignored, counters among them.
    public var members: UInt64 = 0
    /// Words that were left out, or read as the one declared for what is not known.
    public var words: UInt64 = 0
    /// What the first of them were called, such as `Binding.greKey`.
    public var names: [String] = []

    /// Nothing was passed over.
    public init() {}

    /// Whether nothing was passed over.
    public var isEmpty: Bool { changes == 0 && rows == 0 && members == 0 && words == 0 }

    /// Counts what was passed over after this.
    public static func += (total: inout UnknownVocabulary, more: UnknownVocabulary) {
        total.changes &+= more.changes
        total.rows &+= more.rows
        total.members &+= more.members
        total.words &+= more.words
        for name in more.names { total.note(name) }
    }

    /// Keeps the name when it is new and there is room.
    mutating func note(_ name: String) {
        guard names.count < Self.nameLimit else { return }
        // From the other side: only what is safe to print.
        let printable = name.unicodeScalars.prefix(64).filter { (0x21...0x7E).contains($0.value) }
        let name = String(String.UnicodeScalarView(printable))
        if !names.contains(name) { names.append(name) }
    }
}
