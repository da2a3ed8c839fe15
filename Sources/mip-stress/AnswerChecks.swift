import AgentModel
import MobileIPv4
import MobilityAgent

/// What an agent may send in answer to one datagram.
struct AnswerChecks {
    let plan: StressPlan
    let datagram: [UInt8]
    private let source: TransportEndpoint
    let request: RegistrationRequest?
    let isAtHomeAgent: Bool

    init(_ plan: StressPlan, _ datagram: [UInt8], from source: TransportEndpoint, to local: TransportEndpoint) {
        self.plan = plan
        self.datagram = datagram
        self.source = source
        request = try? RegistrationRequest(decoding: datagram.span.bytes)
        isAtHomeAgent = local.address != StressPlan.foreignAgent.address
    }

    func check(_ sent: [OutgoingDatagram]) throws(Finding) {
        let answers = sent.filter { !Self.isSignal($0) }
        for signal in sent where Self.isSignal(signal) { try Self.checkSignal(signal) }
        guard answers.count <= 1 else { throw Finding("\(answers.count) answers to one datagram") }
        guard let answer = answers.first else { return }
        if answer.payload.first == MessageType.registrationRequest.rawValue { return try checkRelayed(answer) }
        let reply = try Self.wellFormed(answer.payload)
        if isAtHomeAgent {
            try checkHomeAgent(reply, answer)
        } else if let request {
            try checkDenial(reply, answer, request)
        } else if !answer.payload.starts(with: datagram.prefix(RegistrationReply.fixedSize)),
            !plan.codes(.foreignAgent).contains(reply.code)
        {
            throw Finding("the foreign agent changed a reply to code \(reply.code)")
        }
    }

    /// True for a revocation, a notification, or the acknowledgment of one.
    private static func isSignal(_ sent: OutgoingDatagram) -> Bool {
        guard let type = sent.payload.first.map(MessageType.init) else { return false }
        return type == .registrationRevocation || type == .revocationAcknowledgment || isNotification(sent.payload)
    }

    /// True for a notification or the acknowledgment of one.
    static func isNotification(_ payload: [UInt8]) -> Bool {
        guard let type = payload.first.map(MessageType.init) else { return false }
        return type == .genericNotification || type == .genericNotificationAcknowledgment
    }

    /// A notification and an acknowledgment go in a direction in which the sender sends or relays, and have an authenticator at
    /// their end.
    private static func checkNotification(_ sent: OutgoingDatagram) throws(Finding) {
        let bytes = sent.payload.span.bytes
        let direction =
            (try? GenericNotification(decoding: bytes))?.direction
            ?? (try? GenericNotificationAcknowledgment(decoding: bytes))?.direction
        guard let path = direction?.path else { throw Finding("a notification without a direction: \(sent.payload)") }
        let isFromHome = sent.source.address != StressPlan.foreignAgent.address
        guard isFromHome ? path.sender == .homeAgent : path.sender == .foreignAgent || path.isRelayedByForeignAgent else {
            throw Finding("a notification claims to be from another role: \(sent.payload)")
        }
        // One that is relayed may have several.
        var cursor = ExtensionCursor(offset: GenericNotification.fixedSize)
        var last: ExtensionType?
        while let located = try? cursor.next(in: bytes) { last = located.end == sent.payload.count ? located.type : nil }
        guard last == .mobileHomeAuthentication || last == .mobileForeignAuthentication || last == .foreignHomeAuthentication
        else { throw Finding("a notification has no authenticator at its end: \(sent.payload)") }
    }

    /// A signal is well-formed, from the role that A claims, and has an authenticator at its end.
    private static func checkSignal(_ sent: OutgoingDatagram) throws(Finding) {
        if isNotification(sent.payload) { return try checkNotification(sent) }
        let bytes = sent.payload.span.bytes
        let revocation = try? RegistrationRevocation(decoding: bytes)
        let isFromHome = sent.source.address != StressPlan.foreignAgent.address
        guard revocation.map({ $0.isFromHomeDomain == isFromHome }) ?? true else {
            throw Finding("a revocation claims to be from the other role: \(sent.payload)")
        }
        let start = revocation == nil ? RevocationAcknowledgment.fixedSize : RegistrationRevocation.fixedSize
        guard let scan = try? ExtensionScan(bytes, from: start, understanding: ExtensionUnderstanding(.base)),
            (scan.foreignHome ?? scan.mobileHome)?.end == sent.payload.count
        else { throw Finding("a signal has no authenticator at its end: \(sent.payload)") }
    }

