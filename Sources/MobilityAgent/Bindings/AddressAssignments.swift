import AgentModel
import MobileIPv4

/// The home addresses assigned to nodes that are identified by NAI (RFC 2794).
///
/// An assignment outlives the bindings of its node: a node that returns gets its address again. Only when the pool has no unused address
/// left does one that has been idle for the retention time go to another node, the longest idle first.
struct AddressAssignments {
    private var addresses: [NetworkAccessIdentifier: IPv4Address]
    private var owners: [IPv4Address: NetworkAccessIdentifier]
    /// The addresses that were assigned while the agent ran or before; the others are from the configuration.
    private var dynamic: Set<IPv4Address> = []
    private let pool: [IPv4AddressRange]
    /// Milliseconds for which an address stays assigned to its node after the last binding; nil means permanently.
    private let retention: Int64?
    /// The position in the pool of the next address that has never been examined.
    private var range = 0
    private var offset: UInt64 = 0
    /// Since when an assigned address of the pool has had no binding.
    private var idle: [IPv4Address: Timestamp] = [:]
    /// The same in order of time. An entry is valid as long as `idle` has the same time.
    private var idleOrder: [(address: IPv4Address, since: Timestamp)] = []
    private var firstIdle = 0

    init(fixed: [NetworkAccessIdentifier: IPv4Address], pool: [IPv4AddressRange], retention: UInt32? = nil) {
        addresses = fixed
        owners = Dictionary(fixed.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
        self.pool = pool
        self.retention = retention.map { Int64($0) * 1000 }
    }

    var hasPool: Bool { !pool.isEmpty }

    func isInPool(_ address: IPv4Address) -> Bool { pool.contains { $0.contains(address) } }

    func address(of nai: NetworkAccessIdentifier) -> IPv4Address? { addresses[nai] }
    func owner(of address: IPv4Address) -> NetworkAccessIdentifier? { owners.isEmpty ? nil : owners[address] }

    /// Assigns `address` to `nai`; the caller has made sure that neither is part of another assignment.
    mutating func assign(_ address: IPv4Address, to nai: NetworkAccessIdentifier) {
        addresses[nai] = address
        owners[address] = nai
        dynamic.insert(address)
    }

    /// Records that the node at this address has a binding; returns true if it had none.
    mutating func use(_ address: IPv4Address) -> Bool { !idle.isEmpty && idle.removeValue(forKey: address) != nil }

    /// Records that the node at this address no longer has a binding; returns true if that matters for the assignment.
    mutating func release(_ address: IPv4Address, at time: Timestamp) -> Bool {
        guard retention != nil, owners[address] != nil, isInPool(address) else { return false }
        idle[address] = time
        idleOrder.append((address, time))
        return true
    }

    /// The next address of the pool that is unassigned and that `isFree` accepts; nil when the pool is exhausted.
    mutating func takeFromPool(where isFree: (IPv4Address) -> Bool) -> IPv4Address? {
        while range < pool.count {
            let candidate = UInt64(pool[range].first.rawValue) + offset
            guard candidate <= UInt64(pool[range].last.rawValue) else {
                range += 1
                offset = 0
                continue
            }
            offset += 1
            let address = IPv4Address(rawValue: UInt32(candidate))
            if owners[address] == nil && isFree(address) { return address }
        }
        return nil
    }

    /// Takes the address that has been idle longest away from its node; nil when none has been idle for the retention time.
    mutating func reclaim(at time: Timestamp) -> IPv4Address? {
        guard let retention else { return nil }
        while firstIdle < idleOrder.count {
            let (address, since) = idleOrder[firstIdle]
            if idle[address] == since && time.milliseconds(since: since) < retention { return nil }
            firstIdle += 1
            if firstIdle > idleOrder.count / 2 {
                idleOrder.removeFirst(firstIdle)
                firstIdle = 0
            }
            guard idle[address] == since else { continue }
            idle[address] = nil
            dynamic.remove(address)
            if let owner = owners.removeValue(forKey: address) { addresses[owner] = nil }
            return address
        }
        return nil
    }

    // MARK: - Over a restart

    /// The assignment of this address, unless it is from the configuration, and since when it has had no binding.
    func kept(_ address: IPv4Address) -> (nai: NetworkAccessIdentifier, idleSince: Timestamp?)? {
        guard dynamic.contains(address), let owner = owners[address] else { return nil }
        return (owner, idle[address])
    }

    /// The addresses of all assignments that are not from the configuration.
    var keptAddresses: Set<IPv4Address> { dynamic }

    /// Takes over an assignment of an earlier start; returns false if the configuration has assigned the address or the identifier.
    mutating func restore(_ address: IPv4Address, to nai: NetworkAccessIdentifier, idleSince: Timestamp?) -> Bool {
        guard addresses[nai] == nil, owners[address] == nil else { return false }
        assign(address, to: nai)
        if let idleSince { _ = release(address, at: idleSince) }
        return true
    }

    /// Ends taking over: puts addresses without a binding in the order of time.
    mutating func endRestoring() { idleOrder.sort { $0.since < $1.since } }

    /// The clock has been set: shifts every time by this many milliseconds.
    mutating func shiftTimes(by milliseconds: Int64) {
        idle = idle.mapValues { $0.adding(milliseconds: milliseconds) }
        for index in idleOrder.indices {
            idleOrder[index].since = idleOrder[index].since.adding(milliseconds: milliseconds)
        }
    }
}
