import AgentModel
import MobileIPv4

/// Home addresses that are assigned in order, each to one node at a time.
struct AddressPool {
    private let ranges: [IPv4AddressRange]
    /// The position of the next address that has never been examined.
    private var range = 0
    private var offset: UInt64 = 0
    /// Addresses that their nodes have given up for one of another pool.
    private var returned: [IPv4Address] = []
    /// Addresses without a binding in order of time. An entry is valid as long as the time is the one that the reader knows.
    private var idleOrder: [(address: IPv4Address, since: Timestamp)] = []
    private var firstIdle = 0

    init(_ ranges: [IPv4AddressRange]) { self.ranges = ranges }

    var isEmpty: Bool { ranges.isEmpty }

    func contains(_ address: IPv4Address) -> Bool { ranges.contains { $0.contains(address) } }

    /// The next address that `isFree` accepts; nil when the pool is exhausted.
    mutating func take(where isFree: (IPv4Address) -> Bool) -> IPv4Address? {
        while let address = returned.popLast() {
            if isFree(address) { return address }
        }
        while range < ranges.count {
            let candidate = UInt64(ranges[range].first.rawValue) + offset
            guard candidate <= UInt64(ranges[range].last.rawValue) else {
                range += 1
                offset = 0
                continue
            }
            offset += 1
            let address = IPv4Address(rawValue: UInt32(candidate))
            if isFree(address) { return address }
        }
        return nil
    }

    /// An address is assigned to nobody any more.
    mutating func giveBack(_ address: IPv4Address) { returned.append(address) }

    /// An address has no binding since a time that is not before those noted earlier.
    mutating func noteIdle(_ address: IPv4Address, since time: Timestamp) { idleOrder.append((address, time)) }

    /// Removes and returns the address that has been idle longest; nil when none has been idle for the retention time.
    ///
    /// - Parameters:
    ///   - idleSince: Since when an address has been idle; nil for one that is not.
    ///   - retention: in milliseconds.
    mutating func takeIdle(at time: Timestamp, retention: Int64, idleSince: (IPv4Address) -> Timestamp?) -> IPv4Address? {
        while firstIdle < idleOrder.count {
            let (address, since) = idleOrder[firstIdle]
            let isValid = idleSince(address) == since
            if isValid && time.milliseconds(since: since) < retention { return nil }
            firstIdle += 1
            if firstIdle > idleOrder.count / 2 {
                idleOrder.removeFirst(firstIdle)
                firstIdle = 0
            }
            if isValid { return address }
        }
        return nil
    }

    /// Puts idle addresses in the order of time.
    mutating func sortIdle() { idleOrder.sort { $0.since < $1.since } }

    /// The clock has been set: shifts every time by this many milliseconds.
    mutating func shiftTimes(by milliseconds: Int64) {
        for index in idleOrder.indices { idleOrder[index].since = idleOrder[index].since.adding(milliseconds: milliseconds) }
    }
}
