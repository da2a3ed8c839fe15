/// All objects of both modules, each once.
enum MIBGroups {
    static var leaves: [MIBLeaf] { (base + ext).flatMap(\.self) + CounterGroup.leaves }

    /// MIP-MIB.
    private static var base: [[MIBLeaf]] {
        [
            SystemGroup.leaves, SecurityGroup.leaves, SecurityIdentityGroup.leaves, MobileNodeGroup.leaves, DiscoveryGroup.leaves,
            NodeRegistrationGroup.leaves, AdvertisementGroup.leaves, ForeignAgentGroup.leaves, VisitorGroup.leaves,
            HomeAgentGroup.leaves, NodeCounterGroup.leaves,
        ]
    }

    /// MIPV4-EXT-MIB.
    private static var ext: [[MIBLeaf]] {
        [
            AgentGroup.leaves, CapacityGroup.leaves, OutcomeGroup.leaves, HistoryGroup.leaves, BindingGroup.leaves,
            NodeAddressGroup.leaves, VisitGroup.leaves, NodeGroup.leaves, NodeMessageGroup.leaves, NodeDiscoveryGroup.leaves,
            ForwardingGroup.leaves, AssociationGroup.leaves, AdvertGroup.leaves, NotifyGroup.leaves, SignallingGroup.leaves,
            SendGroup.leaves, DrainGroup.leaves, ExchangeGroup.leaves, ExtensionUseGroup.leaves,
        ]
    }
}
