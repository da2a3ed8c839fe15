import AgentModel
import MobileIPv4

/// An authenticator that a notification must have exactly once, made with one of certain associations.
struct NotificationCheck {
    let presented: LocatedAuthentication?
    /// How many there are.
    let count: Int
    /// Those with the peer; nil for none.
    let associations: [ConfiguredSecurityAssociation]?
    /// The role of the peer.
    let peerRole: AgentRole
    /// The code that refuses a notification without it.
    let failure: NotificationCode

    /// The association that the authenticator names, or one for an answer.
    var association: ConfiguredSecurityAssociation? { presented.flatMap { associations?.first($0.spi) } ?? associations?.first }
}

/// A notification for this agent, with what its role knows about the registration.
struct IncomingNotification {
    let role: AgentRole
    let notification: GenericNotification
    let scan: ExtensionScan
    let source: TransportEndpoint
    let local: TransportEndpoint
    let now: Moment
    /// The mobile node's NAI; nil if it is not known by one.
    let nai: NetworkAccessIdentifier?
    let sender: NotificationPeer
    /// The check of the foreign agent that relays; nil if it has added no authenticator, or if none relays.
    var relay: NotificationCheck?
    /// The check of the sender.
    let authentication: NotificationCheck
    /// The association with the foreign agent that relays the answer; nil if it need not be signed for one.
    var relayAssociation: ConfiguredSecurityAssociation?
}

/// What has become of a notification.
enum NotificationOutcome {
    case accepted
    /// It had been accepted before.
    case repeated
    /// Refused with a code.
    case denied
    case discarded(DiscardReason)
}

extension SharedAgentState {
    /// Applies the rules of RFC 6098 §4.6.1 and §4.7.3 to a notification for this agent, in their order, and answers it.
    mutating func take(
        _ incoming: IncomingNotification, _ datagram: RawSpan, _ policy: SignallingPolicy, _ effects: inout AgentEffects
    ) -> NotificationOutcome {
        let (now, given) = (incoming.now, incoming.notification.identification)
        for check in [incoming.relay, incoming.authentication].compactMap(\.self) {
            let fault = SignalFault(check.presented, check.count, check.associations, in: datagram)
            note(fault, of: check.associations, check.presented, at: now)
            guard let fault else { continue }
            report(
                fault.violation(
                    by: incoming.role, of: check.peerRole, from: incoming.source,
                    homeAddress: incoming.notification.homeAddress, homeAgent: incoming.notification.homeAgent,
                    spi: check.presented?.spi), at: now, effects: &effects)
            return refuse(incoming, check.failure, fault.discardReason, size: datagram.byteCount, &effects)
        }
        guard let association = incoming.authentication.association else { return .discarded(.noSecurityAssociation) }
        let offset = given.seconds(since: Identification(unixNanoseconds: now.wallClock))
        let tolerance = association.association.replayTolerance
        let isTimely = abs(offset) <= Double(tolerance > 0 ? tolerance : Self.usualTolerance)
        if isTimely, let number = notifications.memory.exchange(of: given, from: incoming.sender) {
            exchanges.repeated(number, &effects)
            // Anyone can send copies.
            guard !incoming.notification.requiresAcknowledgment || notifications.answers.passes(at: now.uptime) else {
                return .discarded(.rateLimited)
            }
            answer(incoming, .accepted, &effects)
            return .repeated
        }
        guard isTimely, notifications.memory.permits(given, from: incoming.sender, epoch: clockEpoch) else {
            let milliseconds = Int32(max(-2_147_483_648, min(2_147_483_647, (offset * 1000).rounded())))
            associations.failReplay(association.slot, at: time(now), clockOffset: milliseconds)
            report(incoming.mismatch, at: now, effects: &effects)
            return refuse(
                incoming, incoming.codes.identificationMismatch, .replayed, size: datagram.byteCount, &effects)
        }
        guard policy.permits(incoming.notification.direction) else {
            return refuse(incoming, incoming.codes.administrativelyProhibited, .notServed, size: datagram.byteCount, &effects)
        }
        guard notifications.admits(incoming.sender, at: now.uptime) else {
            return refuse(incoming, incoming.codes.insufficientResources, .rateLimited, size: datagram.byteCount, &effects)
        }
        accept(incoming, datagram, &effects)
        answer(incoming, .accepted, &effects)
        return .accepted
    }

    /// Seconds by which a timestamp may deviate if the association does not say (RFC 6098 §7.1.1).
    private static let usualTolerance: UInt16 = 7

