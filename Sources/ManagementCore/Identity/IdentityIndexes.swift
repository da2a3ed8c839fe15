public import AgentModel
public import MobileIPv4

/// Indexes of an agent's rows: in the order in which MIP-MIB walks them, where that differs from the order of their keys, and of those
/// rows that have a value which others lack.
public struct IdentityIndexes: Sendable {
    /// Security associations by peer and SPI.
    public private(set) var associations = OrderedTable<IdentityKey<AssociationPlace>, Void>()
    /// Those associations whose peer's clock is known.
    public private(set) var measuredAssociations = OrderedTable<IdentityKey<AssociationPlace>, Void>()
    /// Offenders by identity.
    public private(set) var violations = OrderedTable<IdentityKey<PeerIdentity>, Void>()
    /// Visitors by identity, then by home address, then by source address.
    public private(set) var visitors = OrderedTable<IdentityKey<VisitorPlace>, Void>()
    /// Nodes for which a home agent keeps counters, by identity and home address.
    public private(set) var mobileNodes = OrderedTable<IdentityKey<IPv4Address>, Void>()
    /// Home addresses of the nodes that have ever been denied.
    public private(set) var deniedNodes = OrderedTable<IPv4Address, Void>()
    /// The totals of the identities of which several rows have been seen; the others have one row, which is their total.
    private var totals = OrderedTable<EntityIdentity, MobileNodeTotal>()

    /// What was done for an identity under all its home addresses; nil if it has only ever had one, whose row says it all.
    public func total(of identity: EntityIdentity) -> MobileNodeTotal? { totals.isEmpty ? nil : totals[identity] }

    /// The association with this identity and SPI; the first if several identifiers have the same abbreviation.
    public func association(of identity: EntityIdentity, spi: SecurityParameterIndex) -> SecurityAssociationKey? {
        let found = associations.first(whereKey: { place in
            identity < place.identity || identity == place.identity && spi <= place.rest.key.spi
        })
        guard let place = found?.key, place.identity == identity, place.rest.key.spi == spi else { return nil }
        return place.rest.key
    }

    /// Updates the indexes for a change, before it is applied to the tables.
    ///
    /// - Parameter time: the agent's clock when it sent the change.
    mutating func follow(_ change: StateChange, nodes: OrderedTable<IPv4Address, MobileNodeService>, at time: Timestamp) {
        switch change {
        case .association(let row):
            let key = IdentityKey(row.key)
            Self.add(key, to: &associations)
            if row.use?.clockOffset == nil {
                measuredAssociations.remove(key)
            } else {
                Self.add(key, to: &measuredAssociations)
            }
        case .associationRemoved(let key):
            associations.remove(IdentityKey(key))
            measuredAssociations.remove(IdentityKey(key))
        case .violation(let row): Self.add(IdentityKey(row.key), to: &violations)
        case .violationRemoved(let key): violations.remove(IdentityKey(key))
        case .visitor(let row): Self.add(IdentityKey(row.key), to: &visitors)
        case .visitorRemoved(let key, _): visitors.remove(IdentityKey(key))
        case .mobileNode(let row): follow(nodes[row.key], row, nodes, at: time)
        case .mobileNodeRemoved(let key): follow(nodes[key], nil, nodes, at: time)
        default: break
        }
    }

    /// The only row whose identity is not part of its key: a node's identifier may become known later.
    private mutating func follow(
        _ old: MobileNodeService?, _ new: MobileNodeService?, _ nodes: OrderedTable<IPv4Address, MobileNodeService>,
        at time: Timestamp
    ) {
        let (before, after) = (old.map(IdentityKey.init), new.map(IdentityKey.init))
        if let old, let new, let after, before == after {
            if new.isNewRow(after: old), total(of: after.identity) == nil { totals[after.identity] = MobileNodeTotal(old) }
            change(after.identity) { $0.replace(old, with: new, at: time) }
        } else {
            if let old, let before { remove(old, at: before, time) }
            if let new, let after { add(new, at: after, nodes) }
        }
        if let old, old.recentDeniedCode != nil, new?.recentDeniedCode == nil { deniedNodes.remove(old.homeAddress) }
        if let new, new.recentDeniedCode != nil { Self.add(new.homeAddress, to: &deniedNodes) }
    }

