/// The lengths of the datagrams that a tunnel carried lately: the last few different ones, in little memory, since there is one for each
/// tunnel.
struct SentLengths: Sendable {
    private struct Sent {
        var length: UInt16 = 0
        /// In units of 2³⁰ nanoseconds, about a second.
        var time: UInt32 = 0
    }

    private var recent = InlineArray<4, Sent>(repeating: Sent())

    /// How long an ICMP error about a datagram may take, in the same units.
    static let age: UInt32 = 10

    /// - Parameter now: nanoseconds of the monotonic clock.
    mutating func note(_ length: Int, at now: Int64) {
        let sent = Sent(length: UInt16(truncatingIfNeeded: length), time: Self.units(now))
        var oldest = 0
        for index in recent.indices {
            if recent[index].length == sent.length {
                recent[index].time = sent.time
                return
            }
            if recent[index].time < recent[oldest].time { oldest = index }
        }
        recent[oldest] = sent
    }

    /// Whether a datagram of this length was sent lately.
    func contains(_ length: Int, at now: Int64) -> Bool {
        let units = Self.units(now)
        for index in recent.indices where length > 0 && Int(recent[index].length) == length {
            return units &- recent[index].time <= Self.age
        }
        return false
    }

    private static func units(_ now: Int64) -> UInt32 { UInt32(truncatingIfNeeded: now >> 30) }
}
