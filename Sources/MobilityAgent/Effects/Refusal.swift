import AgentModel
import MobileIPv4

/// Why a message is not served: with an answer or without.
enum Refusal: Error {
    case discard(DiscardReason)
    case deny(ReplyCode)
}
