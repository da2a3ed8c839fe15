import AgentModel
import Logging
import MobileIPv4
import MobileNode

/// Texts of agents for the user of the node (RFC 4917).
extension NodeRuntime {
    /// Logs and reports the texts that differ from the ones before. Call it after the node has received a datagram.
    ///
    /// - Parameter source: where the datagram came from.
    func reportMessages(from source: TransportEndpoint) {
        let messages = node.takeNewMessages()
        guard !messages.isEmpty else { return }
        publishChanges()
        for message in messages {
            let author = message.author == .homeAgent ? "home agent" : "foreign agent"
            logger.notice(
                "text from the \(author)",
                metadata: [
                    "agent": "\(message.agentAddress)", "code": "\(message.code.rawValue)",
                    "isAuthenticated": "\(message.isAuthenticated)", "text": "\(message.text)",
                ])
            let claim = message.isAuthenticated ? "" : ", not authenticated"
            let event = AgentEvent(
                time: time, kind: .messageReceived, role: .mobileNode, homeAddress: node.configuration.homeAddress,
                nai: node.configuration.nai, careOfAddress: node.configuration.careOfAddress,
                homeAgent: node.configuration.homeAgent.address, sourceAddress: source.address, code: message.code.rawValue,
                message: "text from the \(author) \(message.agentAddress)\(claim): \(message.text)")
            publish([.event(event)], time)
        }
    }
}
