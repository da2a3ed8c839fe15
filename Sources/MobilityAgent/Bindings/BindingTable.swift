import AgentModel
import MobileIPv4

/// A binding, the node it belongs to, and the next binding of that node.
struct BindingEntry {
    var binding: Binding
    let node: Int
    var next: Int?
}

/// The mobility bindings of a home agent and their expiry times. The bindings of a node form a list that starts at its entry.
struct BindingTable {
    private(set) var rows = SlotTable<BindingEntry>()
    private var deadlines = DeadlineQueue()

    var count: Int { rows.count }
    var nextDeadline: Int64? { deadlines.next }

    subscript(slot: Int) -> BindingEntry {
        get { rows[slot] }
        _modify { yield &rows[slot] }
    }

    /// The binding of `node` with this care-of address.
    func find(_ careOfAddress: IPv4Address, of node: MobileNodeEntry) -> Int? { find(careOfAddress, from: node.firstBinding) }

    /// The binding with this care-of address, searched from `first` on.
    func find(_ careOfAddress: IPv4Address, from first: Int?) -> Int? {
        var next = first
        while let slot = next {
            if rows[slot].binding.careOfAddress == careOfAddress { return slot }
            next = rows[slot].next
        }
        return nil
    }

    mutating func insert(_ binding: Binding, node slot: Int, _ node: inout MobileNodeEntry) -> Int {
        let new = rows.insert(BindingEntry(binding: binding, node: slot, next: node.firstBinding))
        node.firstBinding = new
        node.bindingCount += 1
        return new
    }

    /// Removes the binding from the list of its node.
    mutating func remove(_ slot: Int, _ node: inout MobileNodeEntry) {
        if node.firstBinding == slot {
            node.firstBinding = rows[slot].next
        } else {
            var previous = node.firstBinding
            while let current = previous, rows[current].next != slot { previous = rows[current].next }
            if let previous { rows[previous].next = rows[slot].next }
        }
        node.bindingCount -= 1
        deadlines.cancel(slot)
        rows.remove(slot)
    }

    /// Sets when the binding expires, in `Moment.uptime`; nil for never.
    mutating func expire(_ slot: Int, at deadline: Int64?) {
        if let deadline { deadlines.schedule(slot, at: deadline) } else { deadlines.cancel(slot) }
    }

    /// When the binding expires, in `Moment.uptime`; nil for never.
    func deadline(_ slot: Int) -> Int64? { deadlines.deadline(of: slot) }

    /// A binding that is due to expire; the caller removes it.
    mutating func popExpired(_ now: Int64) -> Int? {
        while let slot = deadlines.popDue(now) {
            if rows.contains(slot) { return slot }
        }
        return nil
    }
}
