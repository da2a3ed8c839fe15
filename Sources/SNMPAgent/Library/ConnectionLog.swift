import ManagementCore

/// Limits the lines about the connection to the master. A master may open and close a session every second.
struct ConnectionLog {
    /// Changes reported at once in each interval. After them, the next interval begins with what has become of the connection.
    static let burst = 20
    static let interval = Duration.seconds(600)
    /// How long a master may take to appear before it is missing: at boot, both are started at once.
    static let grace = Duration.seconds(2)

    private let start: ContinuousClock.Instant
    /// What was reported last; nil before the first report.
    private var reported: SNMPAgentStatus.Connection?
    private var begin: ContinuousClock.Instant?
    private var count = 0

    /// - Parameter start: when the daemon began to look for the master.
    init(start: ContinuousClock.Instant) { self.start = start }

    /// Whether to report this state of the connection now.
    mutating func shouldReport(_ connection: SNMPAgentStatus.Connection, at now: ContinuousClock.Instant) -> Bool {
        guard connection != reported else { return false }
        if reported == nil, connection == .disconnected, now - start < Self.grace { return false }
        if let begin, now - begin < Self.interval {
            guard count < Self.burst else { return false }
            count += 1
        } else {
            (begin, count) = (now, 1)
        }
        reported = connection
        return true
    }
}
