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
    /// Whether the node has asked for any home agent and not left since: it does not depend on this one (RFC 4433).
    var asksForAny = false
    /// The timestamps that the node has used up.
    var replay: ReplayMemory
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
    /// - Parameters:
    ///   - epoch: How many steps of the clock have been noticed.
    ///   - authenticated: false for a node that has not proven its identity: it evicts no other node, and counts as quiet
    ///     for longer than any node that has.
    ///   - evicted: set to the node that made room, if one had to.
    mutating func findOrMake(
        _ homeAddress: IPv4Address, nai: NetworkAccessIdentifier?, authenticated: Bool, epoch: UInt32,
        evicted: inout MobileNodeEntry?
    ) -> Int? {
        if let slot = slots[homeAddress] { return slot }
        if rows.count >= limit {
            guard authenticated, let coldest = unproven.coldest ?? idle.coldest else { return nil }
            evicted = rows[coldest]
            slots[rows[coldest].service.homeAddress] = nil
            idle.remove(coldest)
            unproven.remove(coldest)
            rows.remove(coldest)
        }
        let slot = insert(
            MobileNodeEntry(service: MobileNodeService(homeAddress: homeAddress, nai: nai), replay: ReplayMemory(epoch: epoch)))
        if authenticated { idle.touch(slot) } else { unproven.touch(slot) }
        return slot
    }

    /// Adds a node whose address is not in the table. The caller touches it once its bindings are there.
    mutating func insert(_ entry: MobileNodeEntry) -> Int {
        let slot = rows.insert(entry)
        slots[entry.service.homeAddress] = slot
        return slot
    }

    /// Puts nodes without a binding that were inserted into the order in which they were heard from.
    mutating func endRestoring() {
        let quiet = (0..<rows.end).filter { rows.contains($0) && rows[$0].bindingCount == 0 }
        func heard(_ slot: Int) -> Int64 {
            let service = rows[slot].service
            return max(service.recentAccepted?.milliseconds ?? .min, service.recentDenied?.milliseconds ?? .min)
        }
        for slot in quiet.map({ ($0, heard($0)) }).sorted(by: { $0.1 < $1.1 }).map(\.0) { idle.touch(slot) }
    }

    /// Shifts every time by this many milliseconds.
    mutating func shiftTimes(by milliseconds: Int64) {
        for slot in 0..<rows.end where rows.contains(slot) { rows[slot].service.shiftTimes(by: milliseconds) }
    }

    /// Removes and returns a node without bindings; nil when there is no such node.
    mutating func forget(_ homeAddress: IPv4Address) -> MobileNodeEntry? {
        guard let slot = slots[homeAddress], rows[slot].bindingCount == 0 else { return nil }
        defer { rows.remove(slot) }
        slots[homeAddress] = nil
        idle.remove(slot)
        unproven.remove(slot)
        return rows[slot]
    }

    /// Marks the node as the one heard from most recently.
    mutating func touch(_ slot: Int) {
        unproven.remove(slot)
        if rows[slot].bindingCount == 0 { idle.touch(slot) } else { idle.remove(slot) }
    }
}
