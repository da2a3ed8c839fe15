import AgentModel
import MobileIPv4

extension HomeAgent {
    /// Sends a Registration Reply, counts it, and publishes the node's service record and, for a denial, an event (RFC 5944 §3.8.3).
    mutating func reply(
        _ code: ReplyCode, _ incoming: IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
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
        if let nai = incoming.nai { payload.append(extension: MobileNodeNAI(nai)) }
        replyFeatures(code, beforeAuthenticator: true, incoming, &payload)
        association.sign(.mobileHomeAuthentication, &payload)
        replyFeatures(code, beforeAuthenticator: false, incoming, &payload)
        incoming.foreignHome?.sign(.foreignHomeAuthentication, &payload)
        effects.datagrams.append(
            OutgoingDatagram(source: incoming.replySource, destination: incoming.source, payload: payload))

        counters.repliesSent += 1
        counters.repliesSentByCode[code] += 1
        if incoming.isDeregistration { counters.deregistrationRepliesSent += 1 }
        note(code, incoming, &shared, &effects)
        if code.isAccepted { return }
        shared.alarm(
            Self.denial(code, incoming), of: .registrationDenied, isKnown: knows(incoming), at: incoming.now, effects: &effects)
    }

    /// Counts the answer for its mobile node.
    private mutating func note(
        _ code: ReplyCode, _ incoming: IncomingRequest, _ shared: inout SharedAgentState, _ effects: inout AgentEffects
    ) {
        guard let node = incoming.node ?? entry(ofNamed: incoming, &shared, &effects) else {
            if !code.isAccepted && !incoming.isVerified { counters.strangersDenied += 1 }
            return
        }
        nodes[node].service.requestsReceived += 1
        if code.isAccepted {
            nodes[node].service.accepted += 1
            nodes[node].service.recentAccepted = incoming.time
            if let nai = incoming.nai { nodes[node].service.nai = nai }
        } else {
            nodes[node].service.denied += 1
            nodes[node].service.recentDenied = incoming.time
            nodes[node].service.recentDeniedCode = code.rawValue
        }
        if incoming.node != nil { nodes.touch(node) }
        effects.changes.append(.mobileNode(nodes[node].service))
    }

    /// Counts a dropped request for the node that it names, if that node is known.
    mutating func noteDiscarded(_ incoming: IncomingRequest, _ effects: inout AgentEffects) {
        guard let node = incoming.node ?? nodes.find(incoming.homeAddress) else { return }
        nodes[node].service.requestsReceived += 1
        effects.changes.append(.mobileNode(nodes[node].service))
    }

    private static func denial(_ code: ReplyCode, _ incoming: IncomingRequest) -> AgentEvent {
        let mobileNode = PeerIdentity(homeAddress: incoming.homeAddress, nai: incoming.nai, source: incoming.source)
        let message = incoming.redirection.map { "redirected \(mobileNode) to \($0)" } ?? "denied \(mobileNode): \(code)"
        return AgentEvent(
            time: incoming.time, kind: .registrationDenied, role: .homeAgent,
            homeAddress: incoming.homeAddress == .zero ? nil : incoming.homeAddress, nai: incoming.nai,
            careOfAddress: incoming.request.careOfAddress, homeAgent: incoming.homeAgent,
            sourceAddress: incoming.source.address, code: code.rawValue, message: message)
    }
}
