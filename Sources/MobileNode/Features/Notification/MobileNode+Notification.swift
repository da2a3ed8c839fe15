public import AgentModel
public import MobileIPv4

/// Generic notifications that agents send to the node (RFC 6098 §4.5.1, §4.5.2).
extension MobileNode {
    /// Seconds by which a timestamp may deviate from the node's clock (RFC 6098 §7.1.1).
    private static let notificationTolerance = 7.0

    /// Sets how the node signals from now on: whether it takes part in notifications, and how it sends them again. Whether it
    /// offers an agreement about revocations is set by `setRevocationOffer`.
    public mutating func setSignalling(_ policy: SignallingPolicy) { configuration.signalling = policy }

    /// Remembers when the node started, by its clock: it is unknown what was accepted before.
    mutating func noteStart(at now: Moment) {
        notifications.memory.follow(start: Identification(unixNanoseconds: now.wallClock - now.uptime))
    }

    /// Processes a Generic Notification that arrived; returns its acknowledgment or refusal, which goes to where it came from,
    /// from the address and port that it was sent to. Nil if it is dropped, or if it asks for no acknowledgment.
    ///
    /// Call `takeNewMessages` and `takeNotificationEvents` afterwards.
    public mutating func receive(
        notification datagram: RawSpan, from source: TransportEndpoint, at now: Moment
    ) -> [UInt8]? {
        guard configuration.signalling.notifications, let understood = Self.understanding[.genericNotification],
            let notification = try? GenericNotification(decoding: datagram), let sender = notification.agent,
            let path = notificationPath(to: sender, at: now), path.endpoint.address == source.address,
            path.isOf(
                homeAddress: notification.homeAddress, homeAgent: notification.homeAgent,
                careOfAddress: notification.careOfAddress),
            let scan = ExtensionScan.ofNotification(datagram, understood)
        else { return nil }
        let incoming = IncomingNotification(notification: notification, path: path, scan: scan, source: source, now: now)
        guard isAuthentic(incoming, datagram) else {
            return refuse(incoming, sender.notificationFailure, size: datagram.byteCount)
        }
        let given = notification.identification
        let isTimely =
            abs(given.seconds(since: Identification(unixNanoseconds: now.wallClock))) <= Self.notificationTolerance
        if isTimely, let number = notifications.memory.exchange(of: given, from: path.agent) {
            notifications.noteCopy(of: number)
            // Anyone can send copies.
            guard notification.requiresAcknowledgment, notifications.answers.passes(at: now) else { return nil }
            return incoming.answer(.accepted)
        }
        noteStart(at: now)
        guard isTimely, notifications.memory.permits(given, from: path.agent) else {
            report(.badIdentifier, incoming)
            return refuse(incoming, .mnIdentificationMismatch, size: datagram.byteCount)
        }
        guard configuration.signalling.permits(notification.direction) else {
            return refuse(incoming, .mnAdministrativelyProhibited, size: datagram.byteCount)
        }
        guard notifications.acceptances.passes(at: now) else {
            return refuse(incoming, .mnInsufficientResources, size: datagram.byteCount)
        }
        accept(incoming, datagram)
        return incoming.answer(.accepted)
    }

    /// Whether the sender has signed the message, once and with the association that it shares with the node.
    private mutating func isAuthentic(_ incoming: IncomingNotification, _ datagram: RawSpan) -> Bool {
        let reason = incoming.path.fault(of: incoming.scan, in: datagram)
        countUse(of: incoming.path, isValid: reason == nil, at: incoming.now)
        guard let reason else { return true }
        report(reason, incoming)
        return false
    }

    /// Counts the use of the association with an agent, if there is one.
    mutating func countUse(of path: NotificationPath, isValid: Bool, at now: Moment) {
        if path.agent.role == .homeAgent {
            security.home.count(isValid: isValid, at: now.uptime)
        } else if path.association != nil {
            security.foreign.count(isValid: isValid, at: now.uptime)
        }
    }

