public import AgentModel
public import MobileIPv4
public import MobilityAgent

/// An interface with mobile nodes on its link: that of the home network, or one for visitors.
public struct LinkConfiguration: Sendable {
    /// Name of the interface.
    public var name: String
    /// The agent's address on it; nil for the interface's first address.
    public var address: IPv4Address?
    /// The roles that serve nodes there; a role that the agent does not play has no effect.
    public var services: Set<AgentRole>
    /// How the agent advertises itself there; nil if it does not. Address, services, care-of addresses and flags are filled in from the
    /// agent's own configuration.
    public var advertisement: AdvertisementConfiguration?

    public init(
        name: String, address: IPv4Address? = nil, services: Set<AgentRole> = [.homeAgent, .foreignAgent],
        advertisement: AdvertisementConfiguration? = nil
    ) {
        self.name = name
        self.address = address
        self.services = services
        self.advertisement = advertisement
    }
}
