public import JSON
public import MobileIPv4

/// A foreign agent's error about a reply of the home agent, as a mobile node received it (RFC 4636).
public struct ReceivedError: Hashable, Sendable, Codable {
    /// What the foreign agent reports: a reply code of its range, 64 to 127.
    public var status: UInt8
    /// The code of the home agent's reply.
    public var code: UInt8
    /// The foreign agent.
    public var agentAddress: IPv4Address
    /// Whether an authenticator that the node has verified covers the error. Otherwise anyone on the way may have added it.
    public var isAuthenticated: Bool
    /// When it arrived.
    public var received: Timestamp

    public init(status: UInt8, code: UInt8, agentAddress: IPv4Address, isAuthenticated: Bool, received: Timestamp) {
        self.status = status
        self.code = code
        self.agentAddress = agentAddress
        self.isAuthenticated = isAuthenticated
        self.received = received
    }
}

extension ReceivedError: Record {
    public static var blank: ReceivedError {
        ReceivedError(status: 0, code: 0, agentAddress: .zero, isAuthenticated: false, received: .blank)
    }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("status", &status)
        try visitor.member("code", &code)
        try visitor.member("agentAddress", &agentAddress)
        try visitor.member("isAuthenticated", &isAuthenticated)
        try visitor.member("received", &received)
    }
}
