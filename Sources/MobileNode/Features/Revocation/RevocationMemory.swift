public import AgentModel
import MobileIPv4

/// What a mobile node remembers about revocations: the latest that it has accepted, and the timestamps that it has sent.
struct RevocationMemory {
    /// The most revocations remembered.
    static let capacity = 32

    /// The latest accepted, the newest last.
    private(set) var revoked: [RevokedRegistration] = []
    private var lastTimestamp: UInt32?

    /// The timestamp of an offer that is sent now: seconds of NTP time that never decrease, even if the clock is set back (RFC 3543
    /// §3.2).
    mutating func timestamp(at now: Moment) -> UInt32 {
        var timestamp = Identification(unixNanoseconds: now.wallClock).high
        if let lastTimestamp, timestamp.isEarlier(than: lastTimestamp) { timestamp = lastTimestamp }
        lastTimestamp = timestamp
        return timestamp
    }

    /// The place of the latest revocation of the registration that a message is about, until that would have ended by itself.
    func index(of revocation: RegistrationRevocation, at now: Moment) -> Int? {
        revoked.lastIndex { $0.isTarget(of: revocation) && ($0.expires.map { $0 > now.uptime } ?? true) }
    }

    /// Notes another message about a revocation that was accepted before.
    mutating func noteCopy(_ index: Int, identifier: UInt32) {
        revoked[index].copies += 1
        if revoked[index].identifier.isEarlier(than: identifier) { revoked[index].identifier = identifier }
    }

    /// Notes the end of a registration. The oldest is forgotten to make room.
    ///
    /// - Parameter number: The number of the exchange.
    mutating func note(
        _ revocation: RegistrationRevocation, number: UInt32, nai: NetworkAccessIdentifier?, text: String, expires: Int64?,
        at now: Moment
    ) -> RevokedRegistration {
        let new = RevokedRegistration(
            number: number, homeAddress: revocation.homeAddress, nai: nai, homeAgent: revocation.homeDomain,
            careOfAddress: revocation.foreignDomain, informsNode: revocation.informsMobileNode, text: text, received: now.uptime,
            expires: expires, identifier: revocation.identifier)
        if revoked.count >= Self.capacity { revoked.removeFirst() }
        revoked.append(new)
        return new
    }
}

extension UInt32 {
    /// Whether this timestamp is before `other`, correct across the wrap of NTP seconds in 2036.
    func isEarlier(than other: UInt32) -> Bool { Int32(bitPattern: self &- other) < 0 }
}

extension MobileNode {
    /// The exchanges of the node as records, in the order of their numbers: the latest 32 revocations that it has received, the
    /// notifications that wait for an acknowledgment, and the latest 32 others.
    public func exchanges(startTime: Timestamp) -> [Exchange] {
        let notified = notifications.waiting.map(\.row) + notifications.ended
        let rows = revocations(startTime: startTime) + notified.map { $0.record(startTime: startTime) }
        return rows.sorted { $0.number < $1.number }
    }

    private func revocations(startTime: Timestamp) -> [Exchange] {
        revocations.revoked.map { revoked in
            let received = startTime.adding(milliseconds: revoked.received / 1_000_000)
            return Exchange(
                number: revoked.number, kind: .revocation, role: .mobileNode, peer: revoked.homeAgent, peerRole: .homeAgent,
                homeAddress: revoked.homeAddress, nai: revoked.nai, homeAgent: revoked.homeAgent,
                careOfAddress: revoked.careOfAddress, state: .received, tries: revoked.copies, started: received,
                ended: received, informsNode: revoked.informsNode, text: revoked.text)
        }
    }
}
