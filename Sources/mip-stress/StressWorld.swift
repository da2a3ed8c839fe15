import AgentModel
import MobileIPv4
import MobilityAgent

/// A home agent, a foreign agent and mobile nodes that exchange messages, most of them mutated and signed again. Everything follows from
/// the seed, so a finding can be repeated.
struct StressWorld {
    let plan: StressPlan
    var dice: Dice
    private var uptime: Int64 = 3_600_000_000_000
    var agents: [AgentUnderStress] = []
    var nodes: [NodeUnderStress]
    /// The nonce that each peer was given last.
    private var nonces: [IPv4Address: UInt32] = [:]
    /// Datagrams to repeat.
    private var recent: [Delivery] = []
    private var undo: AgentUndo?
    var statistics = StressStatistics()
    /// The last datagram delivered, for a finding.
    private(set) var last: Delivery?

    /// A datagram on its way to an agent.
    struct Delivery {
        var payload: [UInt8]
        var source: TransportEndpoint
        var local: TransportEndpoint
    }

    init(_ plan: StressPlan) throws(Finding) {
        self.plan = plan
        dice = Dice(seed: plan.seed &* 0x1_0001)
        for configuration in plan.configurations { agents.append(try AgentUnderStress(plan, configuration)) }
        nodes = NodeUnderStress.all
    }

    var now: Moment { Moment(uptime: uptime, wallClock: StressPlan.start.milliseconds * 1_000_000 + uptime) }

    private var values: MessageDraft.Values {
        MessageDraft.Values(
            addresses: [
                .zero, .limitedBroadcast, StressPlan.homeAgent.address, StressPlan.foreignAgent.address, StressPlan.broadcast,
                IPv4Address(127, 0, 0, 1), IPv4Address(224, 0, 0, 1), IPv4Address(192, 0, 2, 0), IPv4Address(192, 0, 2, 77),
                IPv4Address(192, 0, 2, 100),
            ] + plan.peers.map(\.homeAddress) + StressPlan.careOfAddresses,
            identification: Identification(unixNanoseconds: now.wallClock).rawValue)
    }

    /// One event: a message and what follows from it, an operator's change, or time.
    mutating func step() throws(Finding) {
        try pass(milliseconds: dice.once(in: 40) ? dice.number(1...90_000) : dice.number(1...30))
        switch dice.number(0...44) {
        case 0...15: try registerDirectly()
        case 16...26: try registerThroughForeignAgent()
        case 27...33: try moveNode()
        case 34...35: try repeatRecent()
        case 36...37: try sendGarbage()
        case 38...41: try notify()
        case 42: try experiment()
        default: try operate()
        }
    }

    // MARK: - Time

    private mutating func pass(milliseconds: Int) throws(Finding) {
        uptime += Int64(milliseconds) * 1_000_000
        // Now and then a timer is late, and a message arrives first.
        if dice.once(in: 10) { return }
        for index in agents.indices {
            let answers = try agents[index].advance(to: now)
            statistics.note(answers)
            for answer in answers { try deliverToNode(answer) }
            try carry(answers)
        }
        for index in nodes.indices {
            if let request = nodes[index].advance(to: now, &dice) { try send(request, of: index) }
            try carry(nodes[index].takeNotifications())
        }
    }

    // MARK: - Messages

    private mutating func registerDirectly() throws(Finding) {
        let peer = dice.pick(plan.peers)
        var draft = request(of: peer, throughForeignAgent: false)
        mutate(&draft)
        let source = TransportEndpoint(dice.pick(StressPlan.careOfAddresses), port: 5000)
        let local = dice.once(in: 30) ? TransportEndpoint(StressPlan.broadcast, port: 434) : StressPlan.homeAgent
        learnNonce(try deliver(draft.encoded, from: source, to: local))
    }

    private mutating func registerThroughForeignAgent() throws(Finding) {
        let peer = dice.pick(plan.peers)
        var draft = request(of: peer, throughForeignAgent: true)
        mutate(&draft)
        let source = TransportEndpoint(dice.once(in: 8) ? .zero : peer.homeAddress, port: 5001)
        try relay(try deliver(draft.encoded, from: source, to: StressPlan.foreignAgent), of: peer.association)
    }

    /// Takes what the foreign agent relays to the home agent, and the reply back, each mutated now and then.
    private mutating func relay(_ sent: [OutgoingDatagram], of association: ConfiguredSecurityAssociation) throws(Finding) {
        for datagram in sent where datagram.destination == StressPlan.homeAgent && !dice.once(in: 6) {
            let payload = resigned(datagram.payload, RegistrationRequest.fixedSize, association)
            let replies = try deliver(payload, from: datagram.source, to: StressPlan.homeAgent)
            learnNonce(replies)
            for reply in replies where reply.destination == StressPlan.foreignAgent {
                let payload = resigned(reply.payload, RegistrationReply.fixedSize, association)
                for answer in try deliver(payload, from: reply.source, to: StressPlan.foreignAgent) {
                    try deliverToNode(answer)
                }
            }
        }
        for datagram in sent where datagram.payload.first == MessageType.registrationReply.rawValue {
            try deliverToNode(datagram)
        }
    }

