import MobileIPv4

/// How a foreign agent reaches a visitor and its home agent: the addresses and ports of the latest registration (RFC 6098 §4.1).
struct VisitorPath {
    /// Where the visitor's request arrived.
    var local: TransportEndpoint
    /// From where it was relayed.
    var relay: TransportEndpoint
    /// To where it was relayed.
    var homeAgent: TransportEndpoint
    /// How much is relayed to the visitor, and to the home agent.
    var toVisitor = RelayLimit()
    var toHomeAgent = RelayLimit()
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

/// The paths of visits, by slot and by home address. They take no memory while there are none.
struct VisitorPaths {
    private var bySlot: [VisitorPath?] = []
    private var slots: [IPv4Address: Int] = [:]
    /// Further visits of an address: nodes of different home agents may have the same.
    private var otherSlots: [IPv4Address: [Int]] = [:]

    subscript(slot: Int) -> VisitorPath? { slot < bySlot.count ? bySlot[slot] : nil }

    /// The slots of the visits of a home address.
    func slots(of homeAddress: IPv4Address) -> [Int] {
        guard let first = slots[homeAddress] else { return [] }
        return [first] + (otherSlots[homeAddress] ?? [])
    }

    /// Keeps the path of a visit. What was relayed about it before counts further.
    mutating func keep(_ path: VisitorPath, _ slot: Int, of homeAddress: IPv4Address) {
        while bySlot.count <= slot { bySlot.append(nil) }
        let before = bySlot[slot]
        bySlot[slot] = path
        if let before {
            bySlot[slot]?.toVisitor = before.toVisitor
            bySlot[slot]?.toHomeAgent = before.toHomeAgent
            return
        }
        if slots[homeAddress] == nil { slots[homeAddress] = slot } else { otherSlots[homeAddress, default: []].append(slot) }
    }

    /// Whether one more message about a visit may be relayed; it then counts.
    mutating func passes(
        _ slot: Int, _ limit: WritableKeyPath<VisitorPath, RelayLimit>, isSigned: Bool, at uptime: Int64
    ) -> Bool {
        bySlot[slot]?[keyPath: limit].passes(isSigned: isSigned, at: uptime) ?? false
    }

    mutating func forget(_ slot: Int, of homeAddress: IPv4Address) {
        guard self[slot] != nil else { return }
        bySlot[slot] = nil
        if slots[homeAddress] == slot {
            slots[homeAddress] = otherSlots[homeAddress]?.popLast()
        } else {
            otherSlots[homeAddress]?.removeAll { $0 == slot }
        }
        if otherSlots[homeAddress]?.isEmpty == true { otherSlots[homeAddress] = nil }
    }
}
