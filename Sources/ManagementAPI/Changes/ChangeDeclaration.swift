import AgentControl
import AgentModel
import HTTPTypes
import JSON
import ManagementCore

/// One change that clients may ask for: on which resource, with what, and what it makes of the agent. Routes, the checks of bodies, the
/// methods that a path allows and the document at `/openapi.json` all come from these declarations.
struct ChangeDeclaration: Sendable {
    /// What the path names.
    enum Place: Sendable {
        /// One row: `/v1/COLLECTION/AGENT/KEY…`.
        case row
        /// The collection, in which a row is made; agent and key are members of the body.
        case collection
    }

    let method: HTTPRequest.Method
    let place: Place
    let collection: any ServedCollection
    /// One sentence.
    let about: String
    /// What the body may have; without members there is no body. For a `collection` the agent and the key come first.
    let body: [BodyMember]
    /// A body, for the document; executed by the tests. On the row that the collection's examples name, unless it has a key.
    let example: JSONObject
    /// The key, where it is not the one of the collection's examples.
    var exampleParts: [String]?
    /// What the request comes to.
    let alteration: @Sendable (ChangeRequest) throws -> Alteration

    /// The path in the form of the router and, with braces, of the document.
    var path: [String] {
        switch place {
        case .collection: ["v1", collection.name]
        case .row: ["v1", collection.name, ":agent"] + collection.pathNames.map { ":\($0.name)" }
        }
    }

    /// Whether a path is one of its own.
    func isAt(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        return parts.count == self.path.count && zip(self.path, parts).allSatisfy { $0.hasPrefix(":") ? !$1.isEmpty : $0 == $1 }
    }

    /// What must or must not be there before.
    var creation: CreationRule {
        switch (method, place) {
        case (_, .collection): .mustNotExist
        case (.put, .row): .mayExist
        default: .mustExist
        }
    }
}

/// A change as a client asks for it, once its form was found right.
struct ChangeRequest: Sendable {
    /// The agent's snapshot.
    let state: AgentState
    /// The control of notifications about it; nil where nobody sends any.
    let notifications: NotificationState?
    /// Whether notifications are sent at all.
    let sendsNotifications: Bool
    /// The key in the path.
    let parts: [String]
    let body: ChangeBody
    /// Whether the row must be there.
    let creation: CreationRule
}

/// What a change comes to.
enum Alteration: Sendable {
    /// Changes for the agent: all or none.
    case agent([AgentChange])
    /// Another choice of notifications, kept by the management daemon.
    case notifications(NotificationSettings)

    /// Whether all is as asked for already.
    var isNothing: Bool { if case .agent(let changes) = self { changes.isEmpty } else { false } }
}
