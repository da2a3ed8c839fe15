public import MobileIPv4

/// Where a mobile node is attached.
public enum NetworkAttachment: Hashable, Sendable {
    /// Its home network.
    case home
    /// A network with a foreign agent whose care-of address the node uses.
    case foreignAgent(TransportEndpoint, careOfAddress: IPv4Address)
    /// A foreign network where the node has a co-located care-of address. It registers directly with its home agent, or through a foreign
    /// agent that requires this (the R bit of its advertisements).
    case coLocated(IPv4Address, foreignAgent: TransportEndpoint? = nil)
}
