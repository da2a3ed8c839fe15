import AgentModel

/// The kinds of sources that the command can read.
enum SourceKind: String, CaseIterable, Sendable {
    case socket = "--socket"
    case url = "--url"
    case snmp = "--snmp"
}

/// How one source differs from the others. Everything that is not declared here is the same from all sources, which a test enforces;
/// docs/command.md contains this table.
struct SourceDifference: Sendable {
    enum Kind: Sendable {
        /// The source does not provide the members.
        case missing
        /// The source does not provide them for every row, or provides them with another meaning.
        case partial
        /// TimeStamp objects count hundredths of a second since the SNMP agent's own start.
        case approximate
        /// Each source describes its own connection to the agent.
        case own
    }

    let lists: [String]
    let source: SourceKind
    let members: [String]
    let kind: Kind
    /// Members that the documented table does not list individually, because `note` describes them.
    var others: [String] = []
    /// What to know in addition to the kind.
    var note = ""

    static let all = [
        SourceDifference(
            lists: ["bindings", "visitors", "pending", "registrations"], source: .snmp, members: ["expires"], kind: .missing,
            note: "use `timeRemaining` instead"),
        SourceDifference(
            lists: ["visitors"], source: .snmp, members: ["timeRemaining"], kind: .partial,
            note: "not available for visitors that are pending"),
        SourceDifference(
            lists: ["visitors", "pending"], source: .snmp, members: [], kind: .missing,
            note: "of several rows of one network access identifier, only the one with the lowest home address"),
        SourceDifference(lists: ["violations"], source: .snmp, members: ["recentTime"], kind: .approximate),
        SourceDifference(lists: ["tunnels"], source: .snmp, members: ["since"], kind: .approximate),
        SourceDifference(
            lists: ["traffic"], source: .snmp, members: [], kind: .missing,
            note: "only nodes with a binding or a visit, including those without any traffic"),
        SourceDifference(lists: ["advertisements"], source: .snmp, members: ["careOfAddresses"], kind: .missing),
        SourceDifference(
            lists: ["registrations"], source: .snmp, members: ["homeAgent", "reverseTunnel", "revocation"], kind: .missing),
        SourceDifference(lists: ["registrations"], source: .snmp, members: ["sent"], kind: .approximate),
        SourceDifference(
            lists: ["node"], source: .snmp, members: ["recentAdvertisement.received"], kind: .approximate),
        SourceDifference(
            lists: ["node"], source: .snmp, members: [], kind: .partial,
            note: "texts of more than 255 bytes are cut between two characters"),
        SourceDifference(
            lists: ["associations"], source: .snmp, members: [], kind: .missing,
            note: "`use` is always present, `storage` only if management created the row"),
        SourceDifference(
            lists: ["status", "agents"], source: .snmp,
            members: ["information.name", "information.addedHomeAgents"] + settingsWithoutObject, kind: .missing,
            others: settingsWithoutObject, note: "nor are settings that are neither a scalar nor in `mipExtCapacityTable`"),
        SourceDifference(
            lists: ["status", "agents"], source: .snmp, members: ["age", "connections", "restarts", "lastError"], kind: .own,
            note: "for this source, that of `mip-mibd`"),
        SourceDifference(
            lists: ["status", "agents"], source: .url, members: ["age", "connections", "restarts", "lastError"], kind: .own,
            note: "for this source, that of `mip-mibd`"),
        SourceDifference(
            lists: ["counters"], source: .snmp, members: ["foreignAgent.deregistrationRequestsReceived"], kind: .missing,
            note: "counters that have 32 bits in RFC 2006 wrap to 0"),
    ]

    private static let settingsWithoutObject: [String] = {
        let reported = SNMPMapping.agents.parts.flatMap(\.members).map(\.path)
        return Setting.all.map { "information.\($0.name)" }.filter { !reported.contains($0) }
    }()

    /// The differences of a source in a list.
    static func members(of list: String, from source: SourceKind) -> [SourceDifference] {
        all.filter { $0.lists.contains(list) && $0.source == source }
    }
}

extension SourceDifference {
    /// The table in docs/command.md.
    static var markdown: String {
        var text = "| list | from | members | |\n|---|---|---|---|\n"
        for difference in all {
            let words =
                switch difference.kind {
                case .missing: difference.members.isEmpty ? "" : "not available"
                case .partial: ""
                case .approximate: "accurate to a second, and not available for times before the SNMP agent started"
                case .own: "describe the source's own connection to the agent"
                }
            let cells = [
                code(difference.lists), "`\(difference.source.rawValue)`",
                code(difference.members.filter { !difference.others.contains($0) }),
                [words, difference.note].filter { !$0.isEmpty }.joined(separator: "; "),
            ]
            text += "| " + cells.joined(separator: " | ") + " |\n"
        }
        return text
    }

    private static func code(_ words: [String]) -> String { words.map { "`\($0)`" }.joined(separator: ", ") }
}
