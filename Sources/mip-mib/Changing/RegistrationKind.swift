import AgentModel

/// What an agent has of a mobile node's registration, and `revoke` ends.
enum RegistrationKind: CaseIterable, Sendable {
    // In the order in which they are looked for: a home agent that ends a binding informs the foreign agent.
    case binding, visit

    /// What the agent that has it is.
    var role: AgentRole {
        switch self {
        case .binding: .homeAgent
        case .visit: .foreignAgent
        }
    }

    /// Its table at the agent's control socket.
    var topic: ControlTopic {
        switch self {
        case .binding: .bindings
        case .visit: .visitors
        }
    }

    /// Its table in the JSON API.
    var list: RowList {
        switch self {
        case .binding: .bindings
        case .visit: .visitors
        }
    }

    /// A number of them, in words; nil for some of each.
    static func counted(_ count: Int, _ kind: RegistrationKind?) -> String {
        let noun =
            switch kind {
            case .binding: "binding"
            case .visit: "visit"
            case nil: "registration"
            }
        return "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}
