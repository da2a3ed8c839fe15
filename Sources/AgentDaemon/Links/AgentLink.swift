import AgentModel
import CLinuxNetwork
import DataPlane
import Glibc
import MobileIPv4
import MobilityAgent
import MobilityLink

/// The state of one interface with mobile nodes on its link: its index and address, whose frames were seen there, and its advertiser.
struct AgentLink {
    let name: String
    let index: UInt32
    let address: IPv4Address
    let prefix: IPv4Prefix
    let services: Set<AgentRole>
    let neighbors: LinkLayerTable
    var advertiser: AgentAdvertiser?
    /// How it would advertise by default; nil if it has nothing to advertise.
    let usual: AdvertisementConfiguration?
    /// Whether the agent's configuration makes it advertise.
    let isConfigured: Bool
    /// Whether an operator's changes to it survive a restart; nil if there are none.
    private(set) var storage: StorageType?
    /// When it last advertised.
    private(set) var recent: Timestamp?
    private(set) var lastSequence: UInt16?
    /// True if its current row has not been published yet.
    var isChanged = true

    /// The clock was set: shifts every time by this many milliseconds.
    mutating func shiftTimes(by milliseconds: Int64) { recent = recent?.adding(milliseconds: milliseconds) }

    init(_ configuration: LinkConfiguration, agent: MobilityAgentConfiguration, at now: Moment) throws(AgentDaemonError) {
        name = configuration.name
        services = configuration.services
        index = if_nametoindex(configuration.name)
        guard index != 0 else {
            throw AgentDaemonError(
                "there is no interface '\(configuration.name)'; 'ip link' lists the interfaces of this machine")
        }
        let addresses = InterfaceAddress.all(of: configuration.name)
        guard let own = addresses.first(where: { configuration.address == nil || $0.address == configuration.address }) else {
            throw AgentDaemonError(
                configuration.address.map {
                    "the interface '\(configuration.name)' has no address \($0); add it, or name an address that it has"
                } ?? "the interface '\(configuration.name)' has no IPv4 address; add one to advertise from")
        }
        address = own.address
        prefix = own.prefix
        let ports = Set(((agent.homeAgent?.endpoints ?? []) + (agent.foreignAgent?.endpoints ?? [])).map(\.port))
        let index = self.index
        neighbors = try AgentDaemonError.wrapping { () throws(LinkError) in
            try LinkLayerTable(interface: configuration.name, index: index, ports: ports.sorted())
        }
        isConfigured = configuration.advertisement != nil
        let usual = Self.fill(
            configuration.advertisement ?? AdvertisementConfiguration(interfaceAddress: own.address, prefixLength: 0), own,
            services,
            agent)
        self.usual = usual.problems.isEmpty ? usual : nil
        advertiser = try configuration.advertisement.map { (template) throws(AgentDaemonError) in
            let filled = Self.fill(template, own, services, agent)
            guard let problem = filled.problems.first else { return AgentAdvertiser(configuration: filled, startingAt: now) }
            throw AgentDaemonError("cannot advertise on interface '\(configuration.name)': \(problem)")
        }
    }

    private static func fill(
        _ template: AdvertisementConfiguration, _ own: InterfaceAddress, _ services: Set<AgentRole>,
        _ agent: MobilityAgentConfiguration
    ) -> AdvertisementConfiguration {
        var filled = template
        filled.interfaceAddress = own.address
        filled.prefixLength = UInt8(own.prefix.length)
        filled.homeAgentService = agent.homeAgent != nil && services.contains(.homeAgent)
        var encapsulations: Set<Encapsulation> = []
        var reverseTunnel = false
        if filled.homeAgentService, let role = agent.homeAgent {
            encapsulations.formUnion(role.encapsulations)
            reverseTunnel = role.reverseTunnel != .unavailable
        }
        if services.contains(.foreignAgent), let role = agent.foreignAgent {
            filled.foreignAgentService = true
            filled.careOfAddresses = role.careOfAddresses
            filled.registrationRequired = role.settings.foreignAgent.registrationRequired
            encapsulations.formUnion(role.encapsulations)
            reverseTunnel = reverseTunnel || role.reverseTunnel != .unavailable
        }
        if encapsulations.contains(.minEnc) { filled.capabilities.insert(.minEnc) }
        if encapsulations.contains(.gre) { filled.capabilities.insert(.gre) }
        if reverseTunnel { filled.capabilities.insert(.reverseTunnel) }
        return filled
    }

