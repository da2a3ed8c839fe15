public import AgentModel
public import MobileIPv4

/// Acknowledgments of the node's own notifications (RFC 6098 §4.5.4).
extension MobileNode {
    /// Processes a Generic Notification Acknowledgment that arrived: ends the exchange that it answers. After an identification
    /// mismatch, the next try follows the clock of the agent; after a refusal that may pass, the tries go on. Whatever answers no
    /// notification of the node, or is not authentic, is dropped.
    public mutating func receive(
        notificationAcknowledgment datagram: RawSpan, from source: TransportEndpoint, at now: Moment
    ) {
        guard configuration.signalling.notifications,
            let understood = Self.understanding[.genericNotificationAcknowledgment],
            let acknowledgment = try? GenericNotificationAcknowledgment(decoding: datagram),
            let giver = acknowledgment.direction.path?.sender,
            let scan = ExtensionScan.ofNotification(datagram, understood)
        else { return }
        let isMismatch = acknowledgment.code == giver.identificationMismatch
        for index in notifications.waiting.indices {
            let waiting = notifications.waiting[index]
            guard let sent = waiting.answered(by: acknowledgment, isMismatch: isMismatch, from: source) else { continue }
            guard isAuthentic(acknowledgment, sent.path, scan, datagram, at: now) else { return }
            notifications.waiting[index].row.code = acknowledgment.code.rawValue
            if isMismatch {
                notifications.clock.follow(waiting.row.agent, acknowledgment.identification.high, at: now)
            }
            guard !isMismatch, !acknowledgment.code.isPassing else { return }
            if let first = waiting.firstSent {
                notifications.waiting[index].row.delay = UInt32(clamping: (now.uptime - first) / 1_000_000)
            }
            if acknowledgment.code.isAccepted {
                counters.notificationsAcknowledged += 1
                endNotification(index, .acknowledged, at: now)
            } else {
                counters.notificationsRefused += 1
                endNotification(index, .refused, at: now)
            }
            return
        }
    }

    private mutating func isAuthentic(
        _ acknowledgment: GenericNotificationAcknowledgment, _ path: NotificationPath, _ scan: ExtensionScan,
        _ datagram: RawSpan, at now: Moment
    ) -> Bool {
        let reason = path.fault(of: scan, in: datagram)
        countUse(of: path, isValid: reason == nil, at: now)
        guard let reason else { return true }
        let spi = reason == .badAuthenticator ? path.association?.spi : nil
        security.report(
            reason, of: path.agent.address, spi: spi ?? SecurityParameterIndex(rawValue: 0),
            identification: acknowledgment.identification, at: now.uptime)
        return false
    }
}
