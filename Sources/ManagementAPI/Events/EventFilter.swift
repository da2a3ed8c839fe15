import AgentModel
import ManagementCore

/// Selects events by agent, kind and node.
struct EventFilter: Sendable {
    static let parameters: Set<String> = ["agent", "kind", "homeAddress", "careOfAddress", "nai"]

    /// Every kind of event.
    static var kinds: [String] { AgentEventKind.allCases.map(\.rawValue) + ManagementEvent.Kind.allCases.map(\.rawValue) }

    private let agent: String?
    private let kinds: Set<String>?
    private let node: NodeFilter
    private let isAboutNodes: Bool

    init(_ query: Query, agents: [ManagedAgent]) throws(Problem) {
        agent = query["agent"]
        if let agent, !agents.contains(where: { $0.name == agent }) { throw .unknownAgent(agent, known: agents.map(\.name)) }
        kinds = query["kind"].map { Set($0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)) }
        if let wrong = kinds?.subtracting(Self.kinds).sorted().first {
            throw .badRequest("kind '\(wrong)' is invalid; expected some of \(Self.kinds.joined(separator: ", "))")
        }
        node = try NodeFilter(query)
        isAboutNodes = ["homeAddress", "careOfAddress", "nai"].contains { query[$0] != nil }
    }

    func matches(_ entry: JournalEntry) -> Bool {
        if let agent, entry.agent != agent { return false }
        if let kinds, !kinds.contains(entry.kind) { return false }
        return !isAboutNodes || node.matches(entry.homeAddress, entry.careOfAddress, entry.nai)
    }
}
