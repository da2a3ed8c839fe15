import AgentModel
import MIPTesting
import MobileIPv4
import MobilityAgent
import Testing

/// What a flood of invented requests looks like.
enum Attack: String, CaseIterable, CustomTestStringConvertible {
    /// One home agent that does not answer, named by many senders.
    case silentHomeAgent = "a home agent that does not answer, from many senders"
    /// A different home agent in each request, named by one station on the link.
    case manyHomeAgents = "many home agents that do not answer, from one station"
    /// The home agent that the others use, named by many senders; it does not answer requests that it cannot authenticate.
    case realHomeAgent = "the real home agent, from many senders"
    /// The same by one station that invents source addresses.
    case realHomeAgentFromOneStation = "the real home agent, from one station"
    /// The home addresses and the home agent of visitors, by another station.
    case visitors = "the visitors' home addresses, from another station"

    var testDescription: String { rawValue }

    /// True where the attacker's link-layer addresses are seen.
    var hasLinkLayer: Bool { [.manyHomeAgents, .realHomeAgentFromOneStation, .visitors].contains(self) }
}

/// A foreign agent with visitors that renew and newcomers, under a flood; time passes in steps of a millisecond.
struct Flood {
    private static let homeAgent = TransportEndpoint(IPv4Address(192, 0, 2, 1), port: 434)
    /// How long the home agent takes to answer, in milliseconds.
    private static let delay = 50
    private static let visitorCount = 100
    private static let renewalInterval = 10_000
    private static let newcomerInterval = 100

    private(set) var bench: Bench
    let attack: Attack
    /// Nodes that sent a request, with the millisecond in which they did, until they are answered.
    private var waiting: [IPv4Address: (since: Int, isRenewal: Bool)] = [:]
    private var answers: [(due: Int, octets: [UInt8])] = []
    private var answered = 0
    private var random = SeededGenerator(seed: 7)
    private var spoofed: [UInt8]
    private var milliseconds = 0

    private(set) var renewals = 0
    private(set) var newcomers = 0
    private(set) var renewalsAnswered = 0
    private(set) var newcomersAnswered = 0
    private(set) var attackersRelayed = 0

    init(_ attack: Attack) {
        self.attack = attack
        bench = Bench(Lab.foreignAgentConfiguration())
        spoofed = Request(visiting: bench).octets
        for visitor in 0..<Self.visitorCount {
            send(Self.visitor(visitor), isRenewal: true)
            // The first answer makes the home agent known.
            if visitor == 0 { for _ in 0...Self.delay { step() } }
        }
        for _ in 0..<1000 { step() }
        (renewals, renewalsAnswered) = (0, 0)
    }

    private static func visitor(_ number: Int) -> IPv4Address { IPv4Address(rawValue: 0xC000_0264 + UInt32(number)) }
    private static func newcomer(_ number: Int) -> IPv4Address { IPv4Address(rawValue: 0x0A01_0000 + UInt32(number)) }
    private static func station(_ address: IPv4Address) -> UInt64 { 0x0200_0000_0000 | UInt64(address.rawValue) }

    /// Lets the flood last, while visitors renew and newcomers arrive.
    mutating func run(seconds: Int, rate: Int) {
        for elapsed in 0..<(seconds * 1000) {
            for _ in (elapsed * rate / 1000)..<((elapsed + 1) * rate / 1000) { sendSpoofed() }
            // Those that come in the last second could not be waited for.
            if elapsed < (seconds - 1) * 1000 {
                let turn = elapsed % Self.renewalInterval
                if turn % (Self.renewalInterval / Self.visitorCount) == 0 {
                    send(Self.visitor(turn * Self.visitorCount / Self.renewalInterval), isRenewal: true)
                }
                if elapsed % Self.newcomerInterval == 50 {
                    send(Self.newcomer(elapsed / Self.newcomerInterval), isRenewal: false)
                }
            }
            step()
        }
    }

    private mutating func step() {
        milliseconds += 1
        bench.advance(seconds: 0.001)
        while answered < answers.count, answers[answered].due <= milliseconds {
            bench.receive(answers[answered].octets, from: Self.homeAgent, to: Lab.foreignAgent)
            answered += 1
            note()
        }
    }

    /// Counts the nodes that have been accepted in time.
    private mutating func note() {
        for datagram in bench.effects.datagrams where datagram.payload.first == MessageType.registrationReply.rawValue {
            guard let reply = try? RegistrationReply(decoding: datagram.payload.span.bytes), reply.code.isAccepted,
                let sent = waiting.removeValue(forKey: reply.homeAddress), milliseconds - sent.since <= 1000
            else { continue }
            if sent.isRenewal { renewalsAnswered += 1 } else { newcomersAnswered += 1 }
        }
    }

    private mutating func send(_ homeAddress: IPv4Address, isRenewal: Bool) {
        let request = Request(visiting: bench) { ($0.homeAddress, $0.homeAgent) = (homeAddress, Self.homeAgent.address) }
        if isRenewal { renewals += 1 } else { newcomers += 1 }
        waiting[homeAddress] = (milliseconds, isRenewal)
        let station = attack.hasLinkLayer ? Self.station(homeAddress) : nil
        bench.receive(
            request.octets, from: TransportEndpoint(homeAddress, port: 434), linkLayer: station, to: Lab.foreignAgent)
        guard bench.effects.datagrams.contains(where: { $0.destination == Self.homeAgent }) else { return }
        answers.append((milliseconds + Self.delay, Answer(to: request) { $0.homeAddress = homeAddress }.octets))
    }

    private mutating func sendSpoofed() {
        let number = random.next()
        var source = IPv4Address(rawValue: 0x0B00_0000 | UInt32(number & 0xFF_FFFF))
        var homeAddress = IPv4Address(rawValue: 0x0C00_0000 | UInt32(number >> 24 & 0xFF_FFFF))
        var homeAgent = Self.homeAgent.address
        switch attack {
        case .silentHomeAgent: homeAgent = IPv4Address(203, 0, 113, 66)
        case .manyHomeAgents: homeAgent = IPv4Address(rawValue: 0x0D00_0000 | UInt32(number >> 40 & 0xFF_FFFF))
        case .realHomeAgent, .realHomeAgentFromOneStation: break
        case .visitors:
            homeAddress = Self.visitor(Int(number % UInt64(Self.visitorCount)))
            source = homeAddress
        }
        // Only what differs is written, since a foreign agent cannot check the node's authenticator.
        put(homeAddress.rawValue, at: 4)
        put(homeAgent.rawValue, at: 8)
        put(UInt32(truncatingIfNeeded: random.next()), at: 20)
        bench.receive(
            spoofed, from: TransportEndpoint(source, port: 434), linkLayer: attack.hasLinkLayer ? 0x0600_0000_0001 : nil,
            to: Lab.foreignAgent)
        if bench.effects.datagrams.contains(where: { $0.destination.address == homeAgent }) { attackersRelayed += 1 }
    }

    private mutating func put(_ word: UInt32, at offset: Int) {
        for index in 0..<4 { spoofed[offset + index] = UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * index)) }
    }
}
