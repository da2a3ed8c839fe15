public import MobileIPv4

/// What a home agent keeps over a restart in one record of its own.
public enum KeptRecordKey: Hashable, Sendable {
    /// A mobile node with its bindings and its replay memory, by home address.
    case mobileNode(IPv4Address)
    /// The assignment of a home address to a network access identifier.
    case assignment(IPv4Address)
}

/// The records that have changed since they were last taken to be saved.
struct UnsavedRecords {
    /// False for an agent whose owner saves nothing.
    var isKept = false
    private(set) var keys: Set<KeptRecordKey> = []

    mutating func insert(mobileNode homeAddress: IPv4Address) {
        if isKept { keys.insert(.mobileNode(homeAddress)) }
    }

    mutating func insert(assignment homeAddress: IPv4Address) {
        if isKept { keys.insert(.assignment(homeAddress)) }
    }

    mutating func insert(_ keys: some Sequence<KeptRecordKey>) {
        if isKept { self.keys.formUnion(keys) }
    }

    /// Removes and returns up to `limit` keys.
    mutating func take(limit: Int) -> [KeptRecordKey] {
        if keys.count <= limit {
            defer { keys.removeAll(keepingCapacity: keys.count < 4096) }
            return Array(keys)
        }
        let taken = Array(keys.prefix(limit))
        keys.subtract(taken)
        return taken
    }
}
