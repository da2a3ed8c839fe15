import AgentControl
import AgentModel
import HTTPTypes
import JSON
import ManagementCore

/// One change that clients may request: its resource, its body, and its effect on the agent. Routes, the checks of bodies, the methods that
/// a path allows and the document at `/openapi.json` all come from these declarations.
struct ChangeDeclaration: Sendable {
    /// What the path refers to.
    enum Place: Sendable {
        /// One row: `/v1/COLLECTION/AGENT/KEY…`.
        case row
        /// The collection in which a row is created; agent and key are members of the body.
        case collection
        /// The collection in which the agent creates rows, with keys of its own; the agent is a member of the body.
        case newRows
        /// All rows of a collection that the query selects; the agent is a member of the query.
        case selection
    }

    let method: HTTPRequest.Method
    let place: Place
    let collection: any ServedCollection
    /// One sentence.
    let about: String
    /// The members of the body; empty when there is no body. For a `collection`, the agent and the key come first; for `newRows`, the
    /// agent.
    let body: [BodyMember]
    /// An example body or query, for the document; the tests send it. Applies to the row of the collection's examples unless it has a key.
    let example: JSONObject
    /// Parameters of the query besides `validate`, which take the place of a body. For a `selection`, the agent comes first.
    var query: [BodyMember] = []
    /// The key of the example, where it differs from the collection's example.
    var exampleParts: [String]?
    /// For `newRows`: how the new rows are found.
    var newRows: NewRows?
    /// Determines what a request changes.
    let alteration: @Sendable (ChangeRequest) throws -> Alteration

    /// The path in the form of the router and, with braces, of the document.
    var path: [String] {
        switch place {
        case .collection, .newRows, .selection: ["v1", collection.name]
        case .row: ["v1", collection.name, ":agent"] + collection.pathNames.map { ":\($0.name)" }
        }
    }

    /// Whether this change is served at a path.
    func isServed(at path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        return parts.count == self.path.count && zip(self.path, parts).allSatisfy { $0.hasPrefix(":") ? !$1.isEmpty : $0 == $1 }
    }

    /// Whether the row must or must not exist before the change.
    var creation: CreationRule {
        switch (method, place) {
        case (_, .collection), (_, .newRows): .mustNotExist
        case (.put, .row): .mayExist
        default: .mustExist
        }
    }
}

/// How the rows that an agent creates with keys of its own are found among the others.
struct NewRows: Sendable {
    /// The number of the latest row; 0 without any.
    let latest: @Sendable (AgentState) -> UInt32
    /// The query that lists the rows after the row of this number.
    let query: @Sendable (_ latest: UInt32) -> String
}

/// A change requested by a client, after its form has been checked.
struct ChangeRequest: Sendable {
    /// The agent's snapshot.
    let state: AgentState
    /// The notification settings for the agent; nil when there are none.
    let notifications: NotificationState?
    /// Whether notifications are sent at all.
    let sendsNotifications: Bool
    /// The key, from the path or the body.
    let parts: [String]
    let body: ChangeBody
    /// Whether the row must exist.
    let creation: CreationRule
}

/// What a request changes.
enum Alteration: Sendable {
    /// Changes for the agent, applied all or none.
    case agent([AgentChange])
    /// New notification settings, stored by the management daemon.
    case notifications(NotificationSettings)

    /// Whether everything is already as requested.
    var isEmpty: Bool { if case .agent(let changes) = self { changes.isEmpty } else { false } }
}
