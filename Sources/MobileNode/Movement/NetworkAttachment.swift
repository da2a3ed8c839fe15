public import MobileIPv4

/// Where a mobile node is attached.
public enum NetworkAttachment: Hashable, Sendable {
    /// Its home network.
    case home
    /// A network with a foreign agent, whose care-of address it uses.
    case foreignAgent(TransportEndpoint, careOfAddress: IPv4Address)
    /// A foreign network where it has a care-of address of its own. It registers with its home agent itself, or through a foreign agent
    /// that requires this (the R bit of its advertisements).
    case coLocated(IPv4Address, foreignAgent: TransportEndpoint? = nil)
}
