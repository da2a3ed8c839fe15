public import MobileIPv4

/// The advertising parameters of one interface (`maAdvConfigEntry`, RFC 5944 §2.3, RFC 1256 §6.2.1).
public struct AdvertisementConfiguration: Hashable, Sendable {
    /// The destination of advertisements (`maAdvAddress`).
    public enum Destination: String, Hashable, Sendable, CaseIterable {
        /// 224.0.0.1
        case allSystems
        /// 255.255.255.255
        case limitedBroadcast

        /// The IPv4 address.
        public var address: IPv4Address { self == .allSystems ? IPv4Address(224, 0, 0, 1) : .limitedBroadcast }
    }

    /// The agent's address on the interface: the source of its advertisements and the router address in them (`maInterfaceAddress`).
    public var interfaceAddress: IPv4Address
    /// The prefix length of the interface, 0…32, sent if `includesPrefixLength` (`maAdvPrefixLengthInclusion`).
    public var prefixLength: UInt8
    /// Whether the Prefix-Lengths extension is sent (`maAdvPrefixLengthInclusion`).
    public var includesPrefixLength = false
    /// The destination of advertisements (`maAdvAddress`).
    public var destination = Destination.allSystems
    /// The longest registration advertised, in seconds; 65535 means infinity (`maAdvMaxRegLifetime`).
    public var maximumRegistrationLifetime: UInt16 = 1800
    /// The longest interval between unsolicited advertisements, 4…1800 s (`maAdvMaxInterval`).
    public var maximumInterval = 600
    /// The shortest interval, 3…1800 s, at most `maximumInterval` (`maAdvMinInterval`).
    public var minimumInterval = 450
    /// The ICMP lifetime, 4…9000 s, at least `maximumInterval` (`maAdvMaxAdvLifetime`).
    public var advertisementLifetime: UInt16 = 1800
    /// Advertises only in response to solicitations (`maAdvResponseSolicitationOnly`).
    public var onlyOnSolicitation = false
    /// Whether the agent routes common traffic too, as a router for nodes that are not mobile: ICMP code 0 instead of 16 (RFC 5944 §2.1).
    public var routesCommonTraffic = false
    /// H: home agent service on this interface.
    public var homeAgentService = false
    /// F: foreign agent service on this interface; requires a care-of address.
    public var foreignAgentService = false
    /// Care-of addresses in order of preference, at most 62.
    public var careOfAddresses: [IPv4Address] = []
    /// R (`faRegistrationRequired`); only with foreign agent service.
    public var registrationRequired = false
    /// M, G and T, and X, which only foreign agent service has; the other bits follow from the fields above.
    public var capabilities: AdvertisementFlags = []
    /// The NAI of the agent (RFC 3846 subtype 1 or 3); nil for none.
    public var nai: NetworkAccessIdentifier?
    /// The length in octets of the fresh challenge in each advertisement, 4…255; nil for no challenge (RFC 4721 §2).
    public var challengeLength: Int?

    /// Uses the defaults of RFC 1256; at least one role must then be enabled.
    public init(interfaceAddress: IPv4Address, prefixLength: UInt8) {
        self.interfaceAddress = interfaceAddress
        self.prefixLength = min(prefixLength, 32)
    }

    /// The problems, each a sentence that states what is expected; empty when the configuration is usable.
    public var problems: [String] {
        var problems: [String] = []
        func require(_ holds: Bool, _ sentence: String) { if !holds { problems.append(sentence) } }
        require((4...1800).contains(maximumInterval), "the longest interval must be 4 to 1800 s, not \(maximumInterval)")
        require(
            (3...1800).contains(minimumInterval) && minimumInterval <= maximumInterval,
            "the shortest interval must be 3 s to the longest interval of \(maximumInterval) s, not \(minimumInterval)")
        require(
            (4...9000).contains(advertisementLifetime) && Int(advertisementLifetime) >= maximumInterval,
            "the advertisement lifetime must be 4 to 9000 s and at least the longest interval of \(maximumInterval) s, "
                + "not \(advertisementLifetime)")
        require(homeAgentService || foreignAgentService, "an interface must advertise home agent or foreign agent service")
        require(!foreignAgentService || !careOfAddresses.isEmpty, "foreign agent service needs a care-of address")
        require(
            careOfAddresses.count <= 62, "an advertisement can hold at most 62 care-of addresses, not \(careOfAddresses.count)")
        require(
            !registrationRequired || foreignAgentService, "registration can be required only with foreign agent service")
        if let challengeLength {
            require((4...255).contains(challengeLength), "a challenge must have 4 to 255 octets, not \(challengeLength)")
        }
        return problems
    }
}
