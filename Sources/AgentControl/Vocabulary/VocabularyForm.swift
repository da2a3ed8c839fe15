/// What a reader knows of a JSON value: as much as it takes to pass over what it does not know.
indirect enum VocabularyForm: Sendable {
    /// Taken as it is.
    case plain
    /// A text that is one of these.
    case word(VocabularyWords)
    case list(VocabularyForm)
    case record(VocabularyRecord)
    /// An object of counts by reply code.
    case codes

    /// Whether everything in it is in the first version of the vocabulary that has it at all, so that nothing has to be taken out.
    var isWhole: Bool {
        switch self {
        case .plain, .codes: true
        case .word(let words): words.isWhole
        case .list(let element): element.isWhole
        case .record(let record): record.isWhole
        }
    }

    /// Whether it is not looked into at all.
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
    /// What a word that is not known reads as where one has to be; nil when the row means nothing without it.
    let unknown: String?
    /// What words that came later read as, where that is another one than `unknown`.
    let earlier: [String: String]
    /// Whether no word is left out.
    let isWhole: Bool
}

/// The members of a record.
final class VocabularyRecord: Sendable {
    struct Member: Sendable {
        let form: VocabularyForm
        /// Its place among the members.
        let index: Int
        let isOptional: Bool
        /// Whether the row is found by it.
        let isKey: Bool
        /// The JSON of its value where the other side sends none; nil when it must.
        let absent: String?
        /// For a kind of change: what takes its row away, by the name of that change.
        let removal: (name: String, form: VocabularyForm)?
    }

    let name: String
    let members: [String: Member]
    /// The members that have a value where none is sent.
    let defaults: [(name: String, absent: String, index: Int)]
    /// Places of the members that must be sent.
    let required: [Int]
    /// Whether an object has one of the members, and is that: a change.
    let isChoice: Bool
    /// Whether no member, and nothing in one, is left out.
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
