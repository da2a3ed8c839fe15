import AgentModel
import JSON

/// An event about the management of an agent, as opposed to one that the agent itself reports.
struct ManagementEvent: Encodable, Sendable {
    /// The kinds of such events.
    enum Kind: String, Sendable, CaseIterable, Codable {
        /// The snapshot of the agent is complete and kept up to date.
        case agentConnected
        /// The connection to the agent was lost.
        case agentLost
        /// The agent was found to have restarted; its counters count from that restart.
        case agentRestarted
        /// Events of the agent may have been missed.
        case eventsMissed
        /// A change requested through this API was made.
        case changed

        /// How good or bad it is.
        var tone: Tone {
            switch self {
            case .agentConnected: .good
            case .changed: .info
            case .agentRestarted, .eventsMissed: .warn
            case .agentLost: .bad
            }
        }
    }

    /// When the event was noticed, by this machine's clock.
    let time: Timestamp
    let kind: Kind
    /// One human-readable sentence.
    let message: String
    /// For `changed`: who requested the change, what was requested, and the state before and after.
    var audit: AuditRecord?
}

/// Who changed what. It has no member for a key.
struct AuditRecord: Encodable, Sendable {
    /// The name of the token; without one, `unix:` and the user at the Unix socket.
    let actor: String
    /// Where the request came from.
    let from: String
    /// The request, such as `PATCH /v1/settings/home`.
    let request: String
    /// The resource before the change; absent when it did not exist.
    let before: JSONValue?
    /// The resource after the change; absent when it no longer exists.
    let after: JSONValue?
}
