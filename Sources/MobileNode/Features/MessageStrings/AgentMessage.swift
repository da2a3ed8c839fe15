public import AgentModel
public import MobileIPv4

/// What an agent wrote for the user of the node, in a reply or in a notification (RFC 4917, RFC 6098).
public struct AgentMessage: Hashable, Sendable {
    /// `homeAgent` or `foreignAgent`.
    public let author: AgentRole
    /// The address of the agent.
    public let agentAddress: IPv4Address
    /// On one line and without control characters; never empty, and untrusted.
    public let text: String
    /// The code that it explains: that of the reply, or the status in the error of the foreign agent that wrote it; 0 in a
    /// notification.
    public let code: ReplyCode
    /// Whether the author has signed it.
    public let isAuthenticated: Bool
    /// Uptime in nanoseconds when it arrived.
    public let received: Int64

    func record(startTime: Timestamp) -> ReceivedMessage {
        ReceivedMessage(
            text: text, agentAddress: agentAddress, code: code.rawValue, isAuthenticated: isAuthenticated,
            received: startTime.adding(milliseconds: received / 1_000_000))
    }
}

/// The latest text of each author, and which of them differ from the ones before.
struct MessageMemory {
    private(set) var ofHomeAgent: AgentMessage?
    private(set) var ofForeignAgent: AgentMessage?
    private var changed: Set<AgentRole> = []

    mutating func note(_ message: AgentMessage) {
        let place: WritableKeyPath<MessageMemory, AgentMessage?> = message.author == .homeAgent ? \.ofHomeAgent : \.ofForeignAgent
        if self[keyPath: place]?.text != message.text { changed.insert(message.author) }
        self[keyPath: place] = message
    }

    /// The texts that have changed since the last call, the home agent's first.
    mutating func takeChanged() -> [AgentMessage] {
        let messages = [ofHomeAgent, ofForeignAgent].compactMap { $0 }.filter { changed.contains($0.author) }
        changed = []
        return messages
    }
}
