/// An Agent Advertisement: an ICMP Router Advertisement (RFC 1256 §3) with Mobile IP extensions (RFC 5944 §2.1), sent with TTL 1.
public struct AgentAdvertisement: Hashable, Sendable {
    /// A router address of the ICMP part; a larger preference is better.
    public struct Router: Hashable, Sendable {
        /// The router's address.
        public var address: IPv4Address
        /// RFC 1256 preference; higher is better.
        public var preference: Int32

        public init(address: IPv4Address, preference: Int32 = 0) {
            self.address = address
            self.preference = preference
        }
    }

    /// The Mobility Agent Advertisement extension, type 16 (RFC 5944 §2.1.1).
    public struct MobilityAgent: Hashable, Sendable {
        /// Counts advertisements since the agent started.
        public var sequence: AdvertisementSequence
        /// The longest registration accepted, in seconds; 0xffff means infinity.
        public var registrationLifetime: RegistrationLifetime
        /// What the agent offers.
        public var flags: AdvertisementFlags
        /// Care-of addresses in order of preference, at most 62.
        public var careOfAddresses: [IPv4Address]

        public init(
            sequence: AdvertisementSequence, registrationLifetime: RegistrationLifetime, flags: AdvertisementFlags,
            careOfAddresses: [IPv4Address]
        ) {
            self.sequence = sequence
            self.registrationLifetime = registrationLifetime
            self.flags = flags
            self.careOfAddresses = careOfAddresses
        }
    }

    /// ICMP code: false (0) when the agent also routes common traffic, true (16) when it does not.
    public var onlyMobility: Bool
    /// How long the advertisement is valid, in seconds (ICMP Lifetime).
    public var lifetime: UInt16
    /// Router addresses, at most 255.
    public var routers: [Router]
    /// Nil in a plain router advertisement, which does not come from a mobility agent.
    public var mobilityAgent: MobilityAgent?
    /// The prefix length of each router address (type 19); empty when the extension is absent.
    public var prefixLengths: [UInt8]
    /// The foreign agent's challenge (type 24, RFC 4721); at least 4 octets.
    public var challenge: [UInt8]?
    /// NAI carrying extension (type 136, RFC 3846): subtype 1 home agent, 2 AAAH, 3 foreign agent.
    public var carriedNAI: CarriedNAI?
    /// How many unknown extensions of types 128 to 255 were skipped while decoding.
    public var skippedUnknown: Int

    /// An NAI of type 136 with its subtype.
    public struct CarriedNAI: Hashable, Sendable {
        /// 1 home agent, 3 foreign agent (RFC 3846).
        public var subtype: UInt8
        /// The agent's NAI.
        public var nai: NetworkAccessIdentifier

        public init(subtype: UInt8, nai: NetworkAccessIdentifier) {
            self.subtype = subtype
            self.nai = nai
        }
    }

    public init(
        onlyMobility: Bool, lifetime: UInt16, routers: [Router], mobilityAgent: MobilityAgent?, prefixLengths: [UInt8] = [],
        challenge: [UInt8]? = nil, carriedNAI: CarriedNAI? = nil
    ) {
        self.onlyMobility = onlyMobility
        self.lifetime = lifetime
        self.routers = routers
        self.mobilityAgent = mobilityAgent
        self.prefixLengths = prefixLengths
        self.challenge = challenge
        self.carriedNAI = carriedNAI
        self.skippedUnknown = 0
    }

    /// The advertised router to which a host on `network` may send common traffic: the one with the highest preference. Nil when the agent
    /// routes none (code 16), or no router is on that network.
    public func defaultRouter(on network: IPv4Prefix) -> IPv4Address? {
        guard !onlyMobility else { return nil }
        // RFC 1256 §3: the lowest preference marks a router that must not be used as default.
        return routers.filter { network.contains($0.address) && $0.preference > Int32.min }
            .max { $0.preference < $1.preference }?.address
    }

    /// ICMP type 9.
    public static let icmpType: UInt8 = 9
    /// Extension types of an advertisement.
    package enum ExtensionType {
        package static let padding: UInt8 = 0
        package static let mobilityAgent: UInt8 = 16
        package static let prefixLengths: UInt8 = 19
        package static let challenge: UInt8 = 24
        package static let naiCarrying: UInt8 = 136
    }
}
