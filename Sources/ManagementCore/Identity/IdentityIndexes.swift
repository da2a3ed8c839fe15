public import AgentModel
public import MobileIPv4

/// A row's place in the order by entity identity. The rest of the row's key distinguishes rows of the same identity.
public struct IdentityKey<Rest: Hashable & Comparable & Sendable>: Hashable, Comparable, Sendable {
    /// The entity the row is about.
    public let identity: EntityIdentity
    /// What distinguishes rows of one identity.
    public let rest: Rest

    public init(_ identity: EntityIdentity, _ rest: Rest) {
        self.identity = identity
        self.rest = rest
    }

    public static func < (a: Self, b: Self) -> Bool {
        if a.identity < b.identity { return true }
        return b.identity < a.identity ? false : a.rest < b.rest
    }
}

/// Indexes of an agent's rows: in the order in which MIP-MIB walks them, where that differs from the order of their keys, and of those
/// rows that have a value which others lack.
public struct IdentityIndexes: Sendable {
    /// Security associations by peer and SPI.
    public private(set) var associations = OrderedTable<IdentityKey<SecurityParameterIndex>, SecurityAssociationKey>()
    /// Those associations whose peer's clock is known.
    public private(set) var measuredAssociations = OrderedTable<IdentityKey<SecurityParameterIndex>, SecurityAssociationKey>()
    /// Offenders by identity. `rest` is the row's own key, since two identifiers may share an abbreviation.
    public private(set) var violations = OrderedTable<IdentityKey<PeerIdentity>, Void>()
    /// Visitors by identity, then by home address, then by source address.
    public private(set) var visitors = OrderedTable<IdentityKey<AddressPair>, VisitorKey>()
    /// Nodes for which a home agent keeps counters, by identity and home address.
    public private(set) var mobileNodes = OrderedTable<IdentityKey<IPv4Address>, Void>()
    /// Home addresses of the nodes that have ever been denied.
    public private(set) var deniedNodes = OrderedTable<IPv4Address, Void>()

    /// A pair of addresses, ordered by the first and then the second.
    public struct AddressPair: Hashable, Comparable, Sendable {
        /// The address compared first.
        public let first: IPv4Address
        /// The address compared if the first ones are equal.
        public let second: IPv4Address

        public init(_ first: IPv4Address, _ second: IPv4Address) {
            self.first = first
            self.second = second
        }

        public static func < (a: Self, b: Self) -> Bool { (a.first, a.second) < (b.first, b.second) }
    }

    /// Updates the indexes for a change, before it is applied to the tables.
    mutating func follow(_ change: StateChange, nodes: OrderedTable<IPv4Address, MobileNodeService>) {
        switch change {
        case .association(let row):
            let key = Self.key(of: row.key)
            Self.add(key, row.key, to: &associations)
            if row.use?.clockOffset == nil {
                measuredAssociations.remove(key)
            } else {
                Self.add(key, row.key, to: &measuredAssociations)
            }
        case .associationRemoved(let key):
            associations.remove(Self.key(of: key))
            measuredAssociations.remove(Self.key(of: key))
        case .violation(let row): Self.add(Self.key(of: row.key), (), to: &violations)
        case .violationRemoved(let key): violations.remove(Self.key(of: key))
        case .visitor(let row): Self.add(Self.key(of: row.key), row.key, to: &visitors)
        case .visitorRemoved(let key, _): visitors.remove(Self.key(of: key))
        case .mobileNode(let row): follow(nodes[row.key], row)
        case .mobileNodeRemoved(let key): follow(nodes[key], nil)
        default: break
        }
    }

    /// The only row whose identity is not part of its key: a node's identifier may become known later.
    private mutating func follow(_ old: MobileNodeService?, _ new: MobileNodeService?) {
        let (before, after) = (old.map(Self.key), new.map(Self.key))
        if let before, before != after { mobileNodes.remove(before) }
        if let after { Self.add(after, (), to: &mobileNodes) }
        if let old, old.recentDeniedCode != nil, new?.recentDeniedCode == nil { deniedNodes.remove(old.homeAddress) }
        if let new, new.recentDeniedCode != nil { Self.add(new.homeAddress, (), to: &deniedNodes) }
    }

    /// Changes nothing if the key is present: an update while a snapshot exists would copy a path of the tree.
    private static func add<Key, Row>(_ key: Key, _ row: Row, to table: inout OrderedTable<Key, Row>) {
        if table[key] == nil { table.update(row, forKey: key) }
    }

    private static func key(of key: SecurityAssociationKey) -> IdentityKey<SecurityParameterIndex> {
        IdentityKey(EntityIdentity(key.peer), key.spi)
    }

    private static func key(of offender: PeerIdentity) -> IdentityKey<PeerIdentity> {
        IdentityKey(EntityIdentity(offender), offender)
    }

    private static func key(of visitor: VisitorKey) -> IdentityKey<AddressPair> {
        IdentityKey(
            EntityIdentity(nai: visitor.nai, address: visitor.homeAddress),
            AddressPair(visitor.homeAddress, visitor.sourceAddress))
    }

    private static func key(of node: MobileNodeService) -> IdentityKey<IPv4Address> {
        IdentityKey(EntityIdentity(nai: node.nai, address: node.homeAddress), node.homeAddress)
    }
}

extension IdentityKey<IPv4Address> {
    /// The place of a pending request.
    public init(_ key: PendingRegistrationKey) {
        self.init(EntityIdentity(nai: key.nai, address: key.homeAddress), key.homeAddress)
    }
}
