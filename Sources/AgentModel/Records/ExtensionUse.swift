public import JSON
public import MobileIPv4

/// The key of a use of extensions.
public struct ExtensionUseKey: Hashable, Sendable, Comparable, Codable {
    /// The role in which the daemon received them.
    public var role: AgentRole
    /// The extension type: 38 or 134 for vendor extensions, 127 or 255 for experimental ones; 0 for experimental messages.
    public var type: UInt8
    /// The vendor; 0 for what is experimental.
    public var vendor: UInt32
    /// The vendor's type, or the subtype of what is experimental.
    public var number: UInt16

    public init(role: AgentRole, type: UInt8, vendor: UInt32, number: UInt16) {
        self.role = role
        self.type = type
        self.vendor = vendor
        self.number = number
    }

    /// Roles in the order of `AgentRole`.
    public static func < (a: Self, b: Self) -> Bool {
        (a.rank, a.type, a.vendor, a.number) < (b.rank, b.type, b.vendor, b.number)
    }

    private var rank: Int {
        switch role {
        case .mobileNode: 0
        case .foreignAgent: 1
        case .homeAgent: 2
        }
    }
}

/// What a daemon has done with vendor extensions of one kind (RFC 3115), or with experimental extensions or messages of one subtype (RFC
/// 4064), since its start.
///
/// A daemon has at most `rowLimit` rows. What comes beyond that is counted in the row of its role and type with the vendor and number of
/// `ExtensionUse.others`. Rows are never removed.
public struct ExtensionUse: Hashable, Sendable, Codable {
    /// The role in which the daemon received them.
    public var role: AgentRole
    /// The extension type: 38 or 134 for vendor extensions, 127 or 255 for experimental ones; 0 for experimental messages.
    public var type: UInt8
    /// The vendor; 0 for what is experimental.
    public var vendor: UInt32
    /// The vendor's type, or the subtype of what is experimental.
    public var number: UInt16
    /// Whether the daemon's configuration says what to do with them.
    public var isKnown: Bool
    /// How many it has received.
    public var seen: UInt64
    /// Of these, those that it has acted on.
    public var accepted: UInt64
    /// Of these, those that it has passed over.
    public var skipped: UInt64
    /// Of these, those for which it has refused or dropped the message.
    public var refused: UInt64
    /// IP source address of the latest message with one.
    public var lastSource: IPv4Address
    /// When that message arrived.
    public var lastSeen: Timestamp

    /// The most rows that name what they count.
    public static let rowLimit = 256
    /// The vendor and number of the rows for all others.
    public static let others: (vendor: UInt32, number: UInt16) = (.max, .max)

    public init(
        role: AgentRole, type: UInt8, vendor: UInt32, number: UInt16, isKnown: Bool = false, seen: UInt64 = 0,
        accepted: UInt64 = 0, skipped: UInt64 = 0, refused: UInt64 = 0, lastSource: IPv4Address, lastSeen: Timestamp
    ) {
        self.role = role
        self.type = type
        self.vendor = vendor
        self.number = number
        self.isKnown = isKnown
        self.seen = seen
        self.accepted = accepted
        self.skipped = skipped
        self.refused = refused
        self.lastSource = lastSource
        self.lastSeen = lastSeen
    }

    /// Identifies this row among all others.
    public var key: ExtensionUseKey { ExtensionUseKey(role: role, type: type, vendor: vendor, number: number) }
}

extension ExtensionUse: Record {
    public static var blank: ExtensionUse {
        ExtensionUse(role: .homeAgent, type: 0, vendor: 0, number: 0, lastSource: .zero, lastSeen: .blank)
    }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("role", &role)
        try visitor.member("type", &type)
        try visitor.member("vendor", &vendor)
        try visitor.member("number", &number)
        try visitor.member("isKnown", &isKnown)
        try visitor.member("seen", &seen)
        try visitor.member("accepted", &accepted)
        try visitor.member("skipped", &skipped)
        try visitor.member("refused", &refused)
        try visitor.member("lastSource", &lastSource)
        try visitor.member("lastSeen", &lastSeen)
    }
}
