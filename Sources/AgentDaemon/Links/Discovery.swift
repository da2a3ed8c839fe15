import AgentModel
import DataPlane
import Glibc
import Logging
import MobileIPv4
import MobilityAgent
import MobilityLink

/// The links with mobile nodes: who is where on them, and the agent's advertisements.
final class Discovery {
    private(set) var links: [AgentLink]
    /// Receives solicitations; nil if the agent advertises on no link.
    let socket: ICMPSocket?
    /// Whether changes by operators survive a restart.
    let keepsChanges: Bool
    let logger: Logger
    var noticeLimiter = NoticeLimiter()
    /// Addresses no longer advertised whose removal has not been published yet.
    private var ended: [IPv4Address] = []
    private var random = SystemRandomNumberGenerator()

    /// - Throws: If an interface is missing, or the program lacks the permissions to open what it needs.
    init(
        _ configurations: [LinkConfiguration], agent: MobilityAgentConfiguration, at now: Moment, logger: Logger
    ) throws(AgentDaemonError) {
        var links: [AgentLink] = []
        for configuration in configurations { links.append(try AgentLink(configuration, agent: agent, at: now)) }
        let advertised = links.filter { $0.advertiser != nil }.map(\.index)
        socket =
            advertised.isEmpty
            ? nil
            : try AgentDaemonError.wrapping { () throws(LinkError) in
                try ICMPSocket(receiving: AgentSolicitation.icmpType, from: ICMPSocket.allRouters, interfaces: advertised)
            }
        self.links = links
        self.logger = logger
        keepsChanges = agent.keepsChanges
    }

    /// Updates which nodes' frames have been seen.
    func refreshNeighbors() { for link in links { link.neighbors.refresh() } }

    /// Requests from nodes without an address, which reach no UDP socket.
    func takeUnroutable() -> [UnroutableRequest] { links.flatMap { $0.neighbors.takeUnroutable() } }

    /// The link-layer address that a request came from; nil if it was not seen on one of the links.
    func sender(of request: RawSpan, from source: IPv4Address) -> LinkLayerAddress? {
        guard let identification = (try? RegistrationRequest(decoding: request))?.identification else { return nil }
        return links.sender(of: identification, from: source)
    }

    /// Readable if frames have arrived.
    var frameDescriptors: [CInt] { links.flatMap(\.neighbors.descriptors) }

    /// Handles an ICMP message, which includes its IP header.
    func receive(_ datagram: RawSpan, _ header: DatagramBatch.Header) {
        guard datagram.byteCount > 20 else { return }
        let start = Int(datagram.unsafeLoad(as: UInt8.self) & 0xF) * 4
        guard start >= 20, datagram.byteCount > start, AgentSolicitation.matches(datagram.extracting(start...)),
            let index = links.firstIndex(where: { $0.index == header.interface })
        else { return }
        // RFC 1256 §4.3: a solicitation comes from a neighbour, or from a node that has no address yet.
        guard header.source.address == .zero || !header.source.address.isLoopback else { return }
        links[index].advertiser?.receiveSolicitation()
        links[index].isChanged = true
    }

    /// Whether advertisements say that no more visitors are accepted.
    var isBusy = false {
        didSet {
            guard isBusy != oldValue else { return }
            for index in links.indices {
                links[index].advertiser?.isBusy = isBusy
                links[index].isChanged = true
            }
        }
    }

    /// From now on advertises in this way, or not at all if nil.
    func setAdvertising(_ index: Int, _ configuration: AdvertisementConfiguration?, _ storage: StorageType?, at now: Moment) {
        if links[index].advertiser != nil, configuration == nil { ended.append(links[index].address) }
        links[index].setAdvertising(configuration, storage, at: now)
        links[index].advertiser?.isBusy = isBusy
        if configuration != nil { ended.removeAll { $0 == links[index].address } }
    }

    /// When the next advertisement is due, in nanoseconds of uptime.
    var nextDeadline: Int64? { links.compactMap { $0.advertiser?.nextDeadline }.min() }

    /// Sends the advertisements that are due.
    ///
    /// - Parameter challenge: Called for a challenge of this length for advertisements from this address.
    func advertise(at now: Moment, time: Timestamp, challenge: (IPv4Address, Int) -> [UInt8]?) {
        guard let socket else { return }
        for index in links.indices {
            let address = links[index].address
            guard
                let outgoing = links[index].advertiser?.advance(
                    to: now, random: &random, nextChallenge: { challenge(address, $0) })
            else { continue }
            let code = socket.send(
                outgoing.advertisement.encoded(), to: outgoing.destination, from: address, interface: links[index].index)
            links[index].sent(outgoing.advertisement, at: time)
            guard code != 0 else { continue }
            logger.warning(
                "cannot send an advertisement",
                metadata: ["interface": "\(links[index].name)", "error": "\(String(cString: strerror(code)))"])
        }
    }

    /// The advertisement that informs one visitor of a revocation; nil if the agent does not advertise foreign agent service there.
    func makeNotice(
        on index: Int, to visitor: IPv4Address, _ challenge: (Int) -> [UInt8]?
    ) -> AgentAdvertiser.Outgoing? {
        links[index].isChanged = true
        return links[index].advertiser?.makeNotice(to: visitor, nextChallenge: challenge)
    }

    /// Rows that changed since they were last published.
    func changedRows() -> [StateChange] {
        var changes: [StateChange] = ended.map { .advertisingRemoved($0) }
        ended = []
        for index in links.indices where links[index].isChanged {
            links[index].isChanged = false
            if let row = links[index].record { changes.append(.advertising(row)) }
        }
        return changes
    }

    /// The clock was set: shifts every time by this many milliseconds.
    func shiftTimes(by milliseconds: Int64) {
        for index in links.indices { links[index].shiftTimes(by: milliseconds) }
    }

    /// All rows.
    var rows: [StateChange] { links.compactMap { $0.record.map { .advertising($0) } } }

    /// Sends a datagram directly to the node whose frames were seen on a link. Returns false if it has to be routed.
    func sendInFrame(_ datagram: OutgoingDatagram) -> Bool {
        let isBroadcast = datagram.destination.address == .limitedBroadcast
        let identification = (try? RegistrationReply(decoding: datagram.payload.span.bytes))?.identification
        let node = isBroadcast ? IPv4Address.zero : datagram.destination.address
        guard let (link, address) = links.sighting(of: node, identification: identification) else { return false }
        let code = link.neighbors.send(datagram.inIPv4, to: address)
        guard code != 0 else { return true }
        logger.debug(
            "cannot send a frame",
            metadata: ["interface": "\(link.name)", "error": "\(String(cString: strerror(code)))"])
        return false
    }
}

extension IPv4Address {
    fileprivate var isLoopback: Bool { rawValue >> 24 == 127 }
}
