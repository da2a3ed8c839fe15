import AgentModel
import JSON

/// What happened to the management of an agent, beside what the agent tells of itself.
struct ManagementEvent: Encodable, Sendable {
    /// What can happen.
    enum Kind: String, Sendable, CaseIterable, Codable {
        /// The snapshot of the agent is complete and follows it.
        case agentConnected
        /// The connection to the agent is lost.
        case agentLost
        /// The agent was found to have started anew; its counters count from there.
        case agentRestarted
        /// Events of the agent may have passed unseen.
        case eventsMissed
        /// A change was asked for through this API and made.
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

    /// When it was noticed, by the clock of this machine.
    let time: Timestamp
    let kind: Kind
    /// One sentence for people.
    let message: String
    /// For `changed`: who asked, what was asked, and how it was before and after.
    var audit: AuditRecord?
}

/// Who changed what. It has no place for a key.
struct AuditRecord: Encodable, Sendable {
    /// The name of the token, or of the door for those that need none.
    let actor: String
    /// Where the request came from.
    let from: String
    /// The request, such as `PATCH /v1/agents/home`.
    let request: String
    /// The resource before; absent when there was none.
    let before: JSONValue?
    /// The resource after; absent when there is none any more.
    let after: JSONValue?
}
