import AgentModel

/// Where the command may read.
enum SourceKind: String, CaseIterable, Sendable {
    case socket = "--socket"
    case url = "--url"
    case snmp = "--snmp"
}

/// What a source tells otherwise than the others. Everything that is not declared here is the same from all of them, which a test holds;
/// docs/command.md has this table.
struct SourceDifference: Sendable {
    enum Kind: Sendable {
        /// The source does not know the members.
        case missing
        /// The source does not know them of every row.
        case partial
        /// TimeStamp objects tell hundredths since the SNMP agent's own start.
        case approximate
        /// Each source tells of its own connection to the agent.
        case own
    }

    let lists: [String]
    let source: SourceKind
    let members: [String]
    let kind: Kind
    /// Members that the table of the documents does not name one by one, because `note` says which they are.
    var others: [String] = []
    /// What there is to know besides the kind.
    var note = ""

    static let all = [
        SourceDifference(
            lists: ["bindings", "visitors", "pending", "registrations"], source: .snmp, members: ["expires"], kind: .missing,
            note: "`timeRemaining` is there"),
        SourceDifference(
            lists: ["visitors"], source: .snmp, members: ["timeRemaining"], kind: .partial,
            note: "not told of visitors that are pending"),
        SourceDifference(
            lists: ["mobile-nodes"], source: .snmp, members: ["nai", "requestsReceived", "servingSince"], kind: .missing),
        SourceDifference(
            lists: ["mobile-nodes"], source: .snmp, members: ["serviceTime"], kind: .partial, note: "with the service under way"),
        SourceDifference(
            lists: ["mobile-nodes"], source: .snmp, members: ["recentAccepted", "recentDenied"], kind: .approximate),
        SourceDifference(lists: ["violations"], source: .snmp, members: ["recentTime"], kind: .approximate),
        SourceDifference(lists: ["tunnels"], source: .snmp, members: ["since"], kind: .approximate),
        SourceDifference(
            lists: ["traffic"], source: .snmp, members: [], kind: .missing,
            note: "only nodes with a binding or a visit, those without any traffic too"),
        SourceDifference(lists: ["advertisements"], source: .snmp, members: ["careOfAddresses"], kind: .missing),
        SourceDifference(
            lists: ["registrations"], source: .snmp, members: ["homeAgent", "reverseTunnel"], kind: .missing),
        SourceDifference(lists: ["registrations"], source: .snmp, members: ["sent"], kind: .approximate),
        SourceDifference(
            lists: ["node"], source: .snmp, members: ["recentAdvertisement.received"], kind: .approximate),
        SourceDifference(
            lists: ["associations"], source: .snmp, members: [], kind: .missing,
            note: "`use` is there in any case, and `storage` only where management has made the row"),
        SourceDifference(
            lists: ["status", "agents"], source: .snmp,
            members: ["information.name", "information.addedHomeAgents"] + settingsWithoutObject, kind: .missing,
            others: settingsWithoutObject, note: "nor are settings that are neither a scalar nor in `mipExtCapacityTable`"),
        SourceDifference(
            lists: ["status", "agents"], source: .snmp, members: ["age", "connections", "restarts", "lastError"], kind: .own,
            note: "that of `mip-mibd`"),
        SourceDifference(
            lists: ["status", "agents"], source: .url, members: ["age", "connections", "restarts", "lastError"], kind: .own,
            note: "that of `mip-mibd`"),
        SourceDifference(
            lists: ["counters"], source: .snmp, members: ["foreignAgent.deregistrationRequestsReceived"], kind: .missing,
            note: "what RFC 2006 counts in 32 bits begins anew at 0"),
    ]

    private static let settingsWithoutObject: [String] = {
        let reported = SNMPMapping.agents.parts.flatMap(\.members).map(\.path)
        return Setting.all.map { "information.\($0.name)" }.filter { !reported.contains($0) }
    }()

    /// The members that a source tells otherwise in a list.
    static func members(of list: String, from source: SourceKind) -> [SourceDifference] {
        all.filter { $0.lists.contains(list) && $0.source == source }
    }
}

extension SourceDifference {
    /// The table of docs/command.md.
    static var markdown: String {
        var text = "| list | from | members | |\n|---|---|---|---|\n"
        for difference in all {
            let words =
                switch difference.kind {
                case .missing: difference.members.isEmpty ? "" : "not told"
                case .partial: ""
                case .approximate: "within a second, and not told of times before the SNMP agent started"
                case .own: "tells of its own connection"
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