    /// From now on advertises in this way, or not at all; sequence numbers continue.
    mutating func setAdvertising(_ configuration: AdvertisementConfiguration?, _ storage: StorageType?, at now: Moment) {
        self.storage = storage
        isChanged = true
        guard let configuration else {
            advertiser = nil
            return
        }
        if advertiser == nil {
            advertiser = AgentAdvertiser(configuration: configuration, startingAt: now)
        } else if advertiser?.configuration != configuration {
            advertiser?.reconfigure(configuration, at: now)
        }
    }

    /// Records that an advertisement was sent.
    mutating func sent(_ advertisement: AgentAdvertisement, at time: Timestamp) {
        recent = time
        lastSequence = advertisement.mobilityAgent?.sequence.rawValue
        isChanged = true
    }

    /// The row to publish; nil if it does not advertise.
    var record: AdvertisingInterface? {
        guard let advertiser else { return nil }
        let configuration = advertiser.configuration
        return AdvertisingInterface(
            name: name, address: address, prefixLength: UInt8(prefix.length), destination: configuration.destination.address,
            maximumRegistrationLifetime: configuration.maximumRegistrationLifetime,
            maximumInterval: configuration.maximumInterval, minimumInterval: configuration.minimumInterval,
            advertisementLifetime: configuration.advertisementLifetime, onlyOnSolicitation: configuration.onlyOnSolicitation,
            includesPrefixLength: configuration.includesPrefixLength, flags: advertiser.flags,
            careOfAddresses: configuration.foreignAgentService ? configuration.careOfAddresses : [],
            challengeLength: configuration.challengeLength ?? 0, interfaceIndex: index, nai: configuration.nai,
            sequence: lastSequence,
            advertisementsSent: advertiser.counters.advertisementsSent,
            advertisementsSentForSolicitation: advertiser.counters.advertisementsSentForSolicitation,
            solicitationsReceived: advertiser.counters.solicitationsReceived, recent: recent, storage: storage,
            routesCommonTraffic: configuration.routesCommonTraffic)
    }
}

extension [AgentLink] {
    /// The link on which a node was last seen, and the node's address there: the sender of the request with this identification, or else
    /// of anything with this source address.
    func sighting(of node: IPv4Address, identification: Identification?) -> (link: AgentLink, address: LinkLayerAddress)? {
        let seen = identification.flatMap { latest(\.neighbors, of: node, identification: $0) } ?? latest(\.neighbors, of: node)
        return seen.map { (self[$0.index], $0.address) }
    }

    /// The sender of the request with this source address and identification; nil if it was not seen on a link.
    func sender(of request: Identification, from source: IPv4Address) -> LinkLayerAddress? {
        latest(\.neighbors, of: source, identification: request)?.address
    }
}

extension Array {
    /// The latest of the sightings in several tables, and where it is.
    func latest(
        _ table: (Element) -> LinkLayerTable, of node: IPv4Address, identification: Identification? = nil
    ) -> (index: Int, address: LinkLayerAddress)? {
        var best: (index: Int, sighting: Sighting)?
        for index in indices {
            guard let sighting = table(self[index]).sighting(of: node, identification: identification) else { continue }
            if let best, best.sighting.time >= sighting.time { continue }
            best = (index, sighting)
        }
        return best.map { ($0.index, $0.sighting.address) }
    }
}
