import AgentModel
import MobileIPv4

extension HomeAgent {
    /// Sends a Registration Reply, counts it, and tells the denial or the service it stands for (RFC 5944 §3.8.3).
    mutating func reply(
        _ code: ReplyCode, _ incoming: IncomingRequest, _ commons: inout AgentCommons, _ effects: inout AgentEffects
    ) {
        guard let association = incoming.association else { return }
        let request = incoming.request
        let fixed = RegistrationReply(
            code: code, lifetime: code.isAccepted ? incoming.granted : request.lifetime,
            homeAddress: code.isAccepted ? incoming.homeAddress : request.homeAddress, homeAgent: incoming.homeAgent,
            identification: incoming.replyIdentification)
        var payload: [UInt8] = []
        payload.reserveCapacity(128)
        fixed.encode(into: &payload)
        if let nai = incoming.scan.nai { payload.append(nai: nai) }
        association.sign(.mobileHomeAuthentication, &payload)
        // What a foreign agent sent along comes back to it (RFC 4721 §3.4).
        if let challenge = incoming.challenge { payload.append(challenge: challenge) }
        incoming.foreignHome?.sign(.foreignHomeAuthentication, &payload)
        effects.datagrams.append(
            OutgoingDatagram(source: incoming.replySource, destination: incoming.source, payload: payload))

        counters.repliesSent += 1
        counters.repliesSentByCode[code] += 1
        if incoming.isDeregistration { counters.deregistrationRepliesSent += 1 }
        note(code, incoming, &effects)
        if code.isAccepted { return }
        commons.alarm(Self.denial(code, incoming), at: incoming.now, effects: &effects)
    }

    /// Counts the answer for its mobile node.
    private mutating func note(_ code: ReplyCode, _ incoming: IncomingRequest, _ effects: inout AgentEffects) {
        guard incoming.homeAddress != .zero,
            let node = incoming.node ?? entry(of: incoming, authenticated: false, &effects)
        else { return }
        nodes[node].service.requestsReceived += 1
        if code.isAccepted {
            nodes[node].service.accepted += 1
            nodes[node].service.recentAccepted = incoming.time
            if let nai = incoming.scan.nai { nodes[node].service.nai = nai }
        } else {
            nodes[node].service.denied += 1
            nodes[node].service.recentDenied = incoming.time
            nodes[node].service.recentDeniedCode = code.rawValue
        }
        if incoming.node != nil { nodes.touch(node) }
        effects.changes.append(.mobileNode(nodes[node].service))
    }

    /// Counts a request that was dropped for the node it names, when that node is known.
    mutating func noteDiscarded(_ incoming: IncomingRequest, _ effects: inout AgentEffects) {
        guard let node = incoming.node ?? nodes.find(incoming.homeAddress) else { return }
        nodes[node].service.requestsReceived += 1
        effects.changes.append(.mobileNode(nodes[node].service))
    }

    private static func denial(_ code: ReplyCode, _ incoming: IncomingRequest) -> AgentEvent {
        let who = PeerIdentity(homeAddress: incoming.homeAddress, nai: incoming.scan.nai, source: incoming.source)
        return AgentEvent(
            time: incoming.time, kind: .registrationDenied, role: .homeAgent,
            homeAddress: incoming.homeAddress == .zero ? nil : incoming.homeAddress, nai: incoming.scan.nai,
            careOfAddress: incoming.request.careOfAddress, homeAgent: incoming.homeAgent,
            sourceAddress: incoming.source.address, code: code.rawValue, message: "denied \(who): \(code)")
    }
}

extension Array where Element == UInt8 {
    /// Appends the Mobile Node NAI extension (RFC 2794 §2). An NAI has 1 to 255 octets.
    mutating func append(nai: NetworkAccessIdentifier) {
        append(ExtensionType.mobileNodeNAI.rawValue)
        append(UInt8(clamping: nai.octets.count))
        append(contentsOf: nai.octets)
    }

    /// Appends an MN-FA challenge extension (RFC 4721 §4). A challenge has 4 to 255 octets.
    mutating func append(challenge: [UInt8]) {
        append(ExtensionType.challenge.rawValue)
        append(UInt8(clamping: challenge.count))
        append(contentsOf: challenge.prefix(255))
    }
}
