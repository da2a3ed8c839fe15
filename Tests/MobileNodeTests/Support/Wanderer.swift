import AgentModel
import MobileIPv4
import MobileNode
import Testing

/// A movement detector with its own clock, and the agents around it.
struct Wanderer {
    /// An agent as heard by a node.
    struct Agent {
        var address: IPv4Address
        var flags: AdvertisementFlags = .foreignAgent
        var careOf: [IPv4Address]
        /// ICMP lifetime in seconds.
        var lifetime: UInt16 = 9
        var sequence: UInt16 = 0
        var challenge: [UInt8]?

        init(_ address: IPv4Address, flags: AdvertisementFlags = .foreignAgent, careOf: [IPv4Address]? = nil) {
            self.address = address
            self.flags = flags
            self.careOf = careOf ?? [address]
        }

        var octets: [UInt8] {
            AgentAdvertisement(
                onlyMobility: false, lifetime: lifetime, routers: [.init(address: address)],
                mobilityAgent: .init(
                    sequence: .init(rawValue: sequence), registrationLifetime: .init(rawValue: 600), flags: flags,
                    careOfAddresses: flags.contains(.foreignAgent) ? careOf : []),
                challenge: challenge
            ).encoded()
        }

        /// How a node without an address of its own attaches through this agent.
        var attachment: NetworkAttachment {
            .foreignAgent(TransportEndpoint(address, port: 434), careOfAddress: careOf.first ?? address)
        }
    }

    static let home = Agent(IPv4Address(192, 0, 2, 1), flags: .homeAgent)
    static let a = Agent(IPv4Address(198, 51, 100, 1))
    static let b = Agent(IPv4Address(203, 0, 113, 1))
    static let own = IPv4Address(203, 0, 113, 77)

    var detector: MovementDetector
    var now: Int64 = 0

    init(eager: Bool = true) {
        var configuration = MovementDetector.Configuration(
            homeAgent: Self.home.address, homeNetwork: IPv4Prefix(containing: Self.home.address, length: 24))
        configuration.isEager = eager
        detector = MovementDetector(configuration: configuration)
    }

    var moment: Moment { Moment(uptime: now, wallClock: 0) }

    mutating func linkUp() -> [MovementDetector.Action] { detector.linkUp(at: moment) }

    mutating func hear(_ agent: Agent) -> [MovementDetector.Action] {
        detector.receive(agent.octets.span.bytes, from: agent.address, at: moment)
    }

    mutating func setOwnAddress(_ address: IPv4Address?) -> [MovementDetector.Action] {
        detector.setCoLocatedAddress(address, at: moment)
    }

    /// Lets time pass and performs each action when it is due; returns the actions, each with its second.
    mutating func pass(seconds: Double) -> [(second: Double, action: MovementDetector.Action)] {
        let end = now + Int64(seconds * 1e9)
        var done: [(second: Double, action: MovementDetector.Action)] = []
        while let due = detector.nextDeadline, due <= end {
            now = max(now, due)
            done += detector.advance(to: moment).map { (Double(now) / 1e9, $0) }
        }
        now = end
        return done
    }
}

extension [MovementDetector.Action] {
    /// The attachments requested by the actions, in order.
    var attachments: [NetworkAttachment] {
        compactMap { if case .attach(let attachment, _) = $0 { attachment } else { nil } }
    }
}
