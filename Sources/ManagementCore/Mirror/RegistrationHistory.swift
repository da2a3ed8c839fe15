public import AgentModel
import MobileIPv4

/// The bindings and visits of an agent that ended last, and how many ended for which reason.
///
/// Bounded: a new row takes the place of the oldest.
public struct RegistrationHistory: Sendable {
    /// Rows kept unless told otherwise (`mipExtHistoryLimit`).
    public static let usualLimit = 1000

    /// By home address, of one home address in the order they ended (but for the overflow of the index).
    public private(set) var rows = OrderedTable<EndedRegistrationKey, EndedRegistration>()
    /// The most rows kept.
    public private(set) var limit: Int
    /// Home addresses by the order in which rows were made.
    private var order = OrderedTable<UInt64, EndedRegistrationKey>()
    private var made: UInt64 = 0
    private var ends: [AgentRole: [EndReason: UInt64]] = [:]

    init(limit: Int = usualLimit) { self.limit = limit }

    /// How many bindings (`homeAgent`) or visits (`foreignAgent`) ended for this reason since the agent started, as far as it was
    /// followed (`mipExtEndCount`).
    public func ended(_ role: AgentRole, _ reason: EndReason) -> UInt64 { ends[role]?[reason] ?? 0 }

    /// The rows in the order they were made, the newest last.
    public var inOrder: [EndedRegistration] { order.compactMap { rows[$0.row] } }

    mutating func record(_ row: EndedRegistration) {
        ends[row.role, default: [:]][row.endReason, default: 0] += 1
        guard limit > 0 else { return }
        var row = row
        // 1…4294967295, then from 1 again.
        row.index = UInt32(truncatingIfNeeded: made % 0xFFFF_FFFF) + 1
        rows[row.key] = row
        order[made] = row.key
        made += 1
        trim()
    }

    /// Keeps at most so many rows from now on; the oldest go.
    mutating func setLimit(_ limit: Int) {
        self.limit = max(0, limit)
        trim()
    }

    /// Counts from zero again, since the agent has started anew; the rows stay.
    mutating func resetCounts() { ends = [:] }

    private mutating func trim() {
        while rows.count > limit, let oldest = order.first {
            order.remove(oldest.key)
            rows.remove(oldest.row)
        }
    }
}
