/// Whose a pending request is. When the pending places are all taken, this decides which request is given up for a new one.
enum PendingPlace: Int, CaseIterable {
    /// A visitor that its home agent has accepted and that still sends from where it was accepted, or a node that this agent has
    /// authenticated.
    case visitor
    /// Another node whose home agent has answered before or is configured.
    case newcomer
    /// Another node whose home agent has never answered.
    case unproven
}

/// Where a request came from and goes to, as far as shares of the pending places depend on it.
struct PendingParties {
    let source: UInt32
    /// The sender's link-layer address; nil if it is not on a link that this agent watches.
    let linkLayer: UInt64?
    let homeAgent: UInt32

    /// True when both have the same source address. The unspecified address is nobody's own.
    func hasSource(of other: PendingParties) -> Bool { source != 0 && source == other.source }

    /// How much this request weighs among others: how often they have its source address, its link-layer address and its home agent.
    func weight(among others: [PendingParties]) -> Int {
        var weight = 0
        for other in others {
            if hasSource(of: other) { weight += 1 }
            if linkLayer != nil, linkLayer == other.linkLayer { weight += 1 }
            if homeAgent == other.homeAgent { weight += 1 }
        }
        return weight
    }
}