    private mutating func moveNode() throws(Finding) {
        let index = dice.number(0...nodes.count - 1)
        if let request = nodes[index].act(at: now, &dice) { try send(request, of: index) }
    }

    /// Sends a node's own request, mutated now and then, and returns the answers to it.
    private mutating func send(_ request: [UInt8], of index: Int) throws(Finding) {
        let node = nodes[index]
        let payload = resigned(request, RegistrationRequest.fixedSize, node.association)
        let sent = try deliver(payload, from: node.endpoint, to: node.destination)
        if node.destination == StressPlan.foreignAgent { return try relay(sent, of: node.association) }
        for reply in sent { try deliverToNode(reply) }
    }

    private mutating func deliverToNode(_ reply: OutgoingDatagram) throws(Finding) {
        for index in nodes.indices where nodes[index].mayReceive(reply) {
            let payload = resigned(reply.payload, RegistrationReply.fixedSize, nodes[index].association)
            statistics.messages += 1
            last = Delivery(payload: payload, source: reply.source, local: reply.destination)
            // What follows at once from a reply, a renewed attempt, is sent by the next step.
            try nodes[index].receive(payload, from: reply.source, at: now, &dice)
        }
    }

    private mutating func repeatRecent() throws(Finding) {
        guard !recent.isEmpty else { return }
        var delivery = dice.pick(recent)
        if dice.once(in: 3) { delivery.source.port = 9999 }
        if dice.once(in: 6) { delivery.local = dice.pick([StressPlan.homeAgent, StressPlan.foreignAgent]) }
        _ = try deliver(delivery.payload, from: delivery.source, to: delivery.local)
    }

    /// Damages a recent datagram without signing it again.
    private mutating func sendGarbage() throws(Finding) {
        guard !recent.isEmpty else { return }
        var delivery = dice.pick(recent)
        switch dice.number(0...3) {
        case 0: delivery.payload.removeLast(dice.number(0...delivery.payload.count))
        case 1: delivery.payload += dice.octets(dice.number(1...60))
        case 2: delivery.payload = dice.octets(dice.number(0...80))
        default:
            for _ in 0..<dice.number(1...4) where !delivery.payload.isEmpty {
                delivery.payload[dice.number(0...delivery.payload.count - 1)] = dice.octet()
            }
        }
        _ = try deliver(delivery.payload, from: delivery.source, to: delivery.local)
    }

    mutating func deliver(
        _ payload: [UInt8], from source: TransportEndpoint, to local: TransportEndpoint
    ) throws(Finding) -> [OutgoingDatagram] {
        let delivery = Delivery(payload: payload, source: source, local: local)
        last = delivery
        statistics.messages += 1
        if recent.count < 64 { recent.append(delivery) } else { recent[dice.number(0...63)] = delivery }
        let index = local.address == StressPlan.foreignAgent.address ? agents.count - 1 : 0
        let answers = try agents[index].receive(
            payload, from: source, to: local, timeToLive: dice.pick([nil, 255, 255, 64]), at: now)
        statistics.note(answers)
        return answers
    }

    // MARK: - Making messages

    private mutating func mutate(_ draft: inout MessageDraft) {
        let count = dice.pick([0, 0, 1, 1, 2, 3])
        if count > 0 { statistics.mutants += 1 }
        for _ in 0..<count { draft.mutate(&dice, values) }
    }

    /// The message itself in most cases, otherwise a mutant with valid authenticators.
    mutating func resigned(
        _ message: [UInt8], _ fixedSize: Int, _ association: ConfiguredSecurityAssociation
    ) -> [UInt8] {
        guard message.count >= fixedSize, dice.once(in: 2) else { return message }
        let foreignHome = plan.relayAssociation
        var draft = MessageDraft(message, fixedSize: fixedSize) { type in
            switch type {
            case .mobileHomeAuthentication: association
            case .foreignHomeAuthentication: foreignHome
            default: nil
            }
        }
        draft.mutate(&dice, values)
        statistics.mutants += 1
        return draft.encoded
    }