    /// What an agent sends when time passes: signals, and the foreign agent's answer for a home agent that was silent.
    static func checkTimeout(_ plan: StressPlan, _ answer: OutgoingDatagram) throws(Finding) {
        if isSignal(answer) { return try checkSignal(answer) }
        let reply = try wellFormed(answer.payload)
        guard plan.codes(.foreignAgent).contains(reply.code) else { throw Finding("sent \(reply.code) when time passed") }
    }

    /// The request and reply of an acceptance by the home agent.
    func accepted(_ answers: [OutgoingDatagram]) -> (RegistrationRequest, RegistrationReply)? {
        guard isAtHomeAgent, let request, let payload = answers.first?.payload,
            let reply = try? RegistrationReply(decoding: payload.span.bytes), reply.code.isAccepted
        else { return nil }
        return (request, reply)
    }

    /// A binding carries an NAI only if an authenticator of the mobile node covers it.
    func checkIdentity(_ changes: [StateChange]) throws(Finding) {
        var signed: [[UInt8]] = []
        var unsigned: [[UInt8]] = []
        var cursor = ExtensionCursor(offset: RegistrationRequest.fixedSize)
        while let located = try? cursor.next(in: datagram.span.bytes) {
            switch located.type {
            case .mobileNodeNAI: unsigned.append(Array(datagram[located.data]))
            case .mobileHomeAuthentication, .generalizedAuthentication:
                signed += unsigned
                unsigned = []
            default: break
            }
        }
        for change in changes {
            guard case .binding(let binding) = change, let nai = binding.nai, !signed.contains(nai.octets) else { continue }
            throw Finding("the binding of \(binding.homeAddress) has the NAI '\(nai)', which no authenticator covers")
        }
    }

    private static func wellFormed(_ payload: [UInt8]) throws(Finding) -> RegistrationReply {
        guard let reply = try? RegistrationReply(decoding: payload.span.bytes) else {
            throw Finding("an answer is not a Registration Reply: \(payload)")
        }
        var cursor = ExtensionCursor(offset: RegistrationReply.fixedSize)
        while true {
            do {
                guard try cursor.next(in: payload.span.bytes) != nil else { return reply }
            } catch {
                throw Finding("the extensions of an answer cannot be read: \(error) in \(payload)")
            }
        }
    }

    private func checkHomeAgent(_ reply: RegistrationReply, _ answer: OutgoingDatagram) throws(Finding) {
        guard answer.destination == source else { throw Finding("answered \(answer.destination) instead of \(source)") }
        guard plan.codes(.homeAgent).contains(reply.code) else { throw Finding("the home agent sent \(reply.code)") }
        guard let request, reply.identification.low == request.identification.low else {
            throw Finding("the home agent changed the low word of the identification")
        }
        let isSigned = plan.nodeAssociations.contains {
            $0.signed(answer.payload, .mobileHomeAuthentication, fixedSize: RegistrationReply.fixedSize)
        }
        guard isSigned else { throw Finding("no association with a node makes the authenticator of \(answer.payload)") }
        try checkDiscovery(reply, answer.payload, request)
    }

    private func checkDenial(
        _ reply: RegistrationReply, _ answer: OutgoingDatagram, _ request: RegistrationRequest
    ) throws(Finding) {
        guard plan.codes(.foreignAgent).contains(reply.code) else { throw Finding("the foreign agent sent \(reply.code)") }
        guard reply.homeAddress == request.homeAddress, reply.identification == request.identification else {
            throw Finding("a denial does not match its request: \(reply)")
        }
        let destination = source.address == .zero ? TransportEndpoint(.limitedBroadcast, port: source.port) : source
        guard answer.destination == destination else { throw Finding("denied \(answer.destination) instead of \(destination)") }
    }

    /// A relayed request is the node's part unchanged, followed at most by a service and an offer of revocation of this agent and its
    /// own authenticator. It goes to a home agent that the node names, or that the configuration has for it.
    private func checkRelayed(_ answer: OutgoingDatagram) throws(Finding) {
        var common = 0
        while common < min(datagram.count, answer.payload.count), datagram[common] == answer.payload[common] { common += 1 }
        let rest = answer.payload.count - common
        // The first bytes of the authenticator can agree with those of an extension that it replaces.
        guard common >= RegistrationRequest.fixedSize, rest == 0 || rest <= plan.addedLength else {
            throw Finding("a relayed request differs from the one received after \(common) bytes: \(answer.payload)")
        }
        try checkDestination(answer.destination.address)
        if rest == 0 { return }
        let isSigned = plan.relayAssociation.signed(
            answer.payload, .foreignHomeAuthentication, fixedSize: RegistrationRequest.fixedSize)
        guard isSigned else { throw Finding("the foreign agent's authenticator is wrong: \(answer.payload)") }
    }
}
