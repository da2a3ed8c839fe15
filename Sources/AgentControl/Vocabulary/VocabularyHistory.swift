import AgentModel
import JSON

/// The versions of the control interface's vocabulary: its kinds of change, topics, members of records, counters, and words.
///
/// The rule of growth, for whoever adds to it:
///
/// 1. New members stand behind the old ones, new words at the end of their enumeration. Nothing is renamed, removed, or given another
///    meaning or unit.
/// 2. Whatever is new says which version has it first: a member of a record in its `visit`, a counter and a setting in their descriptors, a
///    kind of event by its place, anything else in `introduced`. All that comes with one release has the same version, one more than that
///    of the release before. An agent leaves it out for a subscriber that has not asked for that version.
/// 3. Readers ignore what they do not know and count it. A new member is optional, or readers that expect it have a value for it where none
///    is sent: 0, false, an empty list, the word for what is not known.
/// 4. A new word comes with what it reads as for others, `Introduction.readAs`, unless the one that its enumeration declares will do
///    (`Vocabulary.enumerations`); where there is none, the row that carries it is left out.
struct VocabularyHistory: Sendable {
    /// When something came, and what it is to those who do not know it.
    struct Introduction: Sendable {
        /// The first version that has it.
        var version: Int
        /// For a word: the older one in its place; nil for the one its enumeration declares.
        var readAs: String?
    }

    /// What came after version 1: `Type.member`, `Enumeration.word` (`ControlTopic.word` for topics), `Change.kind`.
    ///
    /// Members of records, counters, settings and kinds of event say themselves since when they are there. The others are named here.
    static let introduced: [String: Introduction] = {
        var all: [String: Introduction] = [:]
        for record in ChangeKind.records.values {
            for member in RecordShape(of: record).members where member.version > 1 {
                all["\(record.typeName).\(member.name)"] = Introduction(version: member.version)
            }
        }
        for kind in AgentEventKind.allCases where kind.introducedIn > 1 {
            all["AgentEventKind.\(kind.rawValue)"] = Introduction(
                version: kind.introducedIn, readAs: kind.descriptor.readAs?.rawValue)
        }
        for (type, settings) in Setting.interfaceTypes {
            for setting in settings where setting.since > 1 {
                all["\(type).\(setting.name)"] = Introduction(version: setting.since)
            }
        }
        for counter in AgentCounters.declared where counter.version > 1 {
            all["\(counter.group.typeName).\(counter.name)"] = Introduction(version: counter.version)
        }
        return all
    }()

    /// The version that this program speaks: the latest that has something new.
    static let current = introduced.values.map(\.version).max() ?? 1

    /// As this program has it.
    static let own = VocabularyHistory(current: current, introduced: introduced)

    /// The latest version.
    var current: Int
    /// What came after version 1.
    var introduced: [String: Introduction]

    /// Whether a version has something.
    func has(_ name: String, in version: Int) -> Bool { introduced[name].map { $0.version <= version } ?? true }

    /// The topics of a version, in their order.
    func topics(in version: Int) -> [ControlTopic] {
        ControlTopic.allCases.filter { has("ControlTopic.\($0.rawValue)", in: version) }
    }
}
