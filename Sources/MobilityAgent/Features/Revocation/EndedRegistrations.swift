internal import DequeModule
import MobileIPv4

/// What identifies a registration in revocation messages (RFC 3543 §3.3).
struct RevokedRegistration: Hashable {
    var homeAddress: IPv4Address
    var homeDomain: IPv4Address
    var foreignDomain: IPv4Address
}

extension RegistrationRevocation {
    /// The registration that the message is about.
    var registration: RevokedRegistration {
        RevokedRegistration(homeAddress: homeAddress, homeDomain: homeDomain, foreignDomain: foreignDomain)
    }
}

/// The registrations that peers have revoked, so that a revocation whose acknowledgment was lost is acknowledged again in the same way, and
/// a copy of it ends no newer registration. The oldest is forgotten to make room.
struct EndedRegistrations {
    struct Entry {
        /// Whether the mobile node was or is to be informed.
        var informed: Bool
        /// When the registration would have ended by itself, in `Moment.uptime`; nil for never.
        var expires: Int64?
        /// The newest identifier that was accepted.
        var identifier: UInt32
        /// The number of its exchange.
        var exchange: UInt32
    }

    static let limit = 4096
    private var entries: [RevokedRegistration: Entry] = [:]
    private var order: Deque<(registration: RevokedRegistration, exchange: UInt32)> = []

    mutating func note(_ registration: RevokedRegistration, _ entry: Entry) {
        entries[registration] = entry
        order.append((registration, entry.exchange))
        while order.count > Self.limit {
            let oldest = order.removeFirst()
            if entries[oldest.registration]?.exchange == oldest.exchange { entries[oldest.registration] = nil }
        }
    }

    func find(_ registration: RevokedRegistration, at uptime: Int64) -> Entry? {
        guard let entry = entries[registration], entry.expires.map({ $0 > uptime }) ?? true else { return nil }
        return entry
    }
}
