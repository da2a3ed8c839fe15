/// The methods of `org.mipmib.agent`, as the interface description spells them.
enum AgentMethod: String, CaseIterable {
    case getInformation = "GetInformation"
    case subscribe = "Subscribe"
    case revokeBinding = "RevokeBinding"
    case setEnabled = "SetEnabled"
    case apply = "Apply"
    case undo = "Undo"

    /// The name prefixed with the interface's name.
    var qualified: String { "\(InterfaceDescription.agentName).\(rawValue)" }

    init?(qualified name: String) {
        guard let method = Self.allCases.first(where: { $0.qualified == name }) else { return nil }
        self = method
    }
}

/// The errors of `org.mipmib.agent`.
enum AgentErrorName: String, CaseIterable {
    case bindingNotFound = "BindingNotFound"
    case refused = "Refused"
    case changeRefused = "ChangeRefused"
    case invalidTopic = "InvalidTopic"

    var qualified: String { "\(InterfaceDescription.agentName).\(rawValue)" }

    init?(qualified name: String) {
        guard let error = Self.allCases.first(where: { $0.qualified == name }) else { return nil }
        self = error
    }
}

/// The methods of `org.varlink.service`.
enum ServiceMethod: String, CaseIterable {
    case getInfo = "GetInfo"
    case getInterfaceDescription = "GetInterfaceDescription"

    init?(qualified name: String) {
        guard let method = Self.allCases.first(where: { "\(InterfaceDescription.serviceName).\($0.rawValue)" == name }) else {
            return nil
        }
        self = method
    }
}

/// The errors of `org.varlink.service`.
enum ServiceErrorName: String {
    case interfaceNotFound = "InterfaceNotFound"
    case methodNotFound = "MethodNotFound"
    case invalidParameter = "InvalidParameter"
    case expectedMore = "ExpectedMore"

    var qualified: String { "\(InterfaceDescription.serviceName).\(rawValue)" }
}
