public import MobileIPv4

/// An operator's order to send a text to mobile nodes, foreign agents or home agents (RFC 6098, RFC 4917).
///
/// A home agent writes to the nodes of its bindings and to the foreign agents through which they are registered; a foreign agent to
/// its visitors and to their home agents. A mobile node writes to its home agent and its foreign agent, about itself: `homeAddresses` and
/// `nai` do not apply. An agent that is both does both.
public struct NotificationOrder: Hashable, Sendable {
    /// The role of those who get the text.
    public var to: AgentRole
    /// Only nodes with a home address in this prefix, or the agents that serve them; nil for all.
    public var homeAddresses: IPv4Prefix?
    /// Only the node with this NAI, or the agent that serves it; `@` and a realm for all nodes of the realm; nil for all.
    public var nai: NetworkAccessIdentifier?
    /// The text: 1 to 254 bytes of UTF-8 on one line, without control characters and such that change the writing direction.
    public var text: String
    /// Whether each receiver must acknowledge the text (A). If not, it is sent only once.
    public var acknowledged: Bool

    public init(
        to: AgentRole, homeAddresses: IPv4Prefix? = nil, nai: NetworkAccessIdentifier? = nil, text: String,
        acknowledged: Bool = true
    ) {
        self.to = to
        self.homeAddresses = homeAddresses
        self.nai = nai
        self.text = text
        self.acknowledged = acknowledged
    }

    /// Whether a registration of this home address and NAI is among those that the order is about.
    public func covers(_ homeAddress: IPv4Address, nai: NetworkAccessIdentifier?) -> Bool {
        (homeAddresses?.contains(homeAddress) ?? true) && names(nai)
    }

    /// Whether the order is about all nodes of a realm.
    public var isOfRealm: Bool { nai?.octets.first == UInt8(ascii: "@") }

    private func names(_ other: NetworkAccessIdentifier?) -> Bool {
        guard let nai, nai != other else { return true }
        guard isOfRealm, let other, let start = other.realmStart else { return false }
        return other.octets[start...].elementsEqual(nai.octets.dropFirst()) { ASCIICase.small($0) == ASCIICase.small($1) }
    }

    /// Checks the text.
    ///
    /// - Throws: `invalidValue`; `index` is 0.
    public func check() throws(ChangeRefusal) {
        try OperatorText.check(text)
    }
}

extension NotificationOrder: Codable {
    private enum Member: String, CodingKey {
        case to, homeAddresses, nai, text, acknowledged
    }

    /// `acknowledged` is true if it is absent.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        self.init(
            to: try members.decode(AgentRole.self, forKey: .to),
            homeAddresses: try members.decodeIfPresent(IPv4Prefix.self, forKey: .homeAddresses),
            nai: try members.decodeIfPresent(NetworkAccessIdentifier.self, forKey: .nai),
            text: try members.decode(String.self, forKey: .text),
            acknowledged: try members.decodeIfPresent(Bool.self, forKey: .acknowledged) ?? true)
    }

    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode(to, forKey: .to)
        try members.encodeIfPresent(homeAddresses, forKey: .homeAddresses)
        try members.encodeIfPresent(nai, forKey: .nai)
        try members.encode(text, forKey: .text)
        try members.encode(acknowledged, forKey: .acknowledged)
    }
}
