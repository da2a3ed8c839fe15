import MobileIPv4

/// How a foreign agent reaches a visitor and its home agent: the addresses and ports of the latest registration (RFC 6098 §4.1).
struct VisitorPath {
    let careOfAddress: IPv4Address
    /// Where the visitor's request arrived.
    var local: TransportEndpoint
    /// From where it was relayed.
    var relay: TransportEndpoint
    /// To where it was relayed.
    var homeAgent: TransportEndpoint
    /// How much is relayed to the visitor, and to the home agent.
    var toVisitor = RelayLimit()
    var toHomeAgent = RelayLimit()

    /// How messages name the visit of a home address.
    fileprivate func addresses(of homeAddress: IPv4Address) -> RegistrationAddresses {
        RegistrationAddresses(homeAddress: homeAddress, homeAgent: homeAgent.address, careOfAddress: careOfAddress)
    }
}

/// Limits what is relayed about one visit in one direction, where one message a second is all that a sender may send (RFC 6098 §4.3).
/// Messages that are signed for this agent have a limit of their own, which strangers cannot use up.
struct RelayLimit {
    /// Messages a second; up to twice as many at once.
    private static let rate = 5

    private var signed = RateGate()
    private var others = RateGate()

    mutating func passes(isSigned: Bool, at uptime: Int64) -> Bool {
        isSigned ? Self.passes(&signed, at: uptime) : Self.passes(&others, at: uptime)
    }

    private static func passes(_ gate: inout RateGate, at uptime: Int64) -> Bool {
        guard gate.isOpen(rate: rate, at: uptime) else { return false }
        gate.pass(rate: rate, at: uptime)
        return true
    }
}

/// The paths of visits, by slot and by the addresses that messages name. They take no memory while there are none.
struct VisitorPaths {
    /// The most visits with the same addresses, which are those of nodes with different identifiers. Further ones have no path.
    static let limit = 8

    private struct Entry {
        var path: VisitorPath
        /// The visits of the same home address before and after this one.
        var previous: Int?
        var next: Int?
    }

    private var bySlot: [Entry?] = []
    private var slots: [RegistrationAddresses: Int] = [:]
    /// Further visits with the same addresses.
    private var otherSlots: [RegistrationAddresses: [Int]] = [:]
    /// The first visit of a home address; the others follow it.
    private var firsts: [IPv4Address: Int] = [:]

    subscript(slot: Int) -> VisitorPath? { slot < bySlot.count ? bySlot[slot]?.path : nil }

    /// The slot of a visit that messages name by these addresses.
    func slot(of addresses: RegistrationAddresses) -> Int? { slots[addresses] }

    /// The slots of the visits of a home address. There may be many: nodes of different home agents may have the same.
    func slots(of homeAddress: IPv4Address) -> [Int] {
        var found: [Int] = []
        var next = firsts[homeAddress]
        while let slot = next {
            found.append(slot)
            next = bySlot[slot]?.next
        }
        return found
    }

    /// Keeps the path of a visit, if there are not too many with the same addresses. What was relayed about it before counts
    /// further.
    mutating func keep(_ path: VisitorPath, _ slot: Int, of homeAddress: IPv4Address) {
        var path = path
        let addresses = path.addresses(of: homeAddress)
        if let before = self[slot] {
            (path.toVisitor, path.toHomeAgent) = (before.toVisitor, before.toHomeAgent)
            guard before.addresses(of: homeAddress) != addresses else {
                bySlot[slot]?.path = path
                return
            }
            forget(slot, of: homeAddress)
        }
        if slots[addresses] == nil {
            slots[addresses] = slot
        } else {
            guard (otherSlots[addresses]?.count ?? 0) < Self.limit - 1 else { return }
            otherSlots[addresses, default: []].append(slot)
        }
        while bySlot.count <= slot { bySlot.append(nil) }
        bySlot[slot] = Entry(path: path)
        link(slot, of: homeAddress)
    }

    /// Whether one more message about a visit may be relayed; it then counts.
    mutating func passes(
        _ slot: Int, _ limit: WritableKeyPath<VisitorPath, RelayLimit>, isSigned: Bool, at uptime: Int64
    ) -> Bool {
        guard slot < bySlot.count else { return false }
        return bySlot[slot]?.path[keyPath: limit].passes(isSigned: isSigned, at: uptime) ?? false
    }

    /// - Parameter homeAddress: That with which the path was kept.
    mutating func forget(_ slot: Int, of homeAddress: IPv4Address) {
        guard slot < bySlot.count, let entry = bySlot[slot] else { return }
        bySlot[slot] = nil
        unlink(entry, of: homeAddress)
        let addresses = entry.path.addresses(of: homeAddress)
        if slots[addresses] == slot {
            slots[addresses] = otherSlots[addresses]?.popLast()
        } else {
            otherSlots[addresses]?.removeAll { $0 == slot }
        }
        if otherSlots[addresses]?.isEmpty == true { otherSlots[addresses] = nil }
    }

    private mutating func link(_ slot: Int, of homeAddress: IPv4Address) {
        guard let first = firsts[homeAddress] else {
            firsts[homeAddress] = slot
            return
        }
        let next = bySlot[first]?.next
        bySlot[slot]?.previous = first
        bySlot[slot]?.next = next
        bySlot[first]?.next = slot
        if let next { bySlot[next]?.previous = slot }
    }

    private mutating func unlink(_ entry: Entry, of homeAddress: IPv4Address) {
        if let previous = entry.previous { bySlot[previous]?.next = entry.next } else { firsts[homeAddress] = entry.next }
        if let next = entry.next { bySlot[next]?.previous = entry.previous }
    }
}
