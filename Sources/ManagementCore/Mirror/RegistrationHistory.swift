public import AgentModel
import MobileIPv4

/// The bindings and visits of an agent that ended most recently, and how many ended for each reason.
///
/// Bounded: when it is full, a new row replaces the oldest.
public struct RegistrationHistory: Sendable {
    /// Rows kept by default (`mipExtHistoryLimit`).
    public static let usualLimit = 1000

    /// By home address, and for one home address in the order in which they ended, unless the index has wrapped around.
    public private(set) var rows = OrderedTable<EndedRegistrationKey, EndedRegistration>()
    /// The most rows kept.
    public private(set) var limit: Int
    /// Keys in the order in which the rows were created.
    private var order = OrderedTable<UInt64, EndedRegistrationKey>()
    private var made: UInt64 = 0
    private var ends: [AgentRole: [EndReason: UInt64]] = [:]

    init(limit: Int = usualLimit) { self.limit = limit }

    /// How many bindings (`homeAgent`) or visits (`foreignAgent`) have ended for this reason since the agent started, as far as it was
    /// followed (`mipExtEndCount`).
    public func ended(_ role: AgentRole, _ reason: EndReason) -> UInt64 { ends[role]?[reason] ?? 0 }

    /// The rows in the order in which they were created, the newest last.
    public var inOrder: [EndedRegistration] { order.compactMap { rows[$0.row] } }

    mutating func record(_ row: EndedRegistration) {
        ends[row.role, default: [:]][row.endReason, default: 0] += 1
        guard limit > 0 else { return }
        var row = row
        // 1…4294967295, then 1 again.
        row.index = UInt32(truncatingIfNeeded: made % 0xFFFF_FFFF) + 1
        rows[row.key] = row
        order[made] = row.key
        made += 1
        trim()
    }

    /// Keeps at most this many rows from now on; the oldest are removed.
    mutating func setLimit(_ limit: Int) {
        self.limit = max(0, limit)
        trim()
    }

    /// Resets the counts to zero because the agent has restarted; the rows are kept.
    mutating func resetCounts() { ends = [:] }

    /// Moves the times of all rows, because the agent's clock was set.
    mutating func shiftTimes(by step: Int64) { rows.shiftTimes(by: step) }

    private mutating func trim() {
        while rows.count > limit, let oldest = order.first {
            order.remove(oldest.key)
            rows.remove(oldest.row)
        }
    }
}
