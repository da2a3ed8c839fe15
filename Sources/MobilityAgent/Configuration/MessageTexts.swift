import AgentModel
public import MobileIPv4

/// The texts that an agent adds to Registration Replies for the users of mobile nodes (RFC 4917).
///
/// The texts of the realm of the node's identifier come first, then those of the networks that contain its home address, the
/// longest prefix first, then those for every node. The first of them that has a text for the reply determines it, whether by the
/// code or by the kind of outcome.
public struct MessageTexts: Hashable, Sendable {
    /// The texts for nodes whose home address is in a network.
    public struct OfNetwork: Hashable, Sendable {
        /// The network.
        public let network: IPv4Prefix
        /// Its texts.
        public let replies: ReplyTexts

        /// - Parameter network: contains the home addresses.
        public init(_ network: IPv4Prefix, _ replies: ReplyTexts) {
            self.network = network
            self.replies = replies
        }
    }

    /// The texts for nodes whose identifier is in a realm.
    public struct OfRealm: Hashable, Sendable {
        /// The realm.
        public let realm: Realm
        /// Its texts.
        public let replies: ReplyTexts

        /// - Parameter realm: that of the identifiers.
        public init(_ realm: Realm, _ replies: ReplyTexts) {
            self.realm = realm
            self.replies = replies
        }
    }

    /// The texts for every node.
    public let replies: ReplyTexts
    /// The texts by network, each network once.
    public let networks: [OfNetwork]
    /// The texts by realm, each realm once.
    public let realms: [OfRealm]
    /// True when no reply gets a text.
    public let isEmpty: Bool
    private let byNetwork: [IPv4Prefix: ReplyTexts]
    private let byRealm: [Realm: ReplyTexts]
    /// The prefix lengths that occur in `byNetwork`, the longest first.
    private let lengths: [Int]

    /// Without arguments, no reply gets a text.
    public init(replies: ReplyTexts = ReplyTexts(), networks: [OfNetwork] = [], realms: [OfRealm] = []) {
        self.replies = replies
        self.networks = networks
        self.realms = realms
        isEmpty =
            replies.isEmpty && networks.allSatisfy { $0.replies.isEmpty } && realms.allSatisfy { $0.replies.isEmpty }
        byNetwork = Dictionary(networks.map { ($0.network, $0.replies) }) { first, _ in first }
        byRealm = Dictionary(realms.map { ($0.realm, $0.replies) }) { first, _ in first }
        lengths = Set(networks.map(\.network.length)).sorted(by: >)
    }

    /// The text for a reply with this code to the node with this home address and identifier; nil for none.
    ///
    /// - Parameter isDeregistration: whether the reply answers a request with lifetime 0.
    public func text(
        for code: ReplyCode, isDeregistration: Bool = false, homeAddress: IPv4Address, nai: NetworkAccessIdentifier?
    ) -> String? {
        if isEmpty { return nil }
        if !byRealm.isEmpty, let realm = nai.flatMap({ Realm(of: $0) }),
            let text = byRealm[realm]?.text(for: code, isDeregistration: isDeregistration)
        {
            return text
        }
        for length in lengths {
            guard let prefix = IPv4Prefix(containing: homeAddress, length: length) else { continue }
            if let text = byNetwork[prefix]?.text(for: code, isDeregistration: isDeregistration) { return text }
        }
        return replies.text(for: code, isDeregistration: isDeregistration)
    }

    /// What is wrong with the texts of an agent in this role.
    func problems(at path: String, of role: AgentRole) -> [ConfigurationProblem] {
        var problems = replies.problems(at: path + ".replies", of: role)
        func check(_ path: String, _ isNew: Bool, _ value: String, _ expected: String, _ replies: ReplyTexts) {
            if !isNew { problems.append(ConfigurationProblem(path: path, value: value, expected: expected)) }
            if replies.isEmpty {
                problems.append(ConfigurationProblem(path: path + ".replies", value: "none", expected: "at least one text"))
            }
            problems += replies.problems(at: path + ".replies", of: role)
        }
        var seenNetworks: Set<IPv4Prefix> = []
        for (index, entry) in networks.enumerated() {
            check(
                "\(path).networks[\(index)]", seenNetworks.insert(entry.network).inserted, "\(entry.network)",
                "each network only once", entry.replies)
        }
        var seenRealms: Set<Realm> = []
        for (index, entry) in realms.enumerated() {
            check(
                "\(path).realms[\(index)]", seenRealms.insert(entry.realm).inserted, "\(entry.realm)", "each realm only once",
                entry.replies)
        }
        return problems
    }
}