    private mutating func report(_ reason: ViolationReason, _ incoming: IncomingNotification) {
        let (path, now) = (incoming.path, incoming.now)
        let namesSPI = reason == .badAuthenticator || reason == .badIdentifier
        security.report(
            reason, of: path.agent.address,
            spi: namesSPI ? path.association?.spi ?? SecurityParameterIndex(rawValue: 0) : SecurityParameterIndex(rawValue: 0),
            identification: incoming.notification.identification, at: now.uptime)
    }

    /// Refuses a notification with a code if it asks for an acknowledgment. Anyone can send it, or send a copy of it: an answer
    /// is not longer than the notification, and there are not many per second.
    private mutating func refuse(_ incoming: IncomingNotification, _ code: NotificationCode, size: Int) -> [UInt8]? {
        guard let payload = incoming.answer(code), payload.count <= size, notifications.answers.passes(at: incoming.now)
        else { return nil }
        counters.notificationsDenied += 1
        return payload
    }

    /// Remembers and shows a notification.
    private mutating func accept(_ incoming: IncomingNotification, _ datagram: RawSpan) {
        let (path, now) = (incoming.path, incoming.now)
        let text = incoming.text(in: datagram)
        var row = NotificationExchange(
            number: takeExchangeNumber(), path, nai: configuration.nai, state: .received, text: text, at: now)
        (row.tries, row.ended) = (1, now.uptime)
        counters.notificationsReceived += 1
        notifications.memory.accept(incoming.notification.identification, from: path.agent, number: row.number)
        notifications.retire(row)
        notifications.report(
            NotificationState.Report(
                kind: .notificationReceived, row: row, source: incoming.source.address,
                message: "\(path.agent.name) sent a notification" + (text.isEmpty ? " without a text" : ": \(text)"),
                uptime: now.uptime))
        guard !text.isEmpty else { return }
        messages.note(
            AgentMessage(
                author: path.agent.role, agentAddress: path.agent.address, text: text, code: .accepted, isAuthenticated: true,
                received: now.uptime))
    }
}

/// A notification of an agent, with what the node knows about the agent.
private struct IncomingNotification {
    let notification: GenericNotification
    let path: NotificationPath
    let scan: ExtensionScan
    let source: TransportEndpoint
    let now: Moment

    /// The answer, signed; nil if none is asked for, or if none can be signed.
    func answer(_ code: NotificationCode) -> [UInt8]? {
        guard notification.requiresAcknowledgment, path.association != nil,
            let acknowledgment = GenericNotificationAcknowledgment(
                to: notification, code: code, clock: Identification(unixNanoseconds: now.wallClock))
        else { return nil }
        var payload: [UInt8] = []
        payload.reserveCapacity(96)
        acknowledgment.encode(into: &payload)
        path.sign(&payload)
        return payload
    }

    /// The text that the sender has signed; empty without one.
    func text(in datagram: RawSpan) -> String {
        let signed = MessagePart(from: 0, to: path.authenticator(in: scan)?.start ?? 0)
        return (try? scan.read(MessageString.self, in: signed, of: datagram))?.printable ?? ""
    }
}

extension GenericNotification {
    /// The role of the agent that sends such notifications to nodes; nil for another direction.
    fileprivate var agent: AgentRole? {
        switch direction {
        case .homeAgentToMobileNode: .homeAgent
        case .foreignAgentToMobileNode: .foreignAgent
        default: nil
        }
    }
}

extension AgentRole {
    /// The code of a node for a notification that an agent of this role has not signed.
    fileprivate var notificationFailure: NotificationCode {
        self == .homeAgent ? .mnHomeAgentFailedAuthentication : .mnForeignAgentFailedAuthentication
    }
}

extension ExtensionScan {
    /// Reads the extensions of a notification or an acknowledgment; nil if it has any other than those that are permitted (RFC 6098
    /// §4.5.1).
    static func ofNotification(_ datagram: RawSpan, _ understood: ExtensionUnderstanding) -> ExtensionScan? {
        // Both messages have fixed parts of the same size.
        guard
            let scan = try? ExtensionScan(datagram, from: GenericNotification.fixedSize, understanding: understood),
            scan.skipped == 0
        else { return nil }
        return scan
    }
}
