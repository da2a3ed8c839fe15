import MobileIPv4

/// What a notification and an acknowledgment have in common: who sends it to whom, and the registration that it is about.
struct NotificationHeader {
    let type: MessageType
    let direction: NotificationDirection
    let path: NotificationDirection.Path
    let homeAddress: IPv4Address
    let homeAgent: IPv4Address
    let careOfAddress: IPv4Address

    /// Nil for an undefined direction.
    init?(_ notification: GenericNotification) {
        guard let path = notification.direction.path else { return nil }
        self.path = path
        type = .genericNotification
        direction = notification.direction
        homeAddress = notification.homeAddress
        homeAgent = notification.homeAgent
        careOfAddress = notification.careOfAddress
    }

    /// Nil for an undefined direction.
    init?(_ acknowledgment: GenericNotificationAcknowledgment) {
        guard let path = acknowledgment.direction.path else { return nil }
        self.path = path
        type = .genericNotificationAcknowledgment
        direction = acknowledgment.direction
        homeAddress = acknowledgment.homeAddress
        homeAgent = acknowledgment.homeAgent
        careOfAddress = acknowledgment.careOfAddress
    }

    /// The direction of the notification: that of the message itself, or the opposite one for an acknowledgment.
    var notified: NotificationDirection { type == .genericNotification ? direction : path.acknowledgment }
}
