import MobileIPv4

/// What a foreign agent and a home agent have agreed on about the revocation of a visit, and how they reach each other.
struct VisitorTerms {
    var terms: RevocationTerms
    /// From where the accepted request was relayed.
    var local: TransportEndpoint
    /// To where it was relayed.
    var homeAgent: TransportEndpoint
    /// When it was accepted, in `Moment.uptime`.
    var accepted: Int64
}

/// The terms of visits, by slot and by home address. It takes no memory while there are none.
struct VisitorTermsTable {
    private var bySlot: [Int: VisitorTerms] = [:]
    private var slots: [IPv4Address: [Int]] = [:]
    /// How visitors and their home agents are reached, with or without an agreement.
    var paths = VisitorPaths()

    subscript(slot: Int) -> VisitorTerms? { bySlot[slot] }

    /// The slots of visits of a home address whose revocation has been agreed on.
    func slots(of homeAddress: IPv4Address) -> [Int] { slots[homeAddress] ?? [] }

    mutating func keep(_ terms: VisitorTerms, _ slot: Int, of homeAddress: IPv4Address) {
        if bySlot.updateValue(terms, forKey: slot) == nil { slots[homeAddress, default: []].append(slot) }
    }

    mutating func forget(_ slot: Int, of homeAddress: IPv4Address) {
        guard bySlot.removeValue(forKey: slot) != nil else { return }
        slots[homeAddress]?.removeAll { $0 == slot }
        if slots[homeAddress]?.isEmpty == true { slots[homeAddress] = nil }
    }
}