    private mutating func add(
        _ row: MobileNodeService, at key: IdentityKey<IPv4Address>, _ nodes: OrderedTable<IPv4Address, MobileNodeService>
    ) {
        if let other = mobileNodes.ceiling(IdentityKey(key.identity, .zero))?.key, other.identity == key.identity,
            let first = nodes[other.rest]
        {
            var total = total(of: key.identity) ?? MobileNodeTotal(first)
            total.add(row)
            totals[key.identity] = total
        }
        mobileNodes.update((), forKey: key)
    }

    private mutating func remove(_ row: MobileNodeService, at key: IdentityKey<IPv4Address>, _ time: Timestamp) {
        mobileNodes.remove(key)
        change(key.identity) { $0.remove(row, at: time) }
        // The last row of an identity takes its total with it.
        if total(of: key.identity)?.addresses == 0 { totals.remove(key.identity) }
    }

    private mutating func change(_ identity: EntityIdentity, _ change: (inout MobileNodeTotal) -> Void) {
        guard var total = total(of: identity) else { return }
        change(&total)
        totals[identity] = total
    }

    /// Takes over, from an earlier snapshot of the same run of an agent, what was counted in rows that no longer exist or began anew, so
    /// that no total goes back.
    ///
    /// - Parameter time: the agent's clock now. Service whose end was not reported counts until then.
    mutating func inherit(from past: PastNodes, nodes: OrderedTable<IPv4Address, MobileNodeService>, at time: Timestamp) {
        for (identity, old) in past.identities.totals {
            guard var total = totalOrRow(of: identity, nodes) else { continue }
            total.inherit(old, isContinuous: isServed(identity, in: nodes, as: past))
            totals[identity] = total
        }
        for (address, old) in past.rows {
            if let new = nodes[address], new.nai == old.nai, !new.isNewRow(after: old) { continue }
            let identity = IdentityKey(old).identity
            guard var total = totalOrRow(of: identity, nodes) else { continue }
            total.inherit(old, at: time)
            totals[identity] = total
        }
    }

    /// Moves the times of all totals, because the agent's clock was set.
    mutating func shiftTimes(by step: Int64) { totals.changeRows { $0.shiftTimes(by: step) } }

    private func totalOrRow(
        of identity: EntityIdentity, _ nodes: OrderedTable<IPv4Address, MobileNodeService>
    ) -> MobileNodeTotal? {
        guard let key = mobileNodes.ceiling(IdentityKey(identity, .zero))?.key, key.identity == identity else { return nil }
        return total(of: identity) ?? nodes[key.rest].map { MobileNodeTotal($0) }
    }

    /// Whether a service of an identity has lasted since the earlier snapshot.
    private func isServed(
        _ identity: EntityIdentity, in nodes: OrderedTable<IPv4Address, MobileNodeService>, as past: PastNodes
    ) -> Bool {
        for (key, _) in mobileNodes.rows(from: IdentityKey(identity, .zero)) {
            guard key.identity == identity else { break }
            guard let since = nodes[key.rest]?.servingSince, past.identities.mobileNodes[key] != nil else { continue }
            if past.rows[key.rest]?.servingSince == since { return true }
        }
        return false
    }

    /// Changes nothing if the key is present: an update while a snapshot exists would copy a path of the tree.
    private static func add<Key>(_ key: Key, to table: inout OrderedTable<Key, Void>) {
        if table[key] == nil { table.update((), forKey: key) }
    }
}

/// The nodes of a home agent at an earlier time. Taking them copies nothing.
struct PastNodes: Sendable {
    var rows: OrderedTable<IPv4Address, MobileNodeService>
    var identities: IdentityIndexes

    /// Moves all times, because the agent's clock was set.
    mutating func shiftTimes(by step: Int64) {
        rows.shiftTimes(by: step)
        identities.shiftTimes(by: step)
    }
}
