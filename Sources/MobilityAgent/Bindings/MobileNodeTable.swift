import AgentModel
import MobileIPv4

/// What a home agent keeps about a mobile node in addition to its bindings.
struct MobileNodeEntry {
    var service: MobileNodeService
    /// The last accepted request, used to recognise replays and duplicates.
    var lastAccepted: AcceptedRequest?
    /// The nonce that the node must put into the high word of its next request (RFC 5944 §5.7.2).
    var nonce: UInt32?
    /// The first binding of the node; the others are linked from it.
    var firstBinding: Int?
    var bindingCount = 0
    /// Moves between care-of addresses since the beginning of uninterrupted service.
    var handoffs: UInt32 = 0
}

/// The fields of an accepted request that are needed to recognise a repetition.
struct AcceptedRequest {
    var identification: Identification
    var careOfAddress: IPv4Address
    var lifetime: RegistrationLifetime
    var code: ReplyCode
}

/// The mobile nodes that a home agent knows, by home address: those that have authenticated themselves, and those with an association of
/// their own. Nodes without a binding are evicted when space is needed, the one quiet for longest first.
struct MobileNodeTable {
    var limit: Int
    private(set) var rows = SlotTable<MobileNodeEntry>()
    private var slots: [IPv4Address: Int] = [:]
    /// Nodes without a binding.
    private var idle = RecencyList()
    /// Nodes without a binding that have never authenticated themselves.
    private var unproven = RecencyList()

    init(limit: Int) { self.limit = limit }

    subscript(slot: Int) -> MobileNodeEntry {
        get { rows[slot] }
        _modify { yield &rows[slot] }
    }

    func find(_ homeAddress: IPv4Address) -> Int? { slots[homeAddress] }

    /// The node's slot, created if necessary; nil when the table is full of nodes with bindings.
    ///
    /// - Parameter authenticated: false for a node that has not proven its identity: it evicts no other node, and counts as quiet for
    ///   longer than any node that has.
    mutating func findOrMake(
        _ homeAddress: IPv4Address, nai: NetworkAccessIdentifier?, authenticated: Bool, evicted: inout IPv4Address?
    ) -> Int? {
        if let slot = slots[homeAddress] { return slot }
        if rows.count >= limit {
            guard authenticated, let coldest = unproven.coldest ?? idle.coldest else { return nil }
            evicted = rows[coldest].service.homeAddress
            slots[rows[coldest].service.homeAddress] = nil
            idle.remove(coldest)
            unproven.remove(coldest)
            rows.remove(coldest)
        }
        let slot = rows.insert(MobileNodeEntry(service: MobileNodeService(homeAddress: homeAddress, nai: nai)))
        slots[homeAddress] = slot
        if authenticated { idle.touch(slot) } else { unproven.touch(slot) }
        return slot
    }

    /// Removes a node without bindings; returns false when there is no such node.
    mutating func forget(_ homeAddress: IPv4Address) -> Bool {
        guard let slot = slots[homeAddress], rows[slot].bindingCount == 0 else { return false }
        slots[homeAddress] = nil
        idle.remove(slot)
        unproven.remove(slot)
        rows.remove(slot)
        return true
    }

    /// Marks the node as the one heard from most recently.
    mutating func touch(_ slot: Int) {
        unproven.remove(slot)
        if rows[slot].bindingCount == 0 { idle.touch(slot) } else { idle.remove(slot) }
    }
}
