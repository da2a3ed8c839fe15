import AgentModel
import MobileIPv4

/// The associations of an agent, each in a slot that stays, with their use. Noting a use takes constant time and no memory.
struct AssociationTable {
    /// An association that an operator has made, with what is needed to make it again.
    struct Row {
        var configured: ConfiguredSecurityAssociation
        /// The key of one made by an operator; nil for one of the configuration.
        var secret: SecretOctets?
        var isReported = true
    }

    private(set) var rows = SlotTable<Row>()
    private var slots: [SecurityAssociationKey: Int] = [:]
    private var unpublished: [Int] = []

    /// Enters the associations; returns them as the directories hold them.
    mutating func enter(_ associations: [ConfiguredSecurityAssociation]) -> [ConfiguredSecurityAssociation] {
        associations.map { put($0, secret: nil) }
    }

    func find(_ key: SecurityAssociationKey) -> Row? { slots[key].map { rows[$0] } }

    var count: Int { rows.count }

    /// Puts an association in, in place of one with the same key, whose use it goes on with; returns it with its slot.
    @discardableResult
    mutating func put(_ configured: ConfiguredSecurityAssociation, secret: SecretOctets?) -> ConfiguredSecurityAssociation {
        var configured = configured
        if let slot = slots[configured.association.key] {
            configured.slot = slot
            configured.association.use = rows[slot].configured.association.use
            rows[slot].configured = configured
            rows[slot].secret = secret
        } else {
            let slot = rows.insert(Row(configured: configured, secret: secret))
            configured.slot = slot
            rows[slot].configured.slot = slot
            slots[configured.association.key] = slot
        }
        return configured
    }

    mutating func remove(_ key: SecurityAssociationKey) {
        guard let slot = slots.removeValue(forKey: key) else { return }
        rows.remove(slot)
    }

    // MARK: - Use

    /// A message with the right authenticator, and the right identification where one was checked.
    mutating func accept(_ slot: Int, at time: Timestamp, clockOffset: Int32? = nil) {
        note(slot, at: time) { use in
            use.accepted += 1
            if let clockOffset { use.clockOffset = clockOffset }
        }
    }

    mutating func failAuthentication(_ slot: Int, at time: Timestamp) {
        note(slot, at: time) { $0.authenticationFailures += 1 }
    }

    mutating func failReplay(_ slot: Int, at time: Timestamp, clockOffset: Int32?) {
        note(slot, at: time) { use in
            use.replayFailures += 1
            if let clockOffset { use.clockOffset = clockOffset }
        }
    }

    private mutating func note(_ slot: Int, at time: Timestamp, _ change: (inout AssociationUse) -> Void) {
        guard slot >= 0, slot < rows.end else { return }
        var use = rows[slot].configured.association.use ?? AssociationUse()
        change(&use)
        use.lastUsed = time
        rows[slot].configured.association.use = use
        guard rows[slot].isReported else { return }
        rows[slot].isReported = false
        unpublished.append(slot)
    }

    /// True while there are rows whose use was not told.
    var hasChanges: Bool { !unpublished.isEmpty }

    /// Hands out rows whose use has moved, at most `limit`.
    mutating func takeChanges(limit: Int) -> [StateChange] {
        let count = min(limit, unpublished.count)
        var changes: [StateChange] = []
        changes.reserveCapacity(count)
        for slot in unpublished.suffix(count) {
            rows[slot].isReported = true
            if rows.contains(slot) { changes.append(.association(rows[slot].configured.association)) }
        }
        unpublished.removeLast(count)
        return changes
    }
}
