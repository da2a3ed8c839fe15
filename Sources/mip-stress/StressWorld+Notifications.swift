import AgentModel
import MobileIPv4
import MobilityAgent

/// Generic notifications (RFC 6098) between all roles, most of them mutated and signed again.
extension StressWorld {
    /// An operator of an agent or of a node writes a text.
    mutating func notify() throws(Finding) {
        let receivers = [AgentRole.mobileNode, .foreignAgent, .homeAgent]
        var order = NotificationOrder(to: dice.pick(receivers), text: "a text", acknowledged: !dice.once(in: 8))
        if dice.once(in: 2) {
            let index = dice.number(0...agents.count - 1)
            if dice.once(in: 2) { order.homeAddresses = IPv4Prefix(host: dice.pick(plan.peers).homeAddress) }
            return try carry(try agents[index].notify(order, at: now))
        }
        if dice.once(in: 4) { return try deliverOwn() }
        let index = dice.number(0...nodes.count - 1)
        try carry(nodes[index].notify(order, at: now))
    }

    /// Delivers the notifications among some datagrams, and what follows from them. Some are lost on the way.
    mutating func carry(_ sent: [OutgoingDatagram]) throws(Finding) {
        var waiting = sent.filter { AnswerChecks.isNotification($0.payload) }
        var delivered = 0
        while delivered < waiting.count, delivered < 64 {
            let message = waiting[delivered]
            delivered += 1
            if dice.once(in: 8) { continue }
            let following = try pass(message)
            waiting += following.filter { AnswerChecks.isNotification($0.payload) }
        }
    }

    /// Delivers a notification or an acknowledgment, mutated now and then; returns what follows from it.
    private mutating func pass(_ message: OutgoingDatagram) throws(Finding) -> [OutgoingDatagram] {
        let association = association(of: message.payload)
        let payload = resigned(message.payload, GenericNotification.fixedSize, association)
        if message.destination == StressPlan.homeAgent || message.destination == StressPlan.foreignAgent {
            return try deliver(payload, from: message.source, to: message.destination)
        }
        if let index = nodes.firstIndex(where: { $0.endpoint == message.destination }) {
            statistics.messages += 1
            return try nodes[index].hear(payload, from: message.source, at: now).map { [$0] } ?? []
        }
        // A node without a state of its own acknowledges everything.
        guard let notification = try? GenericNotification(decoding: payload.span.bytes),
            let acknowledgment = GenericNotificationAcknowledgment(
                to: notification, code: dice.once(in: 4) ? NotificationCode(rawValue: dice.octet()) : .accepted,
                clock: Identification(unixNanoseconds: now.wallClock))
        else { return [] }
        var answer: [UInt8] = []
        acknowledgment.encode(into: &answer)
        association.append(.mobileHomeAuthentication, to: &answer)
        return [OutgoingDatagram(source: message.destination, destination: message.source, payload: answer)]
    }

    /// A notification in any direction by a node without a state of its own.
    private mutating func deliverOwn() throws(Finding) {
        let peer = dice.pick(plan.peers)
        let isThrough = dice.once(in: 2)
        let careOf = isThrough ? StressPlan.foreignAgent.address : dice.pick(StressPlan.careOfAddresses)
        var payload: [UInt8] = []
        GenericNotification(
            direction: NotificationDirection(rawValue: UInt8(dice.number(0...6))),
            requiresAcknowledgment: !dice.once(in: 8), homeAddress: peer.homeAddress,
            homeAgent: StressPlan.homeAgent.address, careOfAddress: careOf,
            identification: Identification(unixNanoseconds: now.wallClock)
        ).encode(into: &payload)
        if let text = MessageString(author: .homeAgent, clipping: "a text") { payload.append(extension: text) }
        peer.association.append(.mobileHomeAuthentication, to: &payload)
        if dice.once(in: 2) { peer.mobileForeign?.append(.mobileForeignAuthentication, to: &payload) }
        if dice.once(in: 4) { plan.relayAssociation.append(.foreignHomeAuthentication, to: &payload) }
        let source = TransportEndpoint(isThrough ? peer.homeAddress : careOf, port: isThrough ? 5001 : 5000)
        try carry([
            OutgoingDatagram(
                source: source, destination: isThrough ? StressPlan.foreignAgent : StressPlan.homeAgent, payload: payload)
        ])
    }

    /// The association of the node that a notification or an acknowledgment is about.
    private func association(of payload: [UInt8]) -> ConfiguredSecurityAssociation {
        let bytes = payload.span.bytes
        let homeAddress =
            (try? GenericNotification(decoding: bytes))?.homeAddress
            ?? (try? GenericNotificationAcknowledgment(decoding: bytes))?.homeAddress
        let peer = plan.peers.first { $0.homeAddress == homeAddress && $0.homeAddress != .zero }
        // The nodes with a state of their own use the one of the home network as well.
        return peer?.association ?? StressPeer.associations[0]
    }
}
