import AgentModel
import MobileIPv4

/// The timestamps of an agent's revocation messages: seconds of NTP time that never decrease, also when the clock is set back (RFC 3543
/// §3.2, §3.3). A peer compares them only with earlier ones of the same sender.
///
/// For one home address, all that follows a revocation is later than it: a copy of the revocation then ends no newer registration, and an
/// acknowledgment belongs to one try.
struct RevocationClock {
    private var latest: UInt32?
    /// The newest identifier of a revocation of each home address, as long as it is not earlier than `latest`.
    private var identifiers: [IPv4Address: UInt32] = [:]

    /// The timestamp of an offer that is sent at this time.
    mutating func stamp(at now: Moment, for homeAddress: IPv4Address) -> UInt32 {
        var stamp = Identification(unixNanoseconds: now.wallClock).high
        if let latest, latest.isLater(than: stamp) { stamp = latest }
        if let newest = identifiers[homeAddress], !stamp.isLater(than: newest) { stamp = newest &+ 1 }
        begin(notBefore: stamp)
        return stamp
    }

    /// The identifier of a revocation that is sent at this time.
    mutating func identifier(at now: Moment, for homeAddress: IPv4Address) -> UInt32 {
        let identifier = stamp(at: now, for: homeAddress)
        identifiers[homeAddress] = identifier
        return identifier
    }

    /// The newest identifier for a home address, if a message sent at once could have the same timestamp.
    func newest(for homeAddress: IPv4Address) -> UInt32? { identifiers[homeAddress] }

    /// An earlier start has used this timestamp.
    mutating func begin(notBefore stamp: UInt32) {
        guard latest.map({ stamp.isLater(than: $0) }) ?? true else { return }
        latest = stamp
        if !identifiers.isEmpty { identifiers = identifiers.filter { !stamp.isLater(than: $0.value) } }
    }

    /// An earlier start has used this identifier for a home address.
    mutating func begin(_ identifier: UInt32, for homeAddress: IPv4Address) {
        begin(notBefore: identifier)
        if latest == identifier { identifiers[homeAddress] = identifier }
    }
}

extension UInt32 {
    /// True if this timestamp is after `other`, across the wrap of 2036 as well.
    func isLater(than other: UInt32) -> Bool { Int32(bitPattern: self &- other) > 0 }
}
