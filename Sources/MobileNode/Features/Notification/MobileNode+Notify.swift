public import AgentModel
import MobileIPv4

/// Texts of the node's operator to its agents (RFC 6098 §4.5.3).
extension MobileNode {
    /// Whether a text can be sent, without sending it.
    ///
    /// - Parameters:
    ///   - policy: How the node signals when it is sent.
    ///   - reserved: How many texts are to be sent before it.
    /// - Throws: `invalidValue` for the text, `notPermitted` for a receiver to whom the node does not write and for members that
    ///   say which node is meant, `notFound` if the node is not registered with such an agent or shares no association with it, and
    ///   `resourceUnavailable` if too many would wait for acknowledgments.
    public func check(
        notify order: NotificationOrder, under policy: SignallingPolicy, after reserved: Int = 0, at now: Moment
    ) throws(ChangeRefusal) {
        try order.check()
        guard policy.notifications else {
            throw ChangeRefusal(
                index: 0, problem: .notPermitted,
                reason: "generic notifications are off at this node; turn on its setting notifications")
        }
        guard order.to != .mobileNode else {
            throw ChangeRefusal(
                index: 0, field: "to", problem: .notPermitted,
                reason: "a mobile node does not write to mobile nodes; expected homeAgent or foreignAgent")
        }
        if order.homeAddresses != nil || order.nai != nil {
            throw ChangeRefusal(
                index: 0, field: order.homeAddresses != nil ? "homeAddresses" : "nai", problem: .notPermitted,
                reason: "a mobile node writes only about itself; leave out homeAddresses and nai")
        }
        let direction = order.to == .homeAgent ? NotificationDirection.mobileNodeToHomeAgent : .mobileNodeToForeignAgent
        guard policy.permits(direction) else {
            throw ChangeRefusal(
                index: 0, field: "to", problem: .notPermitted,
                reason: "the setting notificationDirections of this node excludes notifications to the \(order.to.words)")
        }
        guard let path = notificationPath(to: order.to, at: now) else {
            throw ChangeRefusal(index: 0, field: "to", problem: .notFound, reason: reasonForNoPath(at: now))
        }
        guard path.association != nil else {
            throw ChangeRefusal(
                index: 0, field: "to", problem: .notFound,
                reason: "the node shares no security association with the \(path.agent.name)")
        }
        guard notifications.waiting.count + reserved < NotificationState.waitingLimit else {
            throw ChangeRefusal(
                index: 0, problem: .resourceUnavailable,
                reason: "at most \(NotificationState.waitingLimit) notifications can wait for acknowledgments; wait until some "
                    + "have ended")
        }
    }

    private func reasonForNoPath(at now: Moment) -> String {
        guard let registration = usableRegistration(at: now) else { return "the node is not registered away from home" }
        return configuration.foreignAgent != nil && registration.isCoLocated
            ? "notifications are not possible with a co-located care-of address that is registered through a foreign agent"
            : "the node registers without a foreign agent"
    }

    /// Sends a text. What is sent cannot be taken back. `exchanges` shows whether it was acknowledged.
    ///
    /// Call `takeNotifications` afterwards.
    ///
    /// - Throws: As `check(notify:under:after:at:)`.
    public mutating func notify(_ order: NotificationOrder, at now: Moment) throws(ChangeRefusal) {
        try check(notify: order, under: configuration.signalling, at: now)
        guard let path = notificationPath(to: order.to, at: now) else { return }
        let row = NotificationExchange(
            number: takeExchangeNumber(), path, nai: configuration.nai, state: .waiting, text: order.text, at: now)
        notifications.waiting.append(
            WaitingNotification(row: row, requiresAcknowledgment: order.acknowledged, due: now.uptime))
        advanceNotifications(to: now)
    }
}

extension AgentRole {
    /// The role in words.
    fileprivate var words: String {
        switch self {
        case .mobileNode: "mobile node"
        case .foreignAgent: "foreign agent"
        case .homeAgent: "home agent"
        }
    }
}
