public import JSON
public import MobileIPv4

/// An interface on which an agent advertises itself (`maAdvConfigEntry`, `maAdvertisementEntry`); the key is its address.
public struct AdvertisingInterface: Hashable, Sendable, Codable {
    /// Name of the interface.
    public var name: String
    /// Its index in the operating system; 0 if unknown (`maAdvertConfEntry` INDEX).
    public var interfaceIndex: UInt32
    /// Whether changes to it survive a restart; nil if everything is as in the agent's configuration (`maAdvertStorageType`).
    public var storage: StorageType?
    /// The agent's address there (`maInterfaceAddress`).
    public var address: IPv4Address
    /// Prefix length of the link.
    public var prefixLength: UInt8
    /// Where advertisements go (`maAdvAddress`).
    public var destination: IPv4Address
    /// Longest registration lifetime advertised, in seconds; 65535 means infinity (`maAdvMaxRegLifetime`).
    public var maximumRegistrationLifetime: UInt16
    /// Longest interval between unsolicited advertisements, in seconds (`maAdvMaxInterval`).
    public var maximumInterval: Int
    /// Shortest interval, in seconds (`maAdvMinInterval`).
    public var minimumInterval: Int
    /// The ICMP lifetime, in seconds (`maAdvMaxAdvLifetime`).
    public var advertisementLifetime: UInt16
    /// Whether it advertises only when solicited (`maAdvResponseSolicitationOnly`).
    public var onlyOnSolicitation: Bool
    /// Whether the Prefix-Lengths extension is sent (`maAdvPrefixLengthInclusion`).
    public var includesPrefixLength: Bool
    /// Flags of the last advertisement; before the first one is sent, those it will have.
    public var flags: AdvertisementFlags
    /// Care-of addresses advertised, in order.
    public var careOfAddresses: [IPv4Address]
    /// Length in bytes of the challenge in each advertisement; 0 means none.
    public var challengeLength: Int
    /// The agent's network access identifier in advertisements (RFC 3846); nil means none (`maAdvertNetworkNAI`).
    public var nai: NetworkAccessIdentifier?
    /// Sequence number of the last advertisement; absent before the first.
    public var sequence: UInt16?
    /// Advertisements sent, including solicited ones (`maAdvertisementsSent`).
    public var advertisementsSent: UInt64
    /// Of these, replies to solicitations (`maAdvsSentForSolicitation`).
    public var advertisementsSentForSolicitation: UInt64
    /// Solicitations received (`maSolicitationsReceived`).
    public var solicitationsReceived: UInt64
    /// When the last advertisement was sent.
    public var recent: Timestamp?
    /// Whether advertisements say that the agent also routes common traffic: ICMP code 0 instead of 16 (RFC 5944 §2.1).
    public var routesCommonTraffic = false

    public init(
        name: String, address: IPv4Address, prefixLength: UInt8, destination: IPv4Address, maximumRegistrationLifetime: UInt16,
        maximumInterval: Int, minimumInterval: Int, advertisementLifetime: UInt16, onlyOnSolicitation: Bool,
        includesPrefixLength: Bool, flags: AdvertisementFlags, careOfAddresses: [IPv4Address], challengeLength: Int,
        interfaceIndex: UInt32 = 0, nai: NetworkAccessIdentifier? = nil, sequence: UInt16? = nil, advertisementsSent: UInt64 = 0,
        advertisementsSentForSolicitation: UInt64 = 0,
        solicitationsReceived: UInt64 = 0, recent: Timestamp? = nil, storage: StorageType? = nil,
        routesCommonTraffic: Bool = false
    ) {
        self.name = name
        self.interfaceIndex = interfaceIndex
        self.storage = storage
        self.address = address
        self.prefixLength = prefixLength
        self.destination = destination
        self.maximumRegistrationLifetime = maximumRegistrationLifetime
        self.maximumInterval = maximumInterval
        self.minimumInterval = minimumInterval
        self.advertisementLifetime = advertisementLifetime
        self.onlyOnSolicitation = onlyOnSolicitation
        self.includesPrefixLength = includesPrefixLength
        self.flags = flags
        self.careOfAddresses = careOfAddresses
        self.challengeLength = challengeLength
        self.nai = nai
        self.sequence = sequence
        self.advertisementsSent = advertisementsSent
        self.advertisementsSentForSolicitation = advertisementsSentForSolicitation
        self.solicitationsReceived = solicitationsReceived
        self.recent = recent
        self.routesCommonTraffic = routesCommonTraffic
    }
}

extension AdvertisingInterface: Record {
    public static var blank: AdvertisingInterface {
        AdvertisingInterface(
            name: "", address: .zero, prefixLength: 0, destination: .zero, maximumRegistrationLifetime: 0, maximumInterval: 0,
            minimumInterval: 0, advertisementLifetime: 0, onlyOnSolicitation: false, includesPrefixLength: false, flags: [],
            careOfAddresses: [], challengeLength: 0)
    }

    public mutating func visit(_ visitor: inout some RecordVisitor) throws(NotCanonical) {
        try visitor.member("name", &name)
        try visitor.member("interfaceIndex", &interfaceIndex)
        try visitor.member("storage", &storage)
        try visitor.member("address", &address)
        try visitor.member("prefixLength", &prefixLength)
        try visitor.member("destination", &destination)
        try visitor.member("maximumRegistrationLifetime", &maximumRegistrationLifetime)
        try visitor.member("maximumInterval", &maximumInterval)
        try visitor.member("minimumInterval", &minimumInterval)
        try visitor.member("advertisementLifetime", &advertisementLifetime)
        try visitor.member("onlyOnSolicitation", &onlyOnSolicitation)
        try visitor.member("includesPrefixLength", &includesPrefixLength)
        try visitor.member("flags", &flags)
        try visitor.member("careOfAddresses", &careOfAddresses)
        try visitor.member("challengeLength", &challengeLength)
        try visitor.member("nai", &nai)
        try visitor.member("sequence", &sequence)
        try visitor.member("advertisementsSent", &advertisementsSent)
        try visitor.member("advertisementsSentForSolicitation", &advertisementsSentForSolicitation)
        try visitor.member("solicitationsReceived", &solicitationsReceived)
        try visitor.member("recent", &recent)
        try visitor.member("routesCommonTraffic", &routesCommonTraffic, since: 2)
    }
}
