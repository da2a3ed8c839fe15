import AgentModel
import JSON

/// The versions of the control interface's vocabulary: its kinds of change, topics, members of records, counters, and words.
///
/// The rules for extending it:
///
/// 1. Add new members after the existing ones, and new words at the end of their enumeration. Never rename or remove anything, or change
///    its meaning or unit.
/// 2. Declare for everything new the first version that has it: for a member of a record in its `visit`, for a counter or a setting in its
///    descriptor, for a kind of event by its position, for anything else in `introduced`. All additions in one release have the same
///    version, one more than that of the previous release. An agent leaves them out for a subscriber that has not asked for that version.
/// 3. Readers ignore and count what they do not know. A new member is optional, or readers that expect it have a default for it if none is
///    sent: 0, false, an empty list, the stand-in for unknown words.
/// 4. Declare for a new word what it reads as for earlier readers, `Introduction.readAs`, unless the stand-in declared by its enumeration
///    (`Vocabulary.enumerations`) will do. If there is neither, the row that carries the word is left out.
struct VocabularyHistory: Sendable {
    /// When something was introduced, and what it becomes for readers that do not know it.
    struct Introduction: Sendable {
        /// The first version that has it.
        var version: Int
        /// For a word: the older word that replaces it; nil for the stand-in declared by its enumeration.
        var readAs: String?
    }

    /// What was added after version 1: `Type.member`, `Enumeration.word` (`ControlTopic.word` for topics), `Change.kind`.
    ///
    /// Members of records, counters, settings and kinds of event declare their version themselves. Anything else is listed here, or
    /// with its type in `laterTypes`.
    static let introduced: [String: Introduction] = {
        var all: [String: Introduction] = [
            "DiscardReason.tooLong": Introduction(version: 2), "DiscardReason.conflictingRequest": Introduction(version: 2),
            "DiscardReason.reflected": Introduction(version: 3), "DiscardReason.replayed": Introduction(version: 3),
            "DiscardReason.unknownRegistration": Introduction(version: 3), "DiscardReason.notAgreed": Introduction(version: 3),
            "DiscardReason.unmatchedAcknowledgment": Introduction(version: 3),
            "EndReason.peerRevoked": Introduction(version: 3, readAs: EndReason.administrativelyRevoked.rawValue),
            "ControlTopic.exchanges": Introduction(version: 3), "AgentChangeRequest.signalling": Introduction(version: 3),
            "AgentChangeRequest.notify": Introduction(version: 3), "NotificationOrder.to": Introduction(version: 3),
            "NotificationOrder.homeAddresses": Introduction(version: 3), "NotificationOrder.nai": Introduction(version: 3),
            "NotificationOrder.text": Introduction(version: 3), "NotificationOrder.acknowledged": Introduction(version: 3),
            "AgentChangeRequest.revoke": Introduction(version: 3), "RevocationOrder.role": Introduction(version: 3),
            "RevocationOrder.homeAddresses": Introduction(version: 3), "RevocationOrder.nai": Introduction(version: 3),
            "RevocationOrder.careOfAddress": Introduction(version: 3), "RevocationOrder.homeAgent": Introduction(version: 3),
            "RevocationOrder.text": Introduction(version: 3), "Apply.ended": Introduction(version: 3),
            "Change.exchange": Introduction(version: 3), "Change.exchangeRemoved": Introduction(version: 3),
            "EndReason.drained": Introduction(version: 3, readAs: EndReason.administrativelyRevoked.rawValue),
            "ControlTopic.extensionUses": Introduction(version: 3), "Change.extensionUse": Introduction(version: 3),
            "AgentChangeRequest.discovery": Introduction(version: 3), "AgentChangeRequest.drain": Introduction(version: 3),
            "AgentChangeRequest.endDrain": Introduction(version: 3), "DrainOrder.homeAgents": Introduction(version: 3),
            "DrainOrder.text": Introduction(version: 3),
        ]
        for (type, version) in laterTypes {
            for name in names(in: type) { all["\(type).\(name)"] = Introduction(version: version) }
        }
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

    /// The records and enumerations that came after version 1 as a whole: with a kind of change, or as the type of a later member.
    private static let laterTypes = [
        "Exchange": 3, "ExchangeRemoved": 3, "ExchangeKind": 3, "ExchangeState": 3, "RevocationAgreement": 3,
        "ReceivedMessage": 3, "ReceivedError": 3, "DrainStatus": 3, "HomeAgentSearch": 3, "HomeAgentSearchState": 3,
        "HomeAgentSource": 3, "ReceivedHostConfiguration": 3, "ExtensionUse": 3,
    ]

    /// The members of a record, or the words of an enumeration.
    private static func names(in type: String) -> [String] {
        if let record = ChangeKind.records[type] { return RecordShape(of: record).members.map(\.name) }
        return Vocabulary.enumerations.first { $0.name == type }?.words ?? []
    }

    /// The version that this program speaks: the latest one that introduced something.
    static let current = introduced.values.map(\.version).max() ?? 1

    /// The history as this program has it.
    static let own = VocabularyHistory(current: current, introduced: introduced)

    /// The latest version.
    var current: Int
    /// What was added after version 1.
    var introduced: [String: Introduction]

    /// Whether a version has something.
    func has(_ name: String, in version: Int) -> Bool { introduced[name].map { $0.version <= version } ?? true }

    /// The topics of a version, in order.
    func topics(in version: Int) -> [ControlTopic] {
        ControlTopic.allCases.filter { has("ControlTopic.\($0.rawValue)", in: version) }
    }
}