    private mutating func request(of peer: StressPeer, throughForeignAgent: Bool) -> MessageDraft {
        var flags = throughForeignAgent ? [] : RegistrationFlags.decapsulationByMN
        for flag in [RegistrationFlags.simultaneousBindings, .broadcastDatagram, .minEnc, .gre, .reverseTunnel]
        where dice.once(in: 6) {
            flags.insert(flag)
        }
        let lifetime = dice.pick([0, 5, 60, 600, 1800, 65_535] as [UInt16])
        var careOf = throughForeignAgent ? StressPlan.foreignAgent.address : dice.pick(StressPlan.careOfAddresses)
        if lifetime == 0 && dice.once(in: 2) { careOf = peer.homeAddress }
        let clock = Identification(unixNanoseconds: now.wallClock)
        let home = peer.homeAddress == .zero && dice.once(in: 3) ? IPv4Address(192, 0, 2, 77) : peer.homeAddress
        let identification =
            peer.association.association.replayMethod == .nonces
            ? Identification(high: nonces[home] ?? 0, low: UInt32(truncatingIfNeeded: dice.next())) : clock
        var draft = MessageDraft(
            RegistrationRequest(
                flags: flags, lifetime: RegistrationLifetime(rawValue: lifetime), homeAddress: home,
                homeAgent: dice.once(in: 5) ? dice.pick([.zero, .limitedBroadcast]) : StressPlan.homeAgent.address,
                careOfAddress: careOf,
                identification: identification))
        if let nai = peer.nai { draft.append(.octets([131, UInt8(nai.octets.count)] + nai.octets)) }
        for wish in wishes() { draft.append(wish) }
        let challenge = throughForeignAgent ? agents[agents.count - 1].challenge() : nil
        let answer = challenge.map { MessageDraft.Part.octets([132, UInt8($0.count)] + $0) }
        if let server = peer.server, let answer, dice.once(in: 2) {
            draft.append(answer, .server(server))
        } else {
            draft.append(.signature(.mobileHomeAuthentication, peer.association))
            if let answer { draft.append(answer) }
        }
        guard throughForeignAgent else { return draft }
        if flags.contains(.reverseTunnel) && dice.once(in: 2) { draft.append(.octets([130, 0])) }
        if let own = peer.mobileForeign { draft.append(.signature(.mobileForeignAuthentication, own)) }
        return draft
    }

    private mutating func learnNonce(_ replies: [OutgoingDatagram]) {
        for datagram in replies {
            guard let reply = try? RegistrationReply(decoding: datagram.payload.span.bytes) else { continue }
            nonces[reply.homeAddress] = reply.identification.high
        }
    }

    // MARK: - Operators

    private mutating func operate() throws(Finding) {
        let index = dice.number(0...agents.count - 1)
        let change = operatorsChange()
        let isUndo = dice.once(in: 4)
        let moment = now
        // An undo belongs to the agent that made the change.
        let before = agents.count == 1 && isUndo ? undo : nil
        let kept = dice.once(in: 2)
        var made: AgentUndo?
        try agents[index].operate(at: moment) { agent, effects in
            if let before {
                agent.undo(before, at: moment, effects: &effects)
            } else if kept {
                made = try? agent.apply(change, at: moment, effects: &effects)
            } else if let step = try? agent.apply(change, at: moment, effects: &effects) {
                agent.undo(step, at: moment, effects: &effects)
            }
            agent.followDrainOrder(at: moment, effects: &effects)
        }
        undo = made
    }

    private mutating func operatorsChange() -> AgentChange {
        let added = StressPeer.added
        switch dice.number(0...13) {
        case 0: return .enabled(!dice.once(in: 4))
        case 1: return .enabled(true)
        case 2, 3:
            let careOf = dice.once(in: 2) ? dice.pick(StressPlan.careOfAddresses) : nil
            return .endBinding(homeAddress: dice.pick(plan.peers).homeAddress, careOfAddress: careOf)
        case 4:
            let (bindings, visitors) = (UInt32(dice.number(1...40)), UInt32(dice.number(1...40)))
            return .limits(
                dice.once(in: 2) ? AgentLimits { $0.maximumBindings = bindings } : AgentLimits { $0.maximumVisitors = visitors })
        case 5:
            let (busy, window) = (dice.once(in: 4), UInt8(dice.number(0...4)))
            return .foreignAgent(
                dice.once(in: 2) ? ForeignAgentSettings { $0.busy = busy } : ForeignAgentSettings { $0.challengeWindow = window })
        case 6:
            return .association(
                SecurityAssociationChange(
                    peer: added.association.peer, spi: added.association.spi, peerRole: .mobileNode,
                    key: SecretOctets((112..<128).map { $0 })))
        case 7: return .removeAssociation(added.association.key)
        case 8...12: return discoveryChange()
        default:
            let address = IPv4Address(198, 51, 100, UInt8(dice.number(2...3)))
            return dice.once(in: 2) ? .addCareOfAddress(address) : .removeCareOfAddress(address)
        }
    }
}
