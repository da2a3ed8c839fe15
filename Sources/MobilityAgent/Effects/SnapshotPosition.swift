import AgentModel

/// The progress of a snapshot. The value is meaningful only to the agent.
public struct SnapshotPosition: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt64
    public init(rawValue: UInt64) { self.rawValue = rawValue }
}

/// The tables in snapshot order, and the next slot of the current one.
struct SnapshotCursor {
    enum Table: UInt64, CaseIterable {
        case agent, associations, bindings, visitors, pending, violations, mobileNodes, exchanges, extensionUses

        /// The topics of its rows.
        var topics: Set<ControlTopic> {
            switch self {
            case .agent: [.information, .counters]
            case .associations: [.associations]
            case .bindings: [.bindings]
            case .visitors: [.visitors]
            case .pending: [.pendingRegistrations]
            case .violations: [.violations]
            case .mobileNodes: [.mobileNodes]
            case .exchanges: [.exchanges]
            case .extensionUses: [.extensionUses]
            }
        }
    }

    var table: Table
    var slot: Int

    /// The start of a snapshot, or the position at which to resume; nil for a position that no snapshot has returned.
    init?(_ position: SnapshotPosition?) {
        guard let position else {
            table = .agent
            slot = 0
            return
        }
        guard let table = Table(rawValue: position.rawValue >> 48) else { return nil }
        self.table = table
        slot = Int(position.rawValue & 0xFFFF_FFFF_FFFF)
    }

    var position: SnapshotPosition { SnapshotPosition(rawValue: table.rawValue << 48 | UInt64(slot)) }
}
