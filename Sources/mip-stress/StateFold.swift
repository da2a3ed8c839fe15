import AgentModel
import MobileIPv4

/// The state of a reader that applies every change as it is published. It must always equal a snapshot.
struct StateFold: Equatable {
    var information: AgentInformation?
    var bindings: [BindingKey: Binding] = [:]
    var visitors: [VisitorKey: Visitor] = [:]
    var pending: [PendingRegistrationKey: PendingRegistration] = [:]
    var associations: [SecurityAssociationKey: SecurityAssociation] = [:]
    var violations: [PeerIdentity: SecurityViolation] = [:]
    var mobileNodes: [IPv4Address: MobileNodeService] = [:]
    var exchanges: [ExchangeKey: Exchange] = [:]
    var extensionUses: [ExtensionUseKey: ExtensionUse] = [:]

    /// Applies a change.
    ///
    /// - Throws: a finding for the removal of a row that is not there, and for a change that no home or foreign agent's engine makes.
    mutating func apply(_ change: StateChange) throws(Finding) {
        switch change {
        case .information(let row): information = row
        case .binding(let row): bindings[row.key] = row
        case .bindingRemoved(let key, _): try Self.remove(key, from: &bindings)
        case .visitor(let row): visitors[row.key] = row
        case .visitorRemoved(let key, _): try Self.remove(key, from: &visitors)
        case .pending(let row): pending[row.key] = row
        case .pendingRemoved(let key): try Self.remove(key, from: &pending)
        case .association(let row): associations[row.key] = row
        case .associationRemoved(let key): try Self.remove(key, from: &associations)
        case .violation(let row): violations[row.key] = row
        case .violationRemoved(let key): try Self.remove(key, from: &violations)
        case .mobileNode(let row): mobileNodes[row.key] = row
        case .mobileNodeRemoved(let key): try Self.remove(key, from: &mobileNodes)
        case .exchange(let row): exchanges[row.key] = row
        case .exchangeRemoved(let key): try Self.remove(key, from: &exchanges)
        case .extensionUse(let row): extensionUses[row.key] = row
        case .counters, .event: break
        default: throw Finding("the engine published a change that only a daemon or a node makes: \(change)")
        }
    }

    private static func remove<Key: Hashable, Row>(_ key: Key, from rows: inout [Key: Row]) throws(Finding) {
        guard rows.removeValue(forKey: key) != nil else { throw Finding("removed a row that was never published: \(key)") }
    }

    /// What is wrong with the published uses of extensions, compared with a snapshot; nil for nothing. A row that changes is
    /// published at most once a second, so that the snapshot may be ahead.
    func problem(withUsesIn snapshot: StateFold) -> String? {
        let rows = snapshot.extensionUses
        guard Set(rows.keys) == Set(extensionUses.keys) else {
            return "the uses of extensions differ: published \(extensionUses.keys), snapshot \(rows.keys)"
        }
        guard rows.keys.count(where: { $0.vendor != ExtensionUse.others.vendor }) <= ExtensionUse.rowLimit else {
            return "\(rows.count) rows name the extensions that they count"
        }
        for (key, row) in rows {
            guard row.seen == row.accepted + row.skipped + row.refused else { return "a use does not add up: \(row)" }
            guard let published = extensionUses[key], published.seen <= row.seen, published.accepted <= row.accepted,
                published.skipped <= row.skipped, published.refused <= row.refused
            else { return "the use \(row) was published with more than was counted" }
        }
        return nil
    }

    /// The first table that differs, with the rows that only one side has.
    func difference(from snapshot: StateFold) -> String? {
        let tables = [
            Self.difference("bindings", bindings, snapshot.bindings), Self.difference("visitors", visitors, snapshot.visitors),
            Self.difference("pending", pending, snapshot.pending),
            Self.difference("associations", associations, snapshot.associations),
            Self.difference("violations", violations, snapshot.violations),
            Self.difference("mobileNodes", mobileNodes, snapshot.mobileNodes),
            Self.difference("exchanges", exchanges, snapshot.exchanges),
        ]
        if let difference = tables.compactMap({ $0 }).first { return difference }
        return information == snapshot.information ? nil : "information differs: \(String(describing: information))"
    }

    private static func difference<Key: Hashable, Row: Equatable>(
        _ table: String, _ folded: [Key: Row], _ rows: [Key: Row]
    ) -> String? {
        guard folded != rows else { return nil }
        let only = folded.filter { rows[$0.key] != $0.value }.values
        let missing = rows.filter { folded[$0.key] != $0.value }.values
        return "\(table) differ: published \(Array(only)), snapshot \(Array(missing))"
    }
}
