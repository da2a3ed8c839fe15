public import JSON
public import MobileIPv4

/// What is exchanged.
public enum ExchangeKind: String, Hashable, Sendable, CaseIterable, Codable {
    /// A Registration Revocation and its acknowledgment (RFC 3543).
    case revocation
    /// A Generic Notification and its acknowledgment (RFC 6098).
    case notification
}

/// How far an exchange has got.
public enum ExchangeState: String, Hashable, Sendable, CaseIterable, Codable {
    /// Sent, or about to be sent; not acknowledged yet.
    case waiting
    /// Acknowledged by the peer.
    case acknowledged
    /// Answered by the peer with a code that refuses it.
    case refused
    /// Given up: every try was in vain, or what it is about has expired.
    case unanswered
    /// Sent by the peer, and acknowledged by this agent where that was requested.
    case received
    /// Not acknowledged before the registration was made anew, which made the message meaningless.
    case superseded
    /// Sent by this agent, which has not asked for an acknowledgment.
    case sent
}

/// The key of an exchange: its number.
public struct ExchangeKey: Hashable, Sendable, Comparable, Codable {
    /// Counts the exchanges of a daemon since its start, from 1.
    public var number: UInt32

    public init(number: UInt32) { self.number = number }

    public static func < (a: Self, b: Self) -> Bool { a.number < b.number }
}

/// A message other than a registration that one side sends and the other acknowledges: a revocation or a notification. An agent remembers
/// the latest that have ended.
public struct Exchange: Hashable, Sendable, Codable {
    /// Counts the exchanges of a daemon since its start, from 1.
    public var number: UInt32
    /// What is exchanged.
    public var kind: ExchangeKind
    /// The role of this daemon in it.
    public var role: AgentRole
    /// The address of the peer.
    public var peer: IPv4Address
    /// The role of the peer.
    public var peerRole: AgentRole
    /// The mobile node's home address.
    public var homeAddress: IPv4Address
    /// The mobile node's NAI, if it is known by one.
    public var nai: NetworkAccessIdentifier?
    /// The home agent.
    public var homeAgent: IPv4Address
    /// The care-of address.
    public var careOfAddress: IPv4Address
    /// How far it has got.
    public var state: ExchangeState
    /// How many times the message was sent; received messages count their copies.
    public var tries: UInt32
    /// When it began.
    public var started: Timestamp
    /// When the message is sent again; nil when it is not.
    public var nextTry: Timestamp?
    /// When it ended; nil while it waits.
    public var ended: Timestamp?
    /// Milliseconds from the first copy of the message to its acknowledgment; nil without one.
    public var delay: UInt32?
    /// The code in the acknowledgment of a notification.
    public var code: UInt8?
    /// Why the registration ended, for a revocation that this agent has sent.
    public var reason: EndReason?
    /// Whether the mobile node was or is to be informed of a revocation.
    public var informsNode: Bool
    /// The text in the message; empty without one.
    public var text: String

    public init(
        number: UInt32, kind: ExchangeKind, role: AgentRole, peer: IPv4Address, peerRole: AgentRole, homeAddress: IPv4Address,
        nai: NetworkAccessIdentifier? = nil, homeAgent: IPv4Address, careOfAddress: IPv4Address, state: ExchangeState,
        tries: UInt32 = 0, started: Timestamp, nextTry: Timestamp? = nil, ended: Timestamp? = nil, delay: UInt32? = nil,
        code: UInt8? = nil, reason: EndReason? = nil, informsNode: Bool = false, text: String = ""
    ) {
        self.number = number
        self.kind = kind
        self.role = role
        self.peer = peer
        self.peerRole = peerRole
        self.homeAddress = homeAddress
        self.nai = nai
        self.homeAgent = homeAgent
        self.careOfAddress = careOfAddress
        self.state = state
        self.tries = tries
        self.started = started
        self.nextTry = nextTry
        self.ended = ended
        self.delay = delay
        self.code = code
        self.reason = reason
        self.informsNode = informsNode
        self.text = text
    }

    /// Identifies this exchange among all others of the daemon.
    public var key: ExchangeKey { ExchangeKey(number: number) }
}

extension ExchangeKey: Record {
    public static var typeName: String { "ExchangeRemoved" }

    public static var blank: ExchangeKey { ExchangeKey(number: 0) }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("number", &number)
    }
}

extension Exchange: Record {
    public static var blank: Exchange {
        Exchange(
            number: 0, kind: .revocation, role: .homeAgent, peer: .zero, peerRole: .foreignAgent, homeAddress: .zero,
            homeAgent: .zero, careOfAddress: .zero, state: .waiting, started: .blank)
    }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("number", &number)
        try visitor.member("kind", &kind)
        try visitor.member("role", &role)
        try visitor.member("peer", &peer)
        try visitor.member("peerRole", &peerRole)
        try visitor.member("homeAddress", &homeAddress)
        try visitor.member("nai", &nai)
        try visitor.member("homeAgent", &homeAgent)
        try visitor.member("careOfAddress", &careOfAddress)
        try visitor.member("state", &state)
        try visitor.member("tries", &tries)
        try visitor.member("started", &started)
        try visitor.member("nextTry", &nextTry)
        try visitor.member("ended", &ended)
        try visitor.member("delay", &delay)
        try visitor.member("code", &code)
        try visitor.member("reason", &reason)
        try visitor.member("informsNode", &informsNode)
        try visitor.member("text", &text)
    }
}
