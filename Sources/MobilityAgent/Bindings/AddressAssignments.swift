import MobileIPv4

/// Which node, known by its NAI, has which home address (RFC 2794). An assignment once made is kept.
struct AddressAssignments {
    private var addresses: [NetworkAccessIdentifier: IPv4Address]
    private var owners: [IPv4Address: NetworkAccessIdentifier]
    private let pool: [IPv4AddressRange]
    /// The next address of the pool never looked at.
    private var range = 0
    private var offset: UInt64 = 0

    init(fixed: [NetworkAccessIdentifier: IPv4Address], pool: [IPv4AddressRange]) {
        addresses = fixed
        owners = Dictionary(fixed.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
        self.pool = pool
    }

    var hasPool: Bool { !pool.isEmpty }

    func address(of nai: NetworkAccessIdentifier) -> IPv4Address? { addresses[nai] }
    func owner(of address: IPv4Address) -> NetworkAccessIdentifier? { owners.isEmpty ? nil : owners[address] }
    func poolContains(_ address: IPv4Address) -> Bool { pool.contains { $0.contains(address) } }

    /// Keeps `address` for `nai`; the caller has made sure that neither has another partner.
    mutating func assign(_ address: IPv4Address, to nai: NetworkAccessIdentifier) {
        addresses[nai] = address
        owners[address] = nai
    }

    /// The next address of the pool that is nobody's and that `isFree` lets pass; nil when the pool is used up.
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
}
