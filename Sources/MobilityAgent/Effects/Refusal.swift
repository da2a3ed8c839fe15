import AgentModel
import MobileIPv4

/// Why a message is not served, with or without an answer.
enum Refusal: Error {
    case discard(DiscardReason)
    case deny(ReplyCode)
}
