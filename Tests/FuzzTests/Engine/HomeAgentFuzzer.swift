import AgentModel
import FuzzSupport

@testable import MobileIPv4
@testable import MobilityAgent

/// A home agent under requests and notifications, signed and not, replays, and the passage of time.
enum HomeAgentFuzzer: FuzzTarget {
    static let name = "home-agent"
    static let about =
        "every datagram has one outcome, a request at most one reply to its sender, and tables agree with their counts"

    static let configuration: MobilityAgentConfiguration = {
        var role = HomeAgentConfiguration(
            endpoints: [Village.homeAgent], homeNetworks: IPv4Prefix(containing: Village.home, length: 24).map { [$0] } ?? [],
            addressPool: IPv4AddressRange(first: IPv4Address(192, 0, 2, 100), last: IPv4Address(192, 0, 2, 103)).map { [$0] }
                ?? [],
            encapsulations: [.ipInIp, .gre])
        role.maximumBindingsPerNode = 3
        role.settings.limits.maximumBindings = 5
        Village.discover(&role)
        return MobilityAgentConfiguration(
            name: "home", settings: Village.settings, homeAgent: role, securityAssociations: Village.associations)
    }()

    static func run(_ bytes: [UInt8]) throws {
        var input = FuzzInput(bytes)
        var agent = MobilityAgent(
            configuration: configuration, instance: "fuzz", processID: 1, startTime: Timestamp(milliseconds: Village.start),
            random: SplitMix(state: 1))
        var effects = AgentEffects()
        var uptime: Int64 = 3_600_000_000_000
        var received = 0
        var signals = 0
        var orders = 0
        var sent: [UInt8] = []
        var last: [UInt8] = []
        for _ in 0..<64 where !input.isAtEnd {
            effects.removeAll()
            let operation = input.octet()
            let source = operation & 0x80 == 0 ? Village.node : Village.foreignAgent
            switch operation & 0x27 {
            case 0: last = input.octets(Int(input.octet()))
            case 1, 2, 3:
                last = Village.request(&input, at: uptime, careOf: source.address)
                if operation & 0x40 != 0 { last += Village.wishes(&input) }
                for _ in 0..<(operation & 3) { Village.sign(&last, &input, with: Village.associations) }
            case 4:
                uptime += Int64(input.number16()) * 100_000_000
                agent.advance(to: Village.moment(uptime), effects: &effects)
                try Village.note(effects, &sent)
                try require((agent.nextDeadline ?? .max) > uptime, "the next deadline is due after advancing")
                continue
            case 5:
                let address = IPv4Address(192, 0, 2, input.octet())
                _ = agent.revokeBinding(
                    homeAddress: address, careOfAddress: nil, at: Village.moment(uptime), effects: &effects)
                try Village.note(effects, &sent)
                continue
            case 6:
                operate(input.octet(), &agent, at: Village.moment(uptime), &effects)
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
                last =
                    operation & 0x40 != 0
                    ? Village.experiment(&input)
                    : Village.notification(&input, at: uptime, careOf: source.address, answering: sent)
                for _ in 0..<(operation & 3) { Village.sign(&last, &input, with: Village.associations) }
            // The last datagram again.
            default: break
            }
            uptime += 1_000_000
            received += 1
            let discarded = agent.discarded
            agent.receive(
                last.span.bytes, from: source, to: Village.homeAgent, at: Village.moment(uptime), effects: &effects)
            if Village.isSignal(last), agent.discarded == discarded { signals += 1 }
            try check(effects, source)
            try Village.note(effects, &sent)
            try require(agent.tableCounts.bindings <= 5, "\(agent.tableCounts.bindings) bindings, of which 5 are allowed")
        }
        try agent.requireConsistency(received, signals: signals)
        try agent.requireSnapshot()
        uptime += 70_000_000_000_000
        agent.advance(to: Village.moment(uptime), effects: &effects)
    }

    /// Switches registration on or off, or begins or ends to move nodes.
    private static func operate(_ steering: UInt8, _ agent: inout MobilityAgent, at now: Moment, _ effects: inout AgentEffects) {
        switch steering & 6 {
        case 2: _ = try? agent.apply(.drain(Village.drain), at: now, effects: &effects)
        case 4: _ = try? agent.apply(.endDrain, at: now, effects: &effects)
        default: agent.setEnabled(steering & 1 == 0, at: now, effects: &effects)
        }
        agent.followDrainOrder(at: now, effects: &effects)
    }

    private static func check(_ effects: AgentEffects, _ source: TransportEndpoint) throws {
        let replies = effects.datagrams.filter { !Village.isSignal($0.payload) }
        try require(replies.count <= 1, "\(replies.count) replies to one request")
        let changes = effects.changes.count { change in
            switch change {
            // Other messages may be due as well, and a request may have many extensions.
            case .exchange, .exchangeRemoved, .extensionUse, .event: false
            default: true
            }
        }
        try require(changes < 64, "\(changes) changes by one request")
        for datagram in replies {
            try requireEqual(datagram.source, Village.homeAgent, "source of a reply")
            try requireEqual(datagram.destination.port, source.port, "port of a reply")
            _ = try RegistrationReply(decoding: datagram.payload.span.bytes)
            var cursor = ExtensionCursor(offset: RegistrationReply.fixedSize)
            while try cursor.next(in: datagram.payload.span.bytes) != nil {}
            try Village.check(redirection: datagram.payload)
        }
    }
}
