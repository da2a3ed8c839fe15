import NIOConcurrencyHelpers

/// When sysUpTime of the SNMP master was 0. Use it from any thread.
///
/// A TimeStamp is a time since that moment, and it must be the same number whenever it is read. The moment is therefore estimated from the
/// responses of the master until it is first used, and does not change again before the master itself restarts: a new session with a master
/// that was running when it was last heard from keeps it.
final class MasterClock: Sendable {
    private struct Estimate {
        /// The latest that the moment can be, in milliseconds of the local clock.
        var latest: Int64
        /// When the master was last heard from.
        var heard: Int64
        var isUsed = false
    }

    private let estimate = NIOLockedValueBox<Estimate?>(nil)

    /// The moment in milliseconds of `MonotonicClock`; nil before the first response. From now on it is fixed.
    var start: Int64? {
        estimate.withLockedValue { estimate in
            estimate?.isUsed = true
            return estimate?.latest
        }
    }

    /// The process is the master itself.
    func set(start: Int64) {
        estimate.withLockedValue { $0 = Estimate(latest: start, heard: start, isUsed: true) }
    }

    /// The master has answered.
    ///
    /// - Parameters:
    ///   - sysUpTime: in hundredths of a second, as in the response.
    ///   - sent: when the request was sent, in milliseconds of `MonotonicClock`.
    ///   - received: when the response was received.
    func observe(sysUpTime: UInt32, sent: Int64, received: Int64) {
        // The master read its clock between the two, and cut off anything below a hundredth.
        let earliest = sent - (Int64(sysUpTime) + 1) * 10
        let latest = received - Int64(sysUpTime) * 10
        estimate.withLockedValue { estimate in
            guard var known = estimate,
                latest <= known.heard || earliest <= known.latest || Self.isWrap(latest - known.latest, within: received - sent)
            else {
                // The first response, or that of a master which did not run when the last one was heard from.
                estimate = Estimate(latest: latest, heard: received)
                return
            }
            known.heard = received
            if !known.isUsed { known.latest = min(known.latest, latest) }
            estimate = known
        }
    }

    /// Whether a start seems this much later, in milliseconds, only because sysUpTime has passed 2³² in between.
    private static func isWrap(_ difference: Int64, within delay: Int64) -> Bool {
        let (wraps, rest) = difference.quotientAndRemainder(dividingBy: wrap)
        let tolerance = delay + 5000
        return wraps > 0 && rest <= tolerance || wraps >= 0 && wrap - rest <= tolerance
    }

    /// After this many milliseconds sysUpTime begins again at 0 (RFC 3418).
    private static let wrap: Int64 = 10 << 32

    /// sysUpTime at a moment, in hundredths of a second; nil if it is unknown.
    func sysUpTime(at now: Int64) -> UInt32? { start.map { UInt32(truncatingIfNeeded: max(0, now - $0) / 10) } }
}
