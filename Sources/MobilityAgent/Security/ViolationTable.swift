import AgentModel
import MobileIPv4

/// The violators of `mipSecViolationTable`, up to the configured number: the one list in which an agent remembers identities that it has
/// not authenticated. Evicted for a new one is a violator that the agent does not otherwise know, among those quiet for longest the one
/// with the fewest violations, so that a flood of invented identities evicts mainly itself.
struct ViolationTable {
    let limit: Int
    private(set) var rows = SlotTable<SecurityViolation>()
    private var slots: [PeerIdentity: Int] = [:]
    private var unknown = RecencyList()
    private var known = RecencyList()

    /// How many of those quiet for longest are compared.
    private static let compared = 16

    init(limit: Int) { self.limit = max(1, limit) }

    private var leastImportant: Int? {
        let coldest = unknown.coldest(Self.compared)
        guard let fewest = coldest.min(by: { rows[$0].count < rows[$1].count }) else { return known.coldest }
        return fewest
    }

    /// Counts one more violation; returns the violator's row and the evicted violator, if any.
    mutating func record(
        _ violator: PeerIdentity, isKnown: Bool, spi: SecurityParameterIndex, identification: Identification,
        reason: ViolationReason,
        code: ReplyCode?, at time: Timestamp
    ) -> (row: SecurityViolation, evicted: PeerIdentity?) {
        var evicted: PeerIdentity?
        let slot: Int
        if let known = slots[violator] {
            slot = known
        } else {
            if rows.count >= limit, let least = leastImportant {
                evicted = rows[least].violator
                slots[rows[least].violator] = nil
                unknown.remove(least)
                known.remove(least)
                rows.remove(least)
            }
            slot = rows.insert(
                SecurityViolation(
                    violator: violator, count: 0, recentSPI: spi, recentTime: time, recentIdentification: identification,
                    recentReason: reason, recentCode: nil))
            slots[violator] = slot
        }
        if isKnown {
            unknown.remove(slot)
            known.touch(slot)
        } else if !known.contains(slot) {
            unknown.touch(slot)
        }
        rows[slot].count += 1
        rows[slot].recentSPI = spi
        rows[slot].recentTime = time
        rows[slot].recentIdentification = identification
        rows[slot].recentReason = reason
        rows[slot].recentCode = code?.rawValue
        return (rows[slot], evicted)
    }

    /// Shifts every time by this many milliseconds.
    mutating func shiftTimes(by milliseconds: Int64) {
        for slot in 0..<rows.end where rows.contains(slot) {
            rows[slot].recentTime = rows[slot].recentTime.adding(milliseconds: milliseconds)
        }
    }
}
