import AgentModel

/// How far a snapshot has come. Its value means something to the agent only.
public struct SnapshotPosition: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt64
    public init(rawValue: UInt64) { self.rawValue = rawValue }
}

/// The tables in the order of a snapshot, with the next slot of the one under way.
struct SnapshotCursor {
    enum Table: UInt64, CaseIterable {
        case agent, associations, bindings, visitors, pending, violations, mobileNodes

        /// What its rows are about.
        var topics: Set<ControlTopic> {
            switch self {
            case .agent: [.information, .counters]
            case .associations: [.associations]
            case .bindings: [.bindings]
            case .visitors: [.visitors]
            case .pending: [.pendingRegistrations]
            case .violations: [.violations]
            case .mobileNodes: [.mobileNodes]
            }
        }
    }

    var table: Table
    var slot: Int

    /// Where a snapshot begins, or goes on; nil for a position no snapshot has given.
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
