import AgentModel
import MobileIPv4

/// What a home agent keeps of one mobile node beyond its bindings.
struct MobileNodeEntry {
    var service: MobileNodeService
    /// The last request that was accepted, for telling replays and duplicates.
    var lastAccepted: AcceptedRequest?
    /// The nonce the node must put into the high word of its next request (RFC 5944 §5.7.2).
    var nonce: UInt32?
    /// First binding of the node; the rest is linked from it.
    var firstBinding: Int?
    var bindingCount = 0
    /// Moves between care-of addresses since the node is served without a break.
    var handoffs: UInt32 = 0
}

/// What of an accepted request is needed to recognise it when it comes again.
struct AcceptedRequest {
    var identification: Identification
    var careOfAddress: IPv4Address
    var lifetime: RegistrationLifetime
    var code: ReplyCode
}

/// The mobile nodes a home agent has had to do with, by home address. Nodes without a binding make room, the longest quiet first.
struct MobileNodeTable {
    var limit: Int
    private(set) var rows = SlotTable<MobileNodeEntry>()
    private var slots: [IPv4Address: Int] = [:]
    /// Nodes without a binding.
    private var idle = RecencyList()

    init(limit: Int) { self.limit = limit }

    subscript(slot: Int) -> MobileNodeEntry {
        get { rows[slot] }
        _modify { yield &rows[slot] }
    }

    func find(_ homeAddress: IPv4Address) -> Int? { slots[homeAddress] }

    /// The node's slot, made when there is none; nil when the table is full of nodes with bindings.
    ///
    /// - Parameter authenticated: false for a node that has not proven who it is: it takes only free room, and is the first to go.
    mutating func findOrMake(
        _ homeAddress: IPv4Address, nai: NetworkAccessIdentifier?, authenticated: Bool, evicted: inout IPv4Address?
    ) -> Int? {
        if let slot = slots[homeAddress] { return slot }
        if rows.count >= limit {
            guard authenticated, let coldest = idle.coldest else { return nil }
            evicted = rows[coldest].service.homeAddress
            slots[rows[coldest].service.homeAddress] = nil
            idle.remove(coldest)
            rows.remove(coldest)
        }
        let slot = rows.insert(MobileNodeEntry(service: MobileNodeService(homeAddress: homeAddress, nai: nai)))
        slots[homeAddress] = slot
        if authenticated { idle.touch(slot) } else { idle.chill(slot) }
        return slot
    }

    /// Drops a node without bindings; false when there is no such node.
    mutating func forget(_ homeAddress: IPv4Address) -> Bool {
        guard let slot = slots[homeAddress], rows[slot].bindingCount == 0 else { return false }
        slots[homeAddress] = nil
        idle.remove(slot)
        rows.remove(slot)
        return true
    }

    /// Marks the node as the last one heard of.
    mutating func touch(_ slot: Int) {
        if rows[slot].bindingCount == 0 { idle.touch(slot) } else { idle.remove(slot) }
    }
}
