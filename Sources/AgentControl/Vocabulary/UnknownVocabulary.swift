/// What a reader skipped because its vocabulary does not have it: the other side is of a later version or another implementation.
public struct UnknownVocabulary: Hashable, Sendable, Encodable {
    /// Maximum number of names stored.
    static let nameLimit = 8

    /// Unknown kinds of change; the rest of the update was read.
    public var changes: UInt64 = 0
    /// Rows and events left out because of an unknown word in their key, or in a member without which they have no meaning.
    public var rows: UInt64 = 0
    /// Members ignored, including counters.
    public var members: UInt64 = 0
    /// Words left out, or read as the stand-in declared for unknown words.
    public var words: UInt64 = 0
    /// The names of the first of them, such as `Binding.greKey`.
    public var names: [String] = []

    /// Nothing skipped.
    public init() {}

    /// Whether nothing was skipped.
    public var isEmpty: Bool { changes == 0 && rows == 0 && members == 0 && words == 0 }

    /// Adds what was skipped later.
    public static func += (total: inout UnknownVocabulary, more: UnknownVocabulary) {
        total.changes &+= more.changes
        total.rows &+= more.rows
        total.members &+= more.members
        total.words &+= more.words
        for name in more.names { total.note(name) }
    }

    /// Stores the name if it is new and there is room.
    mutating func note(_ name: String) {
        guard names.count < Self.nameLimit else { return }
        // The name comes from the other side: keep only characters that are safe to print.
        let printable = name.unicodeScalars.prefix(64).filter { (0x21...0x7E).contains($0.value) }
        let name = String(String.UnicodeScalarView(printable))
        if !names.contains(name) { names.append(name) }
    }
}
