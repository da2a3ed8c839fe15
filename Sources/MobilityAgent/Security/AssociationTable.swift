import AgentModel
import MobileIPv4

/// The associations of an agent with their use, each in a fixed slot. Recording a use takes constant time and allocates nothing.
struct AssociationTable {
    /// An association, with what is needed to make it again if an operator has made it.
    struct Row {
        var configured: ConfiguredSecurityAssociation
        /// The key of an association made by an operator; nil for one from the configuration.
        var secret: SecretOctets?
        var isReported = true
    }

    private(set) var rows = SlotTable<Row>()
    private var slots: [SecurityAssociationKey: Int] = [:]
    private var unpublished: [Int] = []

    /// Inserts the associations; returns them as the directories hold them.
    mutating func enter(_ associations: [ConfiguredSecurityAssociation]) -> [ConfiguredSecurityAssociation] {
        associations.map { put($0, secret: nil) }
    }

    func find(_ key: SecurityAssociationKey) -> Row? { slots[key].map { rows[$0] } }

    var count: Int { rows.count }

    /// Inserts an association, replacing one with the same key but keeping the record of its use; returns it with its slot.
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

    /// Records a message with the right authenticator, and the right identification if one was checked.
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

    /// True while there are rows whose use has not been published.
    var hasChanges: Bool { !unpublished.isEmpty }

    /// Returns rows whose use has changed, at most `limit`.
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

    /// Shifts every time by this many milliseconds.
    mutating func shiftTimes(by milliseconds: Int64) {
        for slot in 0..<rows.end where rows.contains(slot) {
            guard let time = rows[slot].configured.association.use?.lastUsed else { continue }
            rows[slot].configured.association.use?.lastUsed = time.adding(milliseconds: milliseconds)
        }
    }
}
