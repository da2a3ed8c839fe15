public import JSON
public import MobileIPv4

/// A home agent that moves its nodes to other home agents (RFC 4433), by order of an operator (`DrainOrder`).
public struct DrainStatus: Hashable, Sendable, Codable {
    /// When the agent began.
    public var since: Timestamp
    /// Where it sends nodes, in the order's order.
    public var homeAgents: [IPv4Address]
    /// Requests that it has redirected since.
    public var redirected: UInt64
    /// What revocations and denials say (RFC 4917); empty for nothing.
    public var text: String
    /// The bindings that the agent still has.
    public var bindings: UInt64
    /// Those of `bindings` that can be moved. While the agent has not looked at all of its bindings yet, those not looked at count here.
    public var movableBindings: UInt64

    public init(
        since: Timestamp, homeAgents: [IPv4Address], redirected: UInt64 = 0, text: String = "", bindings: UInt64 = 0,
        movableBindings: UInt64 = 0
    ) {
        self.since = since
        self.homeAgents = homeAgents
        self.redirected = redirected
        self.text = text
        self.bindings = bindings
        self.movableBindings = movableBindings
    }
}

extension DrainStatus: Record {
    public static var blank: DrainStatus { DrainStatus(since: .blank, homeAgents: []) }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("since", &since)
        try visitor.member("homeAgents", &homeAgents)
        try visitor.member("redirected", &redirected)
        try visitor.member("text", &text)
        try visitor.member("bindings", &bindings)
        try visitor.member("movableBindings", &movableBindings)
    }
}
