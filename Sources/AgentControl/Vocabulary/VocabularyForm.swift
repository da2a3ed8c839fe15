/// What a reader knows about a JSON value: as much as it needs to skip what it does not know.
indirect enum VocabularyForm: Sendable {
    /// Accepted unchanged.
    case plain
    /// A string that is one of these words.
    case word(VocabularyWords)
    case list(VocabularyForm)
    case record(VocabularyRecord)
    /// An object of counts by reply code.
    case codes

    /// Whether everything in it dates from the first version that has it at all, so that nothing has to be removed.
    var isWhole: Bool {
        switch self {
        case .plain, .codes: true
        case .word(let words): words.isWhole
        case .list(let element): element.isWhole
        case .record(let record): record.isWhole
        }
    }

    /// Whether it is not inspected at all.
    var isPlain: Bool {
        switch self {
        case .plain: true
        case .list(let element): element.isPlain
        default: false
        }
    }
}

/// The words of an enumeration.
struct VocabularyWords: Sendable {
    /// The enumeration's name.
    let name: String
    let known: Set<String>
    /// What an unknown word reads as where a word is required; nil if the row has no meaning without it.
    let unknown: String?
    /// What later words read as, where that differs from `unknown`.
    let earlier: [String: String]
    /// Whether no word has to be left out.
    let isWhole: Bool
}

/// The members of a record.
final class VocabularyRecord: Sendable {
    struct Member: Sendable {
        let form: VocabularyForm
        /// Its position among the members.
        let index: Int
        let isOptional: Bool
        /// Whether it is part of the row's key.
        let isKey: Bool
        /// The JSON of its default value if the other side sends none; nil if it must send one.
        let absent: String?
        /// For a kind of change: the change that removes its row, by name.
        let removal: (name: String, form: VocabularyForm)?
    }

    let name: String
    let members: [String: Member]
    /// The members with a default value.
    let defaults: [(name: String, absent: String, index: Int)]
    /// Positions of the required members.
    let required: [Int]
    /// Whether an object has exactly one of the members and is that one: a change.
    let isChoice: Bool
    /// Whether no member, and nothing within a member, has to be left out.
    let isWhole: Bool

    init(name: String, members: [String: Member], isChoice: Bool, isWhole: Bool) {
        self.name = name
        self.members = members
        self.isChoice = isChoice
        self.isWhole = isWhole
        let ordered = members.sorted { $0.value.index < $1.value.index }
        defaults = isChoice ? [] : ordered.compactMap { name, member in member.absent.map { (name, $0, member.index) } }
        required = isChoice ? [] : ordered.filter { !$0.value.isOptional && $0.value.absent == nil }.map(\.value.index)
    }
}
