/// How an advertisement arrived, as far as that is known (RFC 3543 §6.1).
public struct AdvertisementArrival: Hashable, Sendable {
    /// Whether it was sent to this node alone.
    public var isUnicast: Bool
    /// The time to live of the datagram; nil when unknown.
    public var timeToLive: UInt8?
    /// The sender's Ethernet address in the lower 48 bits; nil when unknown.
    public var linkLayer: UInt64?

    /// By default, an advertisement to everybody about which nothing else is known.
    public init(isUnicast: Bool = false, timeToLive: UInt8? = nil, linkLayer: UInt64? = nil) {
        self.isUnicast = isUnicast
        self.timeToLive = timeToLive
        self.linkLayer = linkLayer
    }

    /// Whether the advertisement may be believed: it comes from a neighbour, and if it is for this node alone, from where the agent was
    /// heard before. One to everybody may come from elsewhere, since an agent's address can move to another machine.
    func isCredible(after known: HeardAgent?) -> Bool {
        if let timeToLive, timeToLive != 1 { return false }
        guard isUnicast, let linkLayer, let before = known?.linkLayer else { return true }
        return linkLayer == before
    }
}
