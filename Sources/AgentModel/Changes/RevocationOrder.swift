public import MobileIPv4

/// An operator's order to end registrations: bindings at a home agent, visits at a foreign agent. The other end of each is informed
/// where both have agreed on that (RFC 3543).
///
/// Each condition limits the order; without any, it is about all registrations of the agent. Requests that wait for their first reply
/// are no registrations yet.
public struct RevocationOrder: Hashable, Sendable {
    /// Only bindings for `homeAgent`, only visits for `foreignAgent`; nil for both.
    public var role: AgentRole?
    /// Only those with a home address in this prefix; nil for all.
    public var homeAddresses: IPv4Prefix?
    /// Only those of the node with this NAI; nil for all.
    public var nai: NetworkAccessIdentifier?
    /// Only those with this care-of address, which a foreign agent shares among its visitors; nil for all.
    public var careOfAddress: IPv4Address?
    /// Only those at this home agent; nil for all.
    public var homeAgent: IPv4Address?
    /// What the revocations say to the other ends (RFC 4917): 1 to 254 bytes of UTF-8 on one line, or empty for nothing.
    public var text: String

    public init(
        role: AgentRole? = nil, homeAddresses: IPv4Prefix? = nil, nai: NetworkAccessIdentifier? = nil,
        careOfAddress: IPv4Address? = nil, homeAgent: IPv4Address? = nil, text: String = ""
    ) {
        self.role = role
        self.homeAddresses = homeAddresses
        self.nai = nai
        self.careOfAddress = careOfAddress
        self.homeAgent = homeAgent
        self.text = text
    }

    /// Whether this binding is among those that the order ends.
    public func covers(_ binding: Binding) -> Bool {
        covers(.homeAgent, binding.homeAddress, binding.nai, binding.careOfAddress, binding.homeAgent)
    }

    /// Whether this visit is among those that the order ends.
    public func covers(_ visitor: Visitor) -> Bool {
        visitor.state == .accepted
            && covers(.foreignAgent, visitor.homeAddress, visitor.nai, visitor.careOfAddress, visitor.homeAgent)
    }

    private func covers(
        _ role: AgentRole, _ homeAddress: IPv4Address, _ nai: NetworkAccessIdentifier?, _ careOfAddress: IPv4Address,
        _ homeAgent: IPv4Address
    ) -> Bool {
        (self.role ?? role) == role && (homeAddresses?.contains(homeAddress) ?? true)
            && (self.careOfAddress ?? careOfAddress) == careOfAddress && (self.homeAgent ?? homeAgent) == homeAgent
            && (self.nai == nil || self.nai == nai)
    }

    /// Checks the role and the text.
    ///
    /// - Throws: `invalidValue`; `index` is 0.
    public func check() throws(ChangeRefusal) {
        if role == .mobileNode {
            throw ChangeRefusal(
                index: 0, field: "role", problem: .invalidValue,
                reason: "a mobile node is not revoked as such; expected homeAgent for bindings or foreignAgent for visits")
        }
        if !text.isEmpty { try OperatorText.check(text) }
    }
}

extension RevocationOrder: Codable {
    private enum Member: String, CodingKey, CaseIterable {
        case role, homeAddresses, nai, careOfAddress, homeAgent, text
    }

    /// Refuses members that it does not know, and null: each condition that is left out ends more registrations.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.orderMembers(Member.self)
        self.init(
            role: try members.decodeIfPresent(AgentRole.self, forKey: .role),
            homeAddresses: try members.decodeIfPresent(IPv4Prefix.self, forKey: .homeAddresses),
            nai: try members.decodeIfPresent(NetworkAccessIdentifier.self, forKey: .nai),
            careOfAddress: try members.decodeIfPresent(IPv4Address.self, forKey: .careOfAddress),
            homeAgent: try members.decodeIfPresent(IPv4Address.self, forKey: .homeAgent),
            text: try members.decodeIfPresent(String.self, forKey: .text) ?? "")
    }

    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encodeIfPresent(role, forKey: .role)
        try members.encodeIfPresent(homeAddresses, forKey: .homeAddresses)
        try members.encodeIfPresent(nai, forKey: .nai)
        try members.encodeIfPresent(careOfAddress, forKey: .careOfAddress)
        try members.encodeIfPresent(homeAgent, forKey: .homeAgent)
        if !text.isEmpty { try members.encode(text, forKey: .text) }
    }
}
