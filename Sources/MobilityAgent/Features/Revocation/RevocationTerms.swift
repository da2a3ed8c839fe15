import MobileIPv4

/// What the two ends of a registration have agreed on about its revocation (RFC 3543 §3.2, §4).
struct RevocationTerms: Hashable {
    /// Whether the home agent decides if the mobile node is informed: both ends have set I.
    var informing: Bool
    /// The peer's timestamp in the offer, or in the answer to this agent's offer: no revocation of this registration is older.
    var peerStamp: UInt32
    /// The timestamp that this agent has put into its own offer.
    var ownStamp: UInt32
    /// The association that has protected the agreement.
    var spi: SecurityParameterIndex
}

/// The terms of a home agent's bindings, by slot. It takes no memory while there are none.
struct RevocationTermsTable {
    private var terms: [RevocationTerms] = []

    /// Meaningful only for a binding whose ends have agreed.
    subscript(slot: Int) -> RevocationTerms? {
        get { slot < terms.count ? terms[slot] : nil }
        set {
            guard let newValue else { return }
            while terms.count <= slot { terms.append(newValue) }
            terms[slot] = newValue
        }
    }
}
