public import AgentModel
import MobileIPv4

/// Sending the node's notifications, again and again at growing intervals, and giving up (RFC 6098 §4.3).
extension MobileNode {
    /// The notifications to send, since the last call. Call it after `notify` and `advance`.
    public mutating func takeNotifications() -> [NotificationDatagram] { notifications.takeDatagrams() }

    /// What has happened to notifications since the last call: those that were received, and those that were given up.
    ///
    /// - Parameter startTime: The wall clock when `Moment.uptime` is 0.
    public mutating func takeNotificationEvents(startTime: Timestamp) -> [AgentEvent] {
        notifications.takeReports().map { report in
            report.row.event(
                report.kind, at: startTime.adding(milliseconds: report.uptime / 1_000_000), from: report.source,
                message: report.message)
        }
    }

    /// Sends what is due, and gives up what has been tried often enough.
    mutating func advanceNotifications(to now: Moment) {
        noteStart(at: now)
        var index = 0
        while index < notifications.waiting.count {
            let count = notifications.waiting.count
            if notifications.waiting[index].due <= now.uptime { tryNotification(index, at: now) }
            // One that has ended has made room for the next.
            if notifications.waiting.count == count { index += 1 }
        }
    }

    private mutating func tryNotification(_ index: Int, at now: Moment) {
        var waiting = notifications.waiting[index]
        let policy = configuration.signalling
        // With notifications turned off, its acknowledgment would not be understood.
        guard policy.notifications else { return endNotification(index, .unanswered, at: now) }
        guard waiting.row.tries + waiting.missed < UInt32(policy.retransmissionTries) else {
            return giveUpNotification(index, at: now)
        }
        guard let path = notificationPath(to: waiting.row.agent.role, at: now), path.association != nil else {
            waiting.missed += 1
            waiting.due = now.uptime + policy.wait(afterTries: waiting.row.tries)
            waiting.row.nextTry = waiting.due
            notifications.waiting[index] = waiting
            return
        }
        // The node is registered with another agent since.
        guard path.agent == waiting.row.agent else { return endNotification(index, .superseded, at: now) }
        if let turn = notifications.clock.turn(of: path.agent, at: now.uptime) {
            waiting.due = turn
            waiting.row.nextTry = turn
            notifications.waiting[index] = waiting
            return
        }
        transmit(&waiting, path, at: now)
        guard waiting.requiresAcknowledgment else {
            notifications.waiting[index] = waiting
            return endNotification(index, .sent, at: now)
        }
        waiting.due = now.uptime + policy.wait(afterTries: waiting.row.tries)
        waiting.row.nextTry =
            waiting.row.tries + waiting.missed < UInt32(policy.retransmissionTries) ? waiting.due : nil
        notifications.waiting[index] = waiting
    }

    private mutating func transmit(_ waiting: inout WaitingNotification, _ path: NotificationPath, at now: Moment) {
        let fixed = GenericNotification(
            direction: path.direction, requiresAcknowledgment: waiting.requiresAcknowledgment, homeAddress: path.homeAddress,
            homeAgent: path.homeAgent, careOfAddress: path.careOfAddress, identification: stamp(for: path.agent, at: now))
        var payload: [UInt8] = []
        payload.reserveCapacity(128)
        fixed.encode(into: &payload)
        // Only agents are authors of texts (RFC 4917 §3.1); the node's own has the Sub-Type of the agent that it is for.
        let author: MessageString.Author = path.agent.role == .homeAgent ? .homeAgent : .foreignAgent
        if let text = MessageString(author: author, clipping: waiting.row.text) { payload.append(extension: text) }
        path.sign(&payload)
        notifications.send(payload, to: path.endpoint)
        waiting.sent.append(WaitingNotification.Sent(fixed: fixed, path: path))
        waiting.row.careOfAddress = path.careOfAddress
        waiting.row.tries += 1
        if waiting.row.tries == 1 {
            waiting.firstSent = now.uptime
            counters.notificationsSent += 1
        } else {
            counters.notificationsResent += 1
        }
    }

    /// The Identification of the next try. Its low word differs from those of all that wait, because acknowledgments are
    /// recognized by it.
    private mutating func stamp(for agent: NotificationAgent, at now: Moment) -> Identification {
        while true {
            let stamp = notifications.clock.stamp(for: agent, at: now)
            let isUsed = notifications.waiting.contains { waiting in
                waiting.sent.contains { $0.fixed.identification.low == stamp.low }
            }
            if !isUsed { return stamp }
        }
    }

    // MARK: - Ends

    /// Gives up all that wait, because the registration has ended.
    mutating func endNotifications(at now: Moment) {
        while !notifications.waiting.isEmpty { giveUpNotification(0, at: now) }
    }

    private mutating func giveUpNotification(_ index: Int, at now: Moment) {
        let row = notifications.waiting[index].row
        // The receiver has answered, but was never content with the notification.
        guard row.code == nil else {
            counters.notificationsRefused += 1
            return endNotification(index, .refused, at: now)
        }
        endNotification(index, .unanswered, at: now)
        // One that was never sent has not been missed by the agent.
        guard row.tries > 0 else { return }
        counters.notificationsUnacknowledged += 1
        notifications.report(
            NotificationState.Report(
                kind: .notificationUnacknowledged, row: row, source: row.agent.address,
                message: "\(row.agent.name) did not acknowledge a notification about \(row.homeAddress) in \(row.tries) tries",
                uptime: now.uptime))
    }

    /// Ends a notification of the node, and remembers it for a while.
    mutating func endNotification(_ index: Int, _ state: ExchangeState, at now: Moment) {
        var row = notifications.waiting.remove(at: index).row
        (row.state, row.ended, row.nextTry) = (state, now.uptime, nil)
        notifications.retire(row)
    }
}

extension SignallingPolicy {
    /// Nanoseconds until the next try.
    fileprivate func wait(afterTries tries: UInt32) -> Int64 {
        Int64(retransmissionTimeout) << Int64(min(max(tries, 1) - 1, 16)) * 1_000_000_000
    }
}
