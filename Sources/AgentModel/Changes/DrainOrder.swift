public import MobileIPv4

/// An operator's order to a home agent to move its nodes to other home agents (RFC 4433).
///
/// The agent redirects requests for any home agent of nodes without a binding, and denies those that name the agent itself (129). It revokes
/// the bindings of nodes that have asked for any home agent, if their other ends can be informed. Other bindings last until
/// they end, and can be renewed.
public struct DrainOrder: Hashable, Sendable {
    /// Where nodes are sent: 1 to 16 unicast addresses, each once.
    public var homeAgents: [IPv4Address]
    /// What revocations and denials say (RFC 4917): 1 to 254 bytes of UTF-8 on one line, or empty for nothing.
    public var text: String

    /// The most home agents of an order.
    public static let homeAgentLimit = 16

    public init(homeAgents: [IPv4Address], text: String = "") {
        self.homeAgents = homeAgents
        self.text = text
    }

    /// Checks the home agents and the text.
    ///
    /// - Throws: `invalidValue`; `index` is 0.
    public func check() throws(ChangeRefusal) {
        guard (1...Self.homeAgentLimit).contains(homeAgents.count) else {
            throw Self.refusal(of: "\(homeAgents.count) home agents are given; expected 1 to \(Self.homeAgentLimit)")
        }
        var seen: Set<IPv4Address> = []
        for address in homeAgents {
            guard address != .zero, address.rawValue >> 28 < 0xE else {
                throw Self.refusal(of: "\(address) is not a unicast address")
            }
            guard seen.insert(address).inserted else {
                throw Self.refusal(of: "\(address) is given twice; expected each home agent once")
            }
        }
        if !text.isEmpty { try OperatorText.check(text) }
    }

    private static func refusal(of reason: String) -> ChangeRefusal {
        ChangeRefusal(index: 0, field: "homeAgents", problem: .invalidValue, reason: reason)
    }
}

extension DrainOrder: Codable {
    private enum Member: String, CodingKey, CaseIterable {
        case homeAgents, text
    }

    /// Refuses members that it does not know, which could limit the order, and null.
    public init(from decoder: any Decoder) throws {
        let members = try decoder.orderMembers(Member.self)
        self.init(
            homeAgents: try members.decode([IPv4Address].self, forKey: .homeAgents),
            text: try members.decodeIfPresent(String.self, forKey: .text) ?? "")
    }

    public func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode(homeAgents, forKey: .homeAgents)
        if !text.isEmpty { try members.encode(text, forKey: .text) }
    }
}
