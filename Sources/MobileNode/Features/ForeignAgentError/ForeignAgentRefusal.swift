import AgentModel
public import MobileIPv4

/// A foreign agent's error about a reply of the home agent (RFC 4636).
public struct ForeignAgentRefusal: Hashable, Sendable {
    /// What the foreign agent reports: a code of its range.
    public let status: ReplyCode
    /// The code of the home agent's reply.
    public let code: ReplyCode
    /// The foreign agent.
    public let agentAddress: IPv4Address
    /// Whether the foreign agent has signed it.
    public let isAuthenticated: Bool
    /// Uptime in nanoseconds when it arrived.
    public let received: Int64

    func record(startTime: Timestamp) -> ReceivedError {
        ReceivedError(
            status: status.rawValue, code: code.rawValue, agentAddress: agentAddress, isAuthenticated: isAuthenticated,
            received: startTime.adding(milliseconds: received / 1_000_000))
    }
}

/// What a node remembers about errors of foreign agents.
struct RefusalMemory {
    /// The latest that the node has acted upon.
    private(set) var latest: ForeignAgentRefusal?
    /// The error in the reply that decided the latest request.
    private(set) var ofRequest: ForeignAgentRefusal?
    /// Uptime in nanoseconds when the deregistration is due that follows a refused acceptance; nil for none.
    var withdrawalDue: Int64?

    mutating func note(_ refusal: ForeignAgentRefusal) {
        latest = refusal
        ofRequest = refusal
    }

    /// Another request begins.
    mutating func beginRequest() {
        ofRequest = nil
        withdrawalDue = nil
    }
}

/// An acceptance by the home agent together with an error that nobody signed: an acceptance without an error may follow.
struct DoubtfulAcceptance {
    let refusal: ForeignAgentRefusal
    /// The home address in the reply.
    let homeAddress: IPv4Address
    /// The home agent in the reply, which has made the binding.
    let homeAgent: IPv4Address
}
