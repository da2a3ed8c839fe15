import AgentModel
import MobileIPv4

/// Message strings of a foreign agent (RFC 4917). Each follows the home agent's part of a reply and precedes the Mobile-Foreign
/// authentication extension. Without that extension nothing protects the text (RFC 4917 §5).
extension ForeignAgent {
    /// Appends the text for the user of the node to the reply of its home agent, if there is one for that reply.
    ///
    /// - Parameter nai: The node's identifier, as the home agent returns it.
    mutating func appendMessage(
        relaying reply: RegistrationReply, nai: NetworkAccessIdentifier?, _ pending: PendingRequest, _ payload: inout [UInt8]
    ) {
        let granted = min(reply.lifetime, pending.request.lifetime)
        append(
            configuration.messages.text(
                for: reply.code, isDeregistration: granted == .deregistration, homeAddress: reply.homeAddress,
                nai: nai ?? pending.nai),
            to: &payload)
    }

    /// Appends the text for the user of the node to a denial by this agent, if there is one for its code.
    ///
    /// - Parameters:
    ///   - code: The code of the reply, or the status in its FA error extension (RFC 4636).
    ///   - repeatable: When the reply is sent, if it denies a request that was not relayed: anyone can send such requests, so that those
    ///     above a limit are answered without a text. Nil for a reply that is not limited.
    mutating func appendMessage(
        denying request: RegistrationRequest, nai: NetworkAccessIdentifier?, _ code: ReplyCode, repeatable: Moment? = nil,
        _ payload: inout [UInt8]
    ) {
        guard let text = configuration.messages.text(for: code, homeAddress: request.homeAddress, nai: nai) else { return }
        if let repeatable, !repeatableTexts.passes(at: repeatable.uptime) { return }
        append(text, to: &payload)
    }

    private mutating func append(_ text: String?, to payload: inout [UInt8]) {
        guard let text, let message = MessageString(author: .foreignAgent, clipping: text) else { return }
        payload.append(extension: message)
        counters.messageStringsSent += 1
    }
}
