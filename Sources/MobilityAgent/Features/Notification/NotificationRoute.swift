import MobileIPv4

/// The addresses by which messages name a registration.
struct RegistrationAddresses: Hashable {
    let homeAddress: IPv4Address
    let homeAgent: IPv4Address
    let careOfAddress: IPv4Address
}

/// The way of a notification to its receiver: that of the latest registration (RFC 6098 §4.1), signed with the keys that are in use.
struct NotificationRoute {
    let local: TransportEndpoint
    let destination: TransportEndpoint
    let signer: NotificationSigner
    /// Whether a foreign agent relays it.
    var isRelayed = false
    /// When the registration ends, in `Moment.uptime`; nil for never.
    let expires: Int64?

    func lasts(beyond uptime: Int64) -> Bool { expires.map { $0 > uptime } ?? true }
}

/// A registration through which an agent is reached, and the way.
struct NotifiedRegistration {
    /// How many slots of registrations are looked through for one: in a large table with few agents, that suffices.
    static let searchLimit = 65_536

    let addresses: RegistrationAddresses
    let nai: NetworkAccessIdentifier?
    let route: NotificationRoute
}

/// What has become of the registration that a notification is about.
enum NotificationStanding {
    /// It continues. Nil if the receiver shares no association with this agent.
    case registered(NotificationRoute?)
    /// The node has registered elsewhere since.
    case superseded
    case ended

    /// Whether the receiver can be reached.
    func isUsable(at uptime: Int64) -> Bool {
        guard case .registered(let route?) = self else { return false }
        return route.lasts(beyond: uptime)
    }
}