    /// Refuses a notification with a code if it asks for an acknowledgment. Anyone can send it, or send a copy of it: an answer is
    /// not longer than the notification, and there are not many per second.
    ///
    /// - Parameter reason: Why it is dropped if it is not answered.
    private mutating func refuse(
        _ incoming: IncomingNotification, _ code: NotificationCode, _ reason: DiscardReason, size: Int,
        _ effects: inout AgentEffects
    ) -> NotificationOutcome {
        guard let payload = incoming.answer(code), payload.count <= size,
            notifications.answers.passes(at: incoming.now.uptime)
        else { return .discarded(reason) }
        effects.datagrams.append(
            OutgoingDatagram(source: incoming.local, destination: incoming.source, payload: payload))
        return .denied
    }

    /// Acknowledges a notification that asks for it.
    private func answer(_ incoming: IncomingNotification, _ code: NotificationCode, _ effects: inout AgentEffects) {
        guard let payload = incoming.answer(code) else { return }
        effects.datagrams.append(
            OutgoingDatagram(source: incoming.local, destination: incoming.source, payload: payload))
    }

    /// Remembers and publishes a notification.
    private mutating func accept(_ incoming: IncomingNotification, _ datagram: RawSpan, _ effects: inout AgentEffects) {
        let (time, notification) = (time(incoming.now), incoming.notification)
        let text = incoming.text(in: datagram)
        let number = exchanges.insert(
            received: Exchange(
                number: 0, kind: .notification, role: incoming.role, peer: incoming.sender.address,
                peerRole: incoming.sender.role, homeAddress: notification.homeAddress, nai: incoming.nai,
                homeAgent: notification.homeAgent, careOfAddress: notification.careOfAddress, state: .received, tries: 1,
                started: time, ended: time, text: text), &effects)
        notifications.memory.accept(
            notification.identification, from: incoming.sender, exchange: number, epoch: clockEpoch, at: incoming.now)
        let isOfNode = incoming.sender.role == .mobileNode
        let message = "\(incoming.sender.name) sent a notification" + (text.isEmpty ? " without a text" : ": \(text)")
        alarm(
            AgentEvent(
                time: time, kind: .notificationReceived, role: incoming.role, homeAddress: notification.homeAddress,
                nai: incoming.nai, careOfAddress: notification.careOfAddress, homeAgent: notification.homeAgent,
                sourceAddress: isOfNode ? incoming.source.address : incoming.sender.address, message: message),
            of: .notificationReceived, isKnown: true, at: incoming.now, effects: &effects)
    }
}

extension IncomingNotification {
    /// The codes of this agent's role.
    fileprivate var codes: NotificationRole { role == .homeAgent ? .homeAgent : .foreignAgent }

    /// The answer, signed; nil if none is asked for, or if none can be signed.
    fileprivate func answer(_ code: NotificationCode) -> [UInt8]? {
        guard notification.requiresAcknowledgment, let association = authentication.association,
            let path = notification.direction.path,
            let acknowledgment = GenericNotificationAcknowledgment(
                to: notification, code: code, clock: Identification(unixNanoseconds: now.wallClock))
        else { return nil }
        var payload: [UInt8] = []
        payload.reserveCapacity(96)
        acknowledgment.encode(into: &payload)
        NotificationSigner(
            association: association, authentication: path.requiredAuthentication, relay: relayAssociation
        ).sign(&payload)
        return payload
    }

    /// The text that the sender has signed; empty without one.
    fileprivate func text(in datagram: RawSpan) -> String {
        let signed = MessagePart(from: 0, to: authentication.presented?.start ?? 0)
        return (try? scan.read(MessageString.self, in: signed, of: datagram))?.printable ?? ""
    }

    /// The violation by an Identification that is out of order or out of date.
    fileprivate var mismatch: Violation {
        Violation(
            role: role, violator: .address(sender.role == .mobileNode ? notification.homeAddress : source.address),
            violatorRole: sender.role, reason: .badIdentifier,
            spi: authentication.presented?.spi ?? SecurityParameterIndex(rawValue: 0),
            identification: notification.identification, source: source, homeAgent: notification.homeAgent)
    }
}

extension NotificationPeer {
    /// The peer as named in messages.
    var name: String {
        switch role {
        case .mobileNode: "mobile node \(address)"
        case .foreignAgent: "foreign agent \(address)"
        case .homeAgent: "home agent \(address)"
        }
    }
}
