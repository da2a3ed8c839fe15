import AgentModel
import MobileIPv4

/// Message strings of a home agent (RFC 4917).
extension HomeAgent {
    /// Appends the text for the user of the node, if there is one for this reply. Call before the mobile node's authenticator is
    /// appended, which must cover it (RFC 4917 §5).
    mutating func appendMessage(for code: ReplyCode, _ incoming: IncomingRequest, _ payload: inout [UInt8]) {
        let text = configuration.messages.text(
            for: code, isDeregistration: incoming.isDeregistration, homeAddress: incoming.homeAddress, nai: incoming.nai)
        guard let text, let message = MessageString(author: .homeAgent, clipping: text) else { return }
        // A request that uses up its identification cannot be repeated.
        let isOnce = incoming.isInSequence && code.concernsNode
        guard isOnce || repeatableTexts.passes(at: incoming.now.uptime) else { return }
        payload.append(extension: message)
        counters.messageStringsSent += 1
    }
}
