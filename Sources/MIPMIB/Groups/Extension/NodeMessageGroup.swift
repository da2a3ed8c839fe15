import AgentModel
import ManagementCore
import MobileIPv4

/// The scalars of mipExtMobileNode, 1.6 of MIPV4-EXT-MIB, about the latest texts and the latest error of agents in replies to the
/// node.
enum NodeMessageGroup {
    static var leaves: [MIBLeaf] { homeAgentMessage + foreignAgentMessage + foreignAgentError }

    // MARK: - Texts for the user

    private static var homeAgentMessage: [MIBLeaf] {
        let member = "homeAgentMessage"
        let latest: @Sendable (MobileNodeStatus) -> ReceivedMessage? = { $0.homeAgentMessage }
        return [
            scalar(.mipExtMnHaMessage, "\(member).text", "The home agent's latest text for the user.", latest) {
                .text($0.text)
            },
            scalar(.mipExtMnHaMessageAgent, "\(member).agentAddress", "The home agent that wrote the text.", latest) {
                .ipAddress($0.agentAddress)
            },
            scalar(.mipExtMnHaMessageCode, "\(member).code", "The code that the text explains.", latest) {
                .unsigned(UInt32($0.code))
            },
            scalar(
                .mipExtMnHaMessageAuthenticated, "\(member).isAuthenticated", "Whether a verified authenticator covers the text.",
                latest
            ) { .truth($0.isAuthenticated) },
            scalar(.mipExtMnHaMessageTime, "\(member).received", "When the text last arrived.", latest) {
                .dateAndTime($0.received)
            },
        ]
    }

    private static var foreignAgentMessage: [MIBLeaf] {
        let member = "foreignAgentMessage"
        let latest: @Sendable (MobileNodeStatus) -> ReceivedMessage? = { $0.foreignAgentMessage }
        return [
            scalar(.mipExtMnFaMessage, "\(member).text", "The latest text of a foreign agent for the user.", latest) {
                .text($0.text)
            },
            scalar(.mipExtMnFaMessageAgent, "\(member).agentAddress", "The foreign agent that wrote the text.", latest) {
                .ipAddress($0.agentAddress)
            },
            scalar(.mipExtMnFaMessageCode, "\(member).code", "The code that the text explains.", latest) {
                .unsigned(UInt32($0.code))
            },
            scalar(
                .mipExtMnFaMessageAuthenticated, "\(member).isAuthenticated", "Whether a verified authenticator covers the text.",
                latest
            ) { .truth($0.isAuthenticated) },
            scalar(.mipExtMnFaMessageTime, "\(member).received", "When the text last arrived.", latest) {
                .dateAndTime($0.received)
            },
        ]
    }

    // MARK: - Errors of foreign agents

    private static var foreignAgentError: [MIBLeaf] {
        let member = "foreignAgentError"
        let latest: @Sendable (MobileNodeStatus) -> ReceivedError? = { $0.foreignAgentError }
        return [
            scalar(.mipExtMnFaErrorStatus, "\(member).status", "The latest error of a foreign agent.", latest) {
                .unsigned(UInt32($0.status))
            },
            scalar(.mipExtMnFaErrorCode, "\(member).code", "The code of the home agent's reply.", latest) {
                .unsigned(UInt32($0.code))
            },
            scalar(.mipExtMnFaErrorAgent, "\(member).agentAddress", "The foreign agent with the error.", latest) {
                .ipAddress($0.agentAddress)
            },
            scalar(
                .mipExtMnFaErrorAuthenticated, "\(member).isAuthenticated", "Whether a verified authenticator covers the error.",
                latest
            ) { .truth($0.isAuthenticated) },
            scalar(.mipExtMnFaErrorTime, "\(member).received", "When the error arrived.", latest) { .dateAndTime($0.received) },
        ]
    }

    /// A scalar that has an instance once the node has received what it shows.
    private static func scalar<Received>(
        _ node: MIBNode, _ member: String, _ summary: String, _ latest: @escaping @Sendable (MobileNodeStatus) -> Received?,
        _ value: @escaping @Sendable (Received) -> MIBValue
    ) -> MIBLeaf {
        .scalar(node, MIBMember(member), summary) { view in view.mobileNodeStatus.flatMap(latest).map(value) }
    }
}
