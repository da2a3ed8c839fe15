import MobileIPv4

/// The home agents that have answered a relayed request, as many as fit; the one that has not answered for longest is forgotten.
struct ProvenHomeAgents {
    static let limit = 1024

    private var rows = SlotTable<IPv4Address>()
    private var slots: [IPv4Address: Int] = [:]
    private var recency = RecencyList()

    func contains(_ address: IPv4Address) -> Bool { slots[address] != nil }

    /// Records that the home agent has answered.
    mutating func note(_ address: IPv4Address) {
        if let slot = slots[address] {
            recency.touch(slot)
            return
        }
        if rows.count >= Self.limit, let coldest = recency.coldest {
            slots[rows[coldest]] = nil
            recency.remove(coldest)
            rows.remove(coldest)
        }
        let slot = rows.insert(address)
        slots[address] = slot
        recency.touch(slot)
    }
}
