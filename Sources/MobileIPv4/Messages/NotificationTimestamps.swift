/// The timestamps of one sender of notifications: each is later than the one before, also when the clock stands still or is set back
/// (RFC 6098 §7.1.1).
package struct NotificationTimestamps {
    /// Half a second: what is missing in the clock of a receiver, which is stated in whole seconds.
    private static let half: UInt64 = 1 << 31

    private var latest: Identification?
    /// By how much the timestamps are ahead of the clock, because it stood still or was set back.
    private var lead: UInt64 = 0

    package init() {}

    /// The next timestamp.
    ///
    /// - Parameter unixNanoseconds: The sender's clock.
    package mutating func next(at unixNanoseconds: Int64) -> Identification {
        let clock = Identification(unixNanoseconds: unixNanoseconds)
        if let latest {
            if clock.isLater(than: latest) {
                lead = 0
            } else if !Identification(rawValue: clock.rawValue &+ lead).isLater(than: latest) {
                lead = latest.rawValue &- clock.rawValue &+ 1
            }
        }
        let next = Identification(rawValue: clock.rawValue &+ lead)
        latest = next
        return next
    }

    /// By how much the clock of a receiver that has refused a timestamp is ahead of the timestamps, modulo 2^64. Nil within a second:
    /// the clocks may well be the same, and then the order was wrong, which the next timestamp mends.
    ///
    /// - Parameters:
    ///   - seconds: NTP seconds, the high word of the receiver's answer.
    ///   - unixNanoseconds: The sender's clock.
    package func offset(to seconds: UInt32, at unixNanoseconds: Int64) -> UInt64? {
        let own = Identification(unixNanoseconds: unixNanoseconds).rawValue &+ lead
        let offset = (UInt64(seconds) << 32 | Self.half) &- own
        return Int64(bitPattern: offset).magnitude > 2 * Self.half ? offset : nil
    }
}
