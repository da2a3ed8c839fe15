import MobileIPv4

/// The way of a notification to its receiver: that of the latest registration (RFC 6098 §4.1), signed with the keys that are in use.
struct NotificationRoute {
    let local: TransportEndpoint
    let destination: TransportEndpoint
    let signer: NotificationSigner
    /// Whether a foreign agent relays it.
    var isRelayed = false
    /// When the registration ends, in `Moment.uptime`; nil for never.
    let expires: Int64?
}

/// What has become of the registration that a notification is about.
enum NotificationStanding {
    /// It continues. Nil if the receiver shares no association with this agent.
    case registered(NotificationRoute?)
    /// The node has registered elsewhere since.
    case superseded
    case ended
}
