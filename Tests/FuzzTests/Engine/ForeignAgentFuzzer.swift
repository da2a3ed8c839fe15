import AgentModel
import FuzzSupport

@testable import MobileIPv4
@testable import MobilityAgent

/// A foreign agent between nodes and home agents: requests, replies to what it relayed, notifications, ICMP errors, and time.
enum ForeignAgentFuzzer: FuzzTarget {
    static let name = "foreign-agent"
    static let about = "every datagram has one outcome, nothing waits past its timeout, and visitors stay within their limit"

    private static let configuration: MobilityAgentConfiguration = {
        var role = ForeignAgentConfiguration(endpoints: [Village.foreignAgent], careOfAddresses: [Village.foreignAgent.address])
        role.settings.limits.maximumVisitors = 4
        role.maximumPending = 3
        role.defaultHomeAgent = Village.homeAgent.address
        role.encapsulatingDelivery = true
        Village.discover(&role)
        return MobilityAgentConfiguration(
            name: "foreign", settings: Village.settings, foreignAgent: role, securityAssociations: Village.foreignAssociations)
    }()
    /// The same with challenges (RFC 4721).
    private static let challenging: MobilityAgentConfiguration = {
        var changed = configuration
        changed.foreignAgent?.challenge = ChallengePolicy()
        return changed
    }()

    static func run(_ bytes: [UInt8]) throws {
        var input = FuzzInput(bytes)
        let isChallenging = input.octet() & 1 != 0
        var agent = MobilityAgent(
            configuration: isChallenging ? challenging : configuration, instance: "fuzz", processID: 1,
            startTime: Timestamp(milliseconds: Village.start), random: SplitMix(state: 2))
        var effects = AgentEffects()
        var uptime: Int64 = 0
        var received = 0
        var unsolicited = 0
        var signals = 0
        var orders = 0
        var sent: [UInt8] = []
        var last: [UInt8] = []
        var relayed: [UInt8] = []
        for _ in 0..<64 where !input.isAtEnd {
            effects.removeAll()
            let operation = input.octet()
            var source = TransportEndpoint(operation & 0x80 == 0 ? Village.home : Village.node.address, port: 5000)
            switch operation & 0x27 {
            case 0: last = input.octets(Int(input.octet()))
            case 1, 2:
                last = Village.request(&input, at: uptime, careOf: Village.foreignAgent.address)
                if operation & 0x40 != 0 { last += Village.wishes(&input) }
                if operation & 8 != 0, let challenge = agent.nextChallenge(on: Village.foreignAgent.address) {
                    last += [132, UInt8(challenge.count)] + challenge
                }
                for _ in 0..<(operation & 3) {
                    Village.sign(&last, &input, with: Village.associations + Village.foreignAssociations)
                }
            case 3, 4:
                source = Village.homeAgent
                last = reply(to: relayed, &input)
                if operation & 8 != 0 { Village.sign(&last, &input, with: Village.foreignAssociations) }
            case 5:
                uptime += Int64(input.number16()) * 100_000_000
                agent.advance(to: Village.moment(uptime), effects: &effects)
                try Village.note(effects, &sent)
                try require((agent.nextDeadline ?? .max) > uptime, "the next deadline is due after advancing")
                continue
            case 6:
                agent.reportUnreachable(
                    HomeAgentUnreachable.allCases[Int(input.octet()) % 4], quoting: quotation(of: relayed, &input),
                    at: Village.moment(uptime), effects: &effects)
                try require(effects.datagrams.count <= 1, "an ICMP error denies \(effects.datagrams.count) requests")
                // Replies that no datagram has caused.
                unsolicited += effects.datagrams.count
                continue
            case 0x20:
                let order = Village.order(&input)
                // `advance` sends only so many at a time.
                guard orders < 8 else { continue }
                orders += 1
                _ = try? agent.notify(order, at: Village.moment(uptime), effects: &effects)
                try Village.note(effects, &sent)
                continue
            case 0x21...0x27:
                if operation & 4 != 0 { source = Village.homeAgent }
                last =
                    operation & 0x40 != 0
                    ? Village.experiment(&input)
                    : Village.notification(&input, at: uptime, careOf: Village.foreignAgent.address, answering: sent)
                for _ in 0..<(operation & 3) {
                    Village.sign(&last, &input, with: Village.associations + Village.foreignAssociations)
                }
            // The last datagram again.
            default: break
            }
            uptime += 1_000_000
            received += 1
            let discarded = agent.discarded
            agent.receive(
                last.span.bytes, from: source, to: Village.foreignAgent, timeToLive: operation & 16 == 0 ? 255 : 64,
                at: Village.moment(uptime), effects: &effects)
            if Village.isSignal(last), agent.discarded == discarded { signals += 1 }
            try Village.note(effects, &sent)
            let datagrams = effects.datagrams.filter { !Village.isSignal($0.payload) }
            try require(datagrams.count <= 1, "\(datagrams.count) datagrams follow from one")
            for datagram in datagrams {
                try requireEqual(datagram.source.address, Village.foreignAgent.address, "source of a datagram")
                if datagram.payload.first == MessageType.registrationRequest.rawValue {
                    relayed = datagram.payload
                    let home = datagram.destination.address
                    try require(
                        home != .zero && home.rawValue >> 28 < 0xE && home != Village.foreignAgent.address,
                        "a request is relayed to \(home)")
                }
                var cursor = ExtensionCursor(offset: datagram.payload.first == 1 ? 24 : 20)
                while try cursor.next(in: datagram.payload.span.bytes) != nil {}
            }
            try require(agent.tableCounts.visitors <= 4, "\(agent.tableCounts.visitors) visitors, of which 4 are allowed")
        }
        try agent.requireConsistency(received, unsolicited: unsolicited, signals: signals)
        try agent.requireSnapshot()
        uptime += 70_000_000_000_000
        agent.advance(to: Village.moment(uptime), effects: &effects)
    }

    /// What an ICMP error quotes of a request that was relayed, or something like it.
    private static func quotation(of request: [UInt8], _ input: inout FuzzInput) -> QuotedRequest {
        let steering = input.octet()
        var quoted = Array(request.prefix(Int(input.octet())))
        if steering & 1 != 0 { quoted += input.octets(Int(input.octet() & 0x3F)) }
        return QuotedRequest(
            source: Village.foreignAgent, destination: steering & 2 == 0 ? Village.homeAgent : Village.node,
            length: steering & 4 == 0 ? UInt16(8 + request.count) : steering & 8 == 0 ? nil : input.number16(),
            checksum: steering & 16 == 0 ? nil : input.number16(), payload: quoted)
    }

    /// A home agent's reply to a request that was relayed.
    private static func reply(to request: [UInt8], _ input: inout FuzzInput) -> [UInt8] {
        let steering = input.octet()
        var octets: [UInt8] = []
        let asked = try? RegistrationRequest(decoding: request.span.bytes)
        RegistrationReply(
            code: ReplyCode(rawValue: steering & 1 == 0 ? 0 : input.octet()),
            lifetime: RegistrationLifetime(rawValue: input.number16()),
            homeAddress: steering & 2 == 0 ? asked?.homeAddress ?? .zero : IPv4Address(192, 0, 2, input.octet()),
            homeAgent: Village.homeAgent.address,
            identification: asked?.identification ?? Identification(rawValue: 0)
        ).encode(into: &octets)
        octets += input.octets(Int(input.octet() & 0x3F))
        if steering & 8 != 0 { octets += Village.wishes(&input) }
        if steering & 4 != 0 { Village.sign(&octets, &input, with: Village.associations) }
        return octets
    }
}
