import AgentModel
import Foundation
import JSON

extension Vocabulary {
    /// Every enumeration whose words a reader can encounter: those in records and in refusals.
    static let enumerations: [WordList] = {
        var found: [String: WordList] = [ChangeProblem.wordList.name: ChangeProblem.wordList]
        for record in ChangeKind.records.values {
            for words in RecordShape(of: record).members.compactMap(\.form.words) { found[words.name] = words }
        }
        return found.values.sorted { $0.name < $1.name }
    }()

    /// The enumerations of members that are strings in the interface description, by `Type.member`.
    static let wordsOfMembers: [String: String] = {
        var found = ["ChangeRefused.problem": ChangeProblem.wordList.name]
        for record in ChangeKind.records.values {
            for member in RecordShape(of: record).members {
                if let words = member.form.words, !words.isClosed { found["\(record.typeName).\(member.name)"] = words.name }
            }
        }
        return found
    }()

    /// The members that are objects in the interface description, with the JSON of an object in which nothing was counted: its members are
    /// the known ones, and those not sent are 0.
    static let countersOfMembers: [String: (name: String, zero: Data)] = [
        "Counters.homeAgent": zero(HomeAgentCounters()), "Counters.foreignAgent": zero(ForeignAgentCounters()),
        "Counters.mobileNode": zero(MobileNodeCounters()), "Counters.forwarding": zero(ForwardingCounters()),
        "Counters.discards": (countersWithin["discards"] ?? "", zero(DiscardCounts()).zero),
    ]

    /// The names of the objects nested in these; the remaining nested objects count outcomes of requests of one kind.
    static let countersWithin = ["discards": "DiscardReason", "drops": "DropReason", "outcomes": "RegistrationOutcomes"]

    private static func zero<Counters: Encodable>(_ counters: Counters) -> (name: String, zero: Data) {
        ("\(Counters.self)", (try? JSONEncoder().encode(counters)) ?? Data())
    }
}
