public import JSON
public import MobileIPv4

/// A text that an agent wrote for the user of a mobile node (RFC 4917), in a reply or in a notification.
public struct ReceivedMessage: Hashable, Sendable, Codable {
    /// The text, on one line and without control characters. It is untrusted. Several texts in one reply are joined by ` / `.
    public var text: String
    /// The agent that wrote it.
    public var agentAddress: IPv4Address
    /// The code that the text explains: that of the reply, or the status in the error of the foreign agent that wrote the text (RFC
    /// 4636); 0 for a text in a notification (RFC 6098).
    public var code: UInt8
    /// Whether an authenticator that the node has verified covers the text. Otherwise anyone on the way may have written it.
    public var isAuthenticated: Bool
    /// When it last arrived.
    public var received: Timestamp

    public init(text: String, agentAddress: IPv4Address, code: UInt8, isAuthenticated: Bool, received: Timestamp) {
        self.text = text
        self.agentAddress = agentAddress
        self.code = code
        self.isAuthenticated = isAuthenticated
        self.received = received
    }
}

extension ReceivedMessage: Record {
    public static var blank: ReceivedMessage {
        ReceivedMessage(text: "", agentAddress: .zero, code: 0, isAuthenticated: false, received: .blank)
    }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("text", &text)
        try visitor.member("agentAddress", &agentAddress)
        try visitor.member("code", &code)
        try visitor.member("isAuthenticated", &isAuthenticated)
        try visitor.member("received", &received)
    }
}
