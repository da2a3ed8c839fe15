import AgentModel
import MobileIPv4

/// The violators of `mipSecViolationTable`, up to the configured number; the one quiet for longest is evicted for a new one.
struct ViolationTable {
    let limit: Int
    private(set) var rows = SlotTable<SecurityViolation>()
    private var slots: [PeerIdentity: Int] = [:]
    private var recency = RecencyList()

    init(limit: Int) { self.limit = max(1, limit) }

    /// Counts one more violation; returns the violator's row and the evicted violator, if any.
    mutating func record(
        _ violator: PeerIdentity, spi: SecurityParameterIndex, identification: Identification, reason: ViolationReason,
        code: ReplyCode?, at time: Timestamp
    ) -> (row: SecurityViolation, evicted: PeerIdentity?) {
        var evicted: PeerIdentity?
        let slot: Int
        if let known = slots[violator] {
            slot = known
        } else {
            if rows.count >= limit, let coldest = recency.coldest {
                evicted = rows[coldest].violator
                slots[rows[coldest].violator] = nil
                recency.remove(coldest)
                rows.remove(coldest)
            }
            slot = rows.insert(
                SecurityViolation(
                    violator: violator, count: 0, recentSPI: spi, recentTime: time, recentIdentification: identification,
                    recentReason: reason, recentCode: nil))
            slots[violator] = slot
        }
        recency.touch(slot)
        rows[slot].count += 1
        rows[slot].recentSPI = spi
        rows[slot].recentTime = time
        rows[slot].recentIdentification = identification
        rows[slot].recentReason = reason
        rows[slot].recentCode = code?.rawValue
        return (rows[slot], evicted)
    }
}
