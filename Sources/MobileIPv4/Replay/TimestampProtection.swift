/// Replay protection by timestamps (RFC 5944 §5.7.1): the home agent's side, as pure functions.
public enum TimestampProtection {
    /// How far a timestamp may be off unless the association says otherwise, in seconds.
    public static let defaultTolerance: UInt16 = 7

    /// What an identification is worth.
    public enum Verdict: Hashable, Sendable {
        case acceptable
        /// Not later than the last accepted identification.
        case replayed
        /// Further from the home agent's clock than allowed.
        case outsideTolerance
    }

    /// Judges the identification of a request.
    ///
    /// - Parameters:
    ///   - lastAccepted: the identification of the last request that this mobile node authenticated, nil when there is none.
    ///   - now: the home agent's clock.
    ///   - tolerance: seconds, both ways, the bound included.
    public static func judge(
        _ identification: Identification, lastAccepted: Identification?, now: Identification,
        tolerance: UInt16 = defaultTolerance
    ) -> Verdict {
        let distance = Int64(bitPattern: identification.rawValue &- now.rawValue)
        guard distance.magnitude <= UInt64(tolerance) << 32 else { return .outsideTolerance }
        if let lastAccepted, Int64(bitPattern: identification.rawValue &- lastAccepted.rawValue) <= 0 { return .replayed }
        return .acceptable
    }

    /// The identification of the reply that denies a request with code 133: the home agent's seconds, the request's low word.
    public static func resynchronization(of request: Identification, now: Identification) -> Identification {
        Identification(high: now.high, low: request.low)
    }
}
