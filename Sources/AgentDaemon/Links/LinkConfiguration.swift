public import AgentModel
public import MobileIPv4
public import MobilityAgent

/// An interface with mobile nodes behind it: the home network's, or one that visitors come to.
public struct LinkConfiguration: Sendable {
    /// Name of the interface.
    public var name: String
    /// The agent's address on it; nil takes the interface's first one.
    public var address: IPv4Address?
    /// The roles whose nodes are there; one that the agent does not play has no effect.
    public var services: Set<AgentRole>
    /// How the agent advertises itself there; nil when it does not. Address, services, care-of addresses and flags are filled in from
    /// the agent's own configuration.
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
