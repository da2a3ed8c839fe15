import AgentModel
import MobileIPv4

/// The home addresses assigned to nodes that are identified by NAI (RFC 2794).
///
/// An assignment outlives the bindings of its node: a node that returns gets its address again. Only when its pool has no unused address
/// left does one that has been idle for the retention time go to another node, the longest idle first.
///
/// A service may have a pool of its own (RFC 5446 §4.2). A node that comes back with another service gets an address of its pool.
struct AddressAssignments {
    private var addresses: [NetworkAccessIdentifier: IPv4Address]
    private var owners: [IPv4Address: NetworkAccessIdentifier]
    /// The addresses that were assigned while the agent ran or before; the others are from the configuration.
    private var dynamic: Set<IPv4Address> = []
    /// The agent's own pool, then those of services.
    private var pools: [AddressPool]
    private let poolOfService: [ServiceIdentifier: Int]
    /// Milliseconds for which an address stays assigned to its node after the last binding; nil means permanently.
    private let retention: Int64?
    /// Since when an assigned address of a pool has had no binding.
    private var idle: [IPv4Address: Timestamp] = [:]

    /// - Parameters:
    ///   - pool: for nodes with a service that has no pool of its own, or without a service.
    ///   - services: Those with a pool of their own have an address in it.
    init(
        fixed: [NetworkAccessIdentifier: IPv4Address], pool: [IPv4AddressRange], retention: UInt32? = nil,
        services: [ServicePolicy] = []
    ) {
        addresses = fixed
        owners = Dictionary(fixed.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
        let ofServices = services.filter { !$0.addressPool.isEmpty }
        pools = [AddressPool(pool)] + ofServices.map { AddressPool($0.addressPool) }
        poolOfService = Dictionary(
            ofServices.enumerated().map { ($0.element.service, $0.offset + 1) }, uniquingKeysWith: { first, _ in first })
        self.retention = retention.map { Int64($0) * 1000 }
    }

    /// Whether nodes with this service get addresses; nil for those without a service.
    func hasPool(for service: ServiceIdentifier? = nil) -> Bool { !pools[pool(of: service)].isEmpty }

    func isInPool(_ address: IPv4Address) -> Bool { pools.contains { $0.contains(address) } }

    func address(of nai: NetworkAccessIdentifier) -> IPv4Address? { addresses[nai] }
    func owner(of address: IPv4Address) -> NetworkAccessIdentifier? { owners.isEmpty ? nil : owners[address] }

    /// Whether a node that asks for an address with this service can keep its assigned one: it is in the service's pool, in no pool at
    /// all, or from the configuration.
    func suits(_ address: IPv4Address, _ service: ServiceIdentifier?) -> Bool {
        guard pools.count > 1, dynamic.contains(address), let index = pools.firstIndex(where: { $0.contains(address) }) else {
            return true
        }
        return index == pool(of: service)
    }

    private func pool(of service: ServiceIdentifier?) -> Int { service.flatMap { poolOfService[$0] } ?? 0 }

    /// Assigns `address` to `nai`; the caller has made sure that neither is part of another assignment.
    mutating func assign(_ address: IPv4Address, to nai: NetworkAccessIdentifier) {
        addresses[nai] = address
        owners[address] = nai
        dynamic.insert(address)
    }

    /// Takes an address that is not from the configuration away from its node, so that another node can get it.
    mutating func unassign(_ address: IPv4Address) {
        guard dynamic.contains(address) else { return }
        forget(address)
        if let index = pools.firstIndex(where: { $0.contains(address) }) { pools[index].giveBack(address) }
    }

    private mutating func forget(_ address: IPv4Address) {
        idle[address] = nil
        dynamic.remove(address)
        if let owner = owners.removeValue(forKey: address) { addresses[owner] = nil }
    }

    /// Records that the node at this address has a binding; returns true if it had none.
    mutating func use(_ address: IPv4Address) -> Bool { !idle.isEmpty && idle.removeValue(forKey: address) != nil }

    /// Records that the node at this address no longer has a binding; returns true if that matters for the assignment.
    mutating func release(_ address: IPv4Address, at time: Timestamp) -> Bool {
        guard retention != nil, owners[address] != nil, let index = pools.firstIndex(where: { $0.contains(address) }) else {
            return false
        }
        idle[address] = time
        pools[index].noteIdle(address, since: time)
        return true
    }

    /// The next address for a node with this service that is unassigned and that `isFree` accepts; nil when its pool is exhausted.
    mutating func takeFromPool(
        for service: ServiceIdentifier? = nil, where isFree: (IPv4Address) -> Bool
    ) -> IPv4Address? {
        let owners = self.owners
        return pools[pool(of: service)].take { owners[$0] == nil && isFree($0) }
    }

    /// Takes the address of the service's pool that has been idle longest away from its node; nil when none has been idle for the retention
    /// time.
    mutating func reclaim(for service: ServiceIdentifier? = nil, at time: Timestamp) -> IPv4Address? {
        guard let retention else { return nil }
        let idle = self.idle
        let found = pools[pool(of: service)].takeIdle(at: time, retention: retention) { idle[$0] }
        if let found { forget(found) }
        return found
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
    mutating func endRestoring() {
        for index in pools.indices { pools[index].sortIdle() }
    }

    /// The clock has been set: shifts every time by this many milliseconds.
    mutating func shiftTimes(by milliseconds: Int64) {
        idle = idle.mapValues { $0.adding(milliseconds: milliseconds) }
        for index in pools.indices { pools[index].shiftTimes(by: milliseconds) }
    }
}
