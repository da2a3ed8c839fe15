package import AgentModel
import JSON

/// The part of the interface description that lists the words of every enumeration and the members of the counters, for authors of other
/// agents. `scripts/write-interface` writes it into `org.mipmib.agent.varlink`; a test compares the two.
package enum PublishedVocabulary {
    /// The first line of the part, which extends to the end of the description.
    package static let opening = "# Words and counters, written by scripts/write-interface."

    package static var text: String {
        let enumerations = Vocabulary.enumerations.filter { !$0.isClosed }.map(words)
        return ([opening] + enumerations + counters).joined(separator: "\n\n") + "\n"
    }

    /// The description with this part replacing the one it contains.
    package static func completing(_ description: String) -> String {
        let own = description.firstRange(of: opening).map { description[..<$0.lowerBound] } ?? description[...]
        return own + (own.hasSuffix("\n\n") ? "" : "\n") + text
    }

    private static func words(_ enumeration: WordList) -> String {
        let members = Vocabulary.wordsOfMembers.filter { $0.value == enumeration.name }.keys.sorted()
        let unknown = enumeration.unknown.map { " Where a word is required, an unknown one reads as \($0)." } ?? ""
        let comment = "The words of \(members.joined(separator: ", "))"
        // A varlink name consists of letters, digits and underscores; words with other characters can only be listed.
        guard enumeration.words.allSatisfy({ $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } }) else {
            return wrapped("\(comment) are not type names: \(enumeration.words.joined(separator: ", ")).\(unknown)")
        }
        return wrapped("\(comment).\(unknown)") + "\ntype \(enumeration.name) (\n" + lines(enumeration.words) + "\n)"
    }

    private static var counters: [String] {
        let groups = CounterDescriptor.Group.allCases.filter { $0 != .daemon }
        return groups.map { group in
            let members = AgentCounters.declared.filter { $0.group == group }.map { "\($0.name): \(form($0))" }
            return "# The members of Counters.\(group.rawValue).\ntype \(group.typeName) (\n\(lines(members))\n)"
        } + [
            "type RegistrationOutcomes (\n\(lines(RequestKind.allCases.map { "\($0.rawValue): RequestOutcomes" }))\n)",
            "type RequestOutcomes (received: int, accepted: int, denied: int, discarded: int)",
            "type DiscardCounts (\n\(lines(DiscardReason.allCases.map { "\($0.rawValue): int" }))\n)",
            "type DropCounts (\n\(lines(DropReason.allCases.map { "\($0.rawValue): int" }))\n)",
        ]
    }

    private static func form(_ counter: CounterDescriptor) -> String {
        switch counter.value {
        case .count: "int"
        case .codes: "object"
        case .outcomes: "RegistrationOutcomes"
        case .discards: "DiscardCounts"
        case .drops: "DropCounts"
        }
    }

    private static func lines(_ members: [String]) -> String { members.map { "  " + $0 }.joined(separator: ",\n") }

    /// A comment with lines of at most 140 characters.
    private static func wrapped(_ text: String) -> String {
        var lines = ["#"]
        for word in text.split(separator: " ") {
            if lines[lines.count - 1].count + 1 + word.count > 140 { lines.append("#") }
            lines[lines.count - 1] += " " + word
        }
        return lines.joined(separator: "\n")
    }
}

extension CounterDescriptor.Group {
    /// The type of the group's object; for the daemon's own counters, the type that contains all counters.
    package var typeName: String {
        self == .daemon ? "Counters" : rawValue.prefix(1).uppercased() + rawValue.dropFirst() + "Counters"
    }
}
