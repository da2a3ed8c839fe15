import AgentModel
import MobileIPv4

/// Texts for the user of the node (RFC 4917). They never affect the protocol.
extension MobileNode {
    /// The most texts of one author that are kept of a reply, in its order. More are only counted.
    static let messagesKept = 4

    /// The texts that differ from the previous one of the same author, since the last call. Call it after `receive`.
    ///
    /// A request of the node causes at most four: texts are read only in a reply that decides about it, and in the first one that
    /// has an error that nobody signed. Notifications, which are signed, cause at most one each.
    public mutating func takeNewMessages() -> [AgentMessage] { messages.takeChanged() }

    /// Keeps the texts in a reply: the home agent's where its authenticator covers them, the foreign agent's with or without one.
    /// Texts in any other place are ignored and counted.
    mutating func hearMessages(
        of incoming: IncomingReply, answering waiting: SentRequest, in datagram: RawSpan, at now: Moment
    ) {
        let ofHomeAgent = readMessages(of: .homeAgent, in: incoming.homeAgentPart, incoming.scan, datagram)
        if let text = ofHomeAgent {
            messages.note(
                AgentMessage(
                    author: .homeAgent, agentAddress: incoming.reply.homeAgent, text: text, code: incoming.reply.code,
                    isAuthenticated: true, received: now.uptime))
        }
        let ofForeignAgent = readMessages(of: .foreignAgent, in: incoming.foreignAgentPart, incoming.scan, datagram)
        if let text = ofForeignAgent {
            messages.note(
                AgentMessage(
                    author: .foreignAgent, agentAddress: waiting.destination.address, text: text, code: incoming.code,
                    isAuthenticated: sharesForeignAssociation, received: now.uptime))
        }
    }

    /// Whether the foreign agent must sign its replies; those that reach the rules of features then have a valid authenticator.
    var sharesForeignAssociation: Bool { configuration.foreignAgent != nil && configuration.mobileForeign != nil }

    /// The texts of an author, joined; nil if there is nothing to show.
    private mutating func readMessages(
        of author: MessageString.Author, in part: MessagePart, _ scan: ExtensionScan, _ datagram: RawSpan
    ) -> String? {
        var texts: [String] = []
        for index in 0..<scan.count
        where scan[index].type == .messageString && scan[index].subtype == author.rawValue {
            guard part.contains(scan[index]) else {
                counters.unsignedExtensionsIgnored += 1
                continue
            }
            guard let message = try? MessageString(scan[index], in: datagram) else {
                counters.messageStringsInvalid += 1
                continue
            }
            let text = message.printable
            let isWellFormed = String(validating: message.octets, as: UTF8.self) != nil
            if text.isEmpty || !isWellFormed { counters.messageStringsInvalid += 1 }
            guard !text.isEmpty else { continue }
            counters.messageStringsReceived += 1
            if texts.count < Self.messagesKept { texts.append(text) }
        }
        return texts.isEmpty ? nil : texts.joined(separator: " / ")
    }
}
