public import AgentModel
public import MobileIPv4

/// Why a command or a connection to an agent failed.
public enum ControlError: Error, Hashable, Sendable {
    /// `org.mipmib.agent.BindingNotFound`
    case bindingNotFound(homeAddress: IPv4Address, careOfAddress: IPv4Address?)
    /// `org.mipmib.agent.Refused`, with the agent's reason.
    case refused(reason: String)
    /// `org.mipmib.agent.ChangeRefused`: which change was refused, and what is expected. None of the changes was made.
    case changeRefused(ChangeRefusal)
    /// The socket cannot be opened. The text names the socket and the cause.
    case unreachable(String)
    /// No answer arrived in time.
    case timedOut
    /// The other side closed the connection before answering, or during a subscription.
    case closed
    /// `org.varlink.service.InvalidParameter`: the agent does not accept a parameter. The text is its name; agents of earlier versions add
    /// what is expected after a colon.
    case invalidParameter(String)
    /// `org.mipmib.agent.InvalidTopic`: the agent does not have this topic; it has the known ones.
    case invalidTopic(String, known: [String])
    /// The other side violated the protocol, or answered with an error not listed here.
    case unexpected(String)
}

extension ControlError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .bindingNotFound(let home, let careOf):
            "there is no binding or visit for home address \(home)" + (careOf.map { " with care-of address \($0)" } ?? "")
        case .refused(let reason): "the agent refused: \(reason)"
        case .changeRefused(let refusal):
            "the agent refused change \(refusal.index)" + (refusal.field.map { ", \($0)" } ?? "") + ": \(refusal.reason)"
        case .unreachable(let text): text
        case .timedOut: "the agent did not answer in time"
        case .closed: "the control connection failed: the agent closed the connection"
        case .invalidParameter(let text):
            "the agent does not accept the parameter '\(text.prefix { $0 != ":" })'"
                + (text.firstIndex(of: ":").map { String(text[$0...]) } ?? "")
        case .invalidTopic(let topic, _): "the agent has no topic '\(topic)'; it runs another version"
        case .unexpected(let text): "the control connection failed: \(text)"
        }
    }
}
